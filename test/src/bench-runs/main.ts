/**
 * Speed of runs: `npm run bench:runs -- [SUBJECTS,…] [WORKERS] [ROUNDS] [--profile FOLDER] [--statements]
 * [--setting NAME=VALUE …]` (after `npm run build`). A PostgreSQL of its own with the product's durable settings, real
 * worker processes, and a floor measured on the same server in the same run.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { parsePeriod } from '@tanxiao/contracts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tanxiao/embedded';
import type { Plan } from '@tanxiao/rulebook';
import { loadStandards } from '@tanxiao/standards';
import {
  createPool,
  createRun,
  enqueueRun,
  getRun,
  inTransaction,
  migrate,
  publishRun,
  type RunRow,
} from '@tanxiao/store';
import { escapeIdentifier, escapeLiteral, type Pool } from 'pg';

import { costliestStatements, forgetStatements } from '../support/statement-times';
import { watchOver } from '../support/watchdog';
import { type Floor, measureFloor } from './floor';
import { fillPeriod } from './made-population';
import { processorSeconds, treeSeconds } from './processor-time';
import { settled } from './settled-server';
import { profiledParts, profiling } from './worker-profile';

const RULEBOOK = 'industrial-carbon-efficiency';
const PERIOD = parsePeriod('2026Q3')!;
const BY = { actor: 'bench', requestId: 'bench' };
const WORKER = path.resolve(__dirname, '../../../services/worker/dist/main.js');
const RUN_LIMIT_MS = 600_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    profile: { type: 'string' },
    statements: { type: 'boolean', default: false },
    setting: { type: 'string', multiple: true, default: [] },
  },
});

async function main(): Promise<void> {
  const [sizes = '100000,1000000', workers = '2', rounds = '2'] = positionals;
  if (values.profile !== undefined) await mkdir(values.profile, { recursive: true });
  told(
    `${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, load ${loads()}`,
  );
  const plan = loadStandards().plan(RULEBOOK, PERIOD)!;
  for (const size of sizes.split(','))
    await measure(plan, { size: Number(size), workers: Number(workers), rounds: Number(rounds) });
  if (values.profile !== undefined) profiledParts(values.profile).forEach(told);
}

interface Measurement {
  readonly size: number;
  readonly workers: number;
  readonly rounds: number;
}

async function measure(plan: Plan, { size, workers, rounds }: Measurement): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tanxiao-bench-'));
  await chmod(folder, 0o711);
  const server = await startedServer(path.join(folder, 'data'));
  const callOff = watchOver({
    ...{ pid: server.pid, folder },
    pidFile: path.join(server.dataDir, 'cluster', 'postmaster.pid'),
  });
  const pool = createPool({ connectionString: server.url, max: 4, statementTimeoutMs: 0 });
  const children: ChildProcess[] = [];
  try {
    await migrate(pool);
    await fillPeriod(pool, plan, size);
    await pool.query('VACUUM ANALYZE tanxiao.submissions');
    told('');
    told(`${size} subjects, ${workers} workers; ${await durability(pool)}`);
    for (let k = 0; k < workers; k++) children.push(await startWorker(server.url));
    const ratios: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      if (values.statements) await forgetStatements(pool);
      await settled(pool);
      const before = usedSeconds(server.pid, children);
      const run = await runOnce(pool, plan);
      const after = usedSeconds(server.pid, children);
      if (values.statements) (await costliestStatements(pool)).forEach(told);
      const floor = await measureFloor(pool, {
        ...{
          serverPid: server.pid,
          runId: run.id,
          rulebookId: plan.rulebook.id,
          period: plan.period.id,
        },
      });
      ratios.push(report(run, floor, await Promise.all(children.map(peakMemoryMb))));
      told(
        `processor time with freezing: PostgreSQL ${(after.postgres - before.postgres).toFixed(2)} s, ` +
          `workers ${(after.workers - before.workers).toFixed(2)} s; of the floor: PostgreSQL ${floor.postgresSeconds.toFixed(2)} s`,
      );
    }
    told(
      `run / floor of ${rounds} rounds: median ${medianOf(ratios).toFixed(2)}, ` +
        `all ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}`,
    );
  } finally {
    await Promise.all(children.map(stop));
    await pool.end();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
    callOff();
  }
}

/** With the settings asked for; some take effect only when a server starts. */
async function startedServer(dataDir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir });
  const settings = values.setting.map((one) => one.split('=', 2) as [string, string]);
  if (values.statements) settings.push(['shared_preload_libraries', 'pg_stat_statements']);
  if (settings.length === 0) return server;
  const pool = createPool({ connectionString: server.url, max: 1 });
  for (const [name, value] of settings)
    await pool.query(`ALTER SYSTEM SET ${escapeIdentifier(name)} = ${escapeLiteral(value)}`);
  await pool.end();
  await server.stop();
  return startEmbeddedPostgres({ dataDir });
}

async function runOnce(pool: Pool, plan: Plan): Promise<RunRow & { publishMs: number }> {
  const runId = await inTransaction(pool, async (tx) => {
    const id = await createRun(
      tx,
      {
        ...{ rulebookId: plan.rulebook.id, period: plan.period.id },
        ...{ rulebookHash: plan.rulebook.hash, factorSetHash: plan.factorSet.hash },
      },
      BY,
    );
    await enqueueRun(tx, id, BY);
    return id;
  });
  const deadline = Date.now() + RUN_LIMIT_MS;
  for (;;) {
    const run = (await getRun(pool, runId))!;
    if (run.state === 'ranked') {
      const start = performance.now();
      await inTransaction(pool, (tx) => publishRun(tx, runId, BY));
      return { ...run, publishMs: performance.now() - start };
    }
    if (run.state === 'failed') throw new Error(run.failure ?? 'the run failed');
    if (Date.now() > deadline) throw new Error(`the run is ${run.state} after ${RUN_LIMIT_MS} ms`);
    // Steps tell their times themselves: asking often would only cost.
    await sleep(200);
  }
}

/** Says what a round took. @returns the run's time over the floor's */
function report(
  run: RunRow & { publishMs: number },
  floor: Floor,
  memory: readonly number[],
): number {
  const ms = (from: Date | null, to: Date | null): number => to!.getTime() - from!.getTime();
  const freezing = ms(run.createdAt, run.frozenAt);
  const steps = {
    benchmarked: ms(run.frozenAt, run.benchmarkedAt),
    scored: ms(run.benchmarkedAt, run.scoredAt),
    ranked: ms(run.scoredAt, run.rankedAt),
  };
  const total = ms(run.frozenAt, run.rankedAt);
  const floorMs = floor.outMs + floor.inMs;
  told(
    `frozen in ${freezing} ms; benchmarked ${steps.benchmarked}, scored ${steps.scored}, ranked ${steps.ranked}: ` +
      `${total} ms, ${((1e3 * total) / run.subjects.total).toFixed(2)} µs a subject; published ${run.publishMs.toFixed(0)} ms`,
  );
  told(
    `floor: out ${floor.outMs.toFixed(0)} ms (${mb(floor.outBytes)} MB), in ${floor.inMs.toFixed(0)} ms (${mb(floor.inBytes)} MB): ` +
      `${floorMs.toFixed(0)} ms; run / floor ${(total / floorMs).toFixed(2)}; workers' peak memory ${memory.join(', ')} MB; load ${loads()}`,
  );
  return total / floorMs;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

async function durability(pool: Pool): Promise<string> {
  const names = [
    'fsync',
    'synchronous_commit',
    'full_page_writes',
    'wal_level',
    'shared_buffers',
    'max_wal_size',
  ];
  const { rows } = await pool.query<Record<string, string>>(
    `SELECT ${names.map((name) => `current_setting('${name}') AS ${name}`).join(', ')}`,
  );
  return names.map((name) => `${name}=${rows[0]![name]}`).join(', ');
}

async function startWorker(databaseUrl: string): Promise<ChildProcess> {
  const child = fork(WORKER, {
    env: { ...process.env, DATABASE_URL: databaseUrl, LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' },
    execArgv: values.profile === undefined ? [] : [...profiling(values.profile)],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function peakMemoryMb(child: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Math.round(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024);
}

function usedSeconds(
  serverPid: number,
  workers: readonly ChildProcess[],
): { readonly postgres: number; readonly workers: number } {
  return {
    postgres: treeSeconds(serverPid),
    workers: workers.reduce((sum, { pid }) => sum + processorSeconds(pid!), 0),
  };
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function loads(): string {
  return os
    .loadavg()
    .map((load) => load.toFixed(2))
    .join(' ');
}

function told(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
