/**
 * Seeded schedules of faults: `npm run test:faults -- [SCHEDULES=300] [SEED] [--backend postgres|redis|both]`, or
 * `--only SEED` to repeat one (after `npm run build`). Prints every schedule that went wrong; exits with 1 for one.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { Harness, type Result } from './harness';
import { type Backend, BACKENDS, type Schedule, scheduleOf, scheduleText } from './schedule';

const FIRST_SEED = 20261125;
const LOG_FOLDER = path.resolve(__dirname, '../../../.tanxiao/faults');

interface Asked {
  readonly backends: readonly Backend[];
  readonly seeds: readonly number[];
  /** Says every schedule before it begins. */
  readonly wordy: boolean;
}

function asked(words: string[]): Asked {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { backend: { type: 'string', default: 'both' }, only: { type: 'string' } },
  });
  const backends = BACKENDS.filter((name) => values.backend === 'both' || values.backend === name);
  if (backends.length === 0)
    throw new Error(`--backend ${values.backend}: one of ${BACKENDS.join(', ')}, both`);
  if (values.only !== undefined)
    return { backends, seeds: [wholeNumber(values.only)], wordy: true };
  const count = wholeNumber(positionals[0] ?? '300');
  const first = wholeNumber(positionals[1] ?? String(FIRST_SEED));
  return { backends, seeds: Array.from({ length: count }, (_, n) => first + n), wordy: false };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`"${text}" is no number of schedules and no seed`);
  return Number(text);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function runBackend(backend: Backend, { seeds, wordy }: Asked): Promise<boolean> {
  const harness = await Harness.open(backend);
  if (!harness) {
    say(`${backend}: skipped, there is no redis-server on the PATH`);
    return true;
  }
  const began = performance.now();
  const fallen = new Map<string, number>();
  const failed: number[] = [];
  try {
    for (const [index, seed] of seeds.entries()) {
      const schedule = scheduleOf(seed, backend);
      if (wordy) say(scheduleText(schedule));
      const result = await harness.run(schedule);
      for (const { fault } of schedule.faults)
        fallen.set(fault.kind, (fallen.get(fault.kind) ?? 0) + 1);
      say(line(result, schedule, `${index + 1}/${seeds.length}`));
      if (result.wrong.length === 0) continue;
      failed.push(seed);
      say(wrongText(result, schedule));
    }
  } finally {
    await harness.close();
  }
  const minutes = (performance.now() - began) / 60_000;
  const faults = [...fallen].sort().map(([kind, count]) => `${kind} ${count}`);
  say(
    `${backend}: ${seeds.length} schedules in ${minutes.toFixed(1)} min (${(seeds.length / minutes).toFixed(1)} a minute); ` +
      `faults: ${faults.join(', ')}; ${failed.length === 0 ? 'none lost, none double, all as without faults' : `WRONG: ${failed.join(', ')}`}`,
  );
  return failed.length === 0;
}

function line({ seed, wrong, ms, retries }: Result, { faults }: Schedule, place: string): string {
  const verdict = wrong.length === 0 ? 'exact' : 'WRONG';
  return `${place} seed ${seed}: ${faults.length} faults, ${retries} calls sent again, ${(ms / 1000).toFixed(1)} s: ${verdict}`;
}

function wrongText({ wrong, logs, seed }: Result, schedule: Schedule): string {
  return [
    scheduleText(schedule),
    ...wrong.map((sentence) => `  WRONG: ${sentence}`),
    `  repeat: npm run test:faults -- --only ${seed} --backend ${schedule.backend}`,
    `  last lines of the processes' logs: ${keptLogs(`${schedule.backend}-${seed}`, logs)}`,
  ].join('\n');
}

/** @returns the file, in the checkout's folder for what is not committed */
function keptLogs(name: string, logs: string): string {
  mkdirSync(LOG_FOLDER, { recursive: true });
  const file = path.join(LOG_FOLDER, `${name}.log`);
  writeFileSync(file, logs);
  return file;
}

async function main(words: string[]): Promise<boolean> {
  const what = asked(words);
  say(`${os.cpus().length} × ${os.cpus()[0]?.model ?? '?'}, Node ${process.version}`);
  let good = true;
  for (const backend of what.backends) good = (await runBackend(backend, what)) && good;
  return good;
}

// Until all is judged: a process that ends before, for want of anything to wait for, has not passed.
process.exitCode = 1;
main(process.argv.slice(2)).then(
  (good) => (process.exitCode = good ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 1;
  },
);
