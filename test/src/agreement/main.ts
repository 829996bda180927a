/**
 * Compares kernel and referee on many generated subjects: `npm run agreement -- [SUBJECTS] [SEED]`, in parts of 50,000
 * on every core. Exits with 1 where a single one differs, or a bound was not met on every side.
 */
import os from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

import { parsePeriod } from '@tanxiao/contracts';
import { loadStandards } from '@tanxiao/standards';

import { type Agreement, compareKernelWithReferee } from './agreement';
import { trialPeriod } from './trial-period';

interface Part {
  readonly rulebook: string;
  readonly period: string;
  readonly count: number;
  readonly seed: number;
}

const PART = 50_000;

async function main(): Promise<boolean> {
  const count = Number(process.argv[2] ?? 1_000_000);
  const seed = Number(process.argv[3] ?? 20261122);
  console.log(
    `${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, seed ${seed}`,
  );
  let good = true;
  const { rulebooks } = loadStandards();
  for (const rulebook of rulebooks) {
    const { id, version } = rulebook;
    const period = trialPeriod(rulebooks, rulebook).id;
    const started = performance.now();
    const parts = Array.from({ length: Math.ceil(count / PART) }, (_, i) => ({
      rulebook: id,
      period,
      count: Math.min(PART, count - i * PART),
      seed: seed + i,
    }));
    const agreement = merged(await onEveryCore(parts));
    good = told(`${id} ${version}`, agreement, (performance.now() - started) / 1000) && good;
  }
  return good;
}

function told(name: string, agreement: Agreement, seconds: number): boolean {
  const percent = (n: number): string => `${((100 * n) / agreement.subjects).toFixed(2)} %`;
  console.log(
    `${name}: ${agreement.subjects} subjects, ${agreement.rated} rated, ${agreement.refereed} refereed (${percent(agreement.refereed)}), ` +
      `${agreement.differences.length} differences, ${seconds.toFixed(1)} s`,
  );
  for (const difference of agreement.differences.slice(0, 5))
    console.log(JSON.stringify(difference));
  const missed = agreement.coverage.filter(
    ({ on, below, above, hasBelow }) => on === 0 || above === 0 || (hasBelow && below === 0),
  );
  for (const { name, on, below, above, hasBelow } of agreement.coverage)
    console.log(
      `  ${name}: on ${on}, a unit below ${hasBelow ? below : '– (never negative)'}, a unit above ${above}`,
    );
  for (const where of agreement.unaimed)
    console.log(`  ${where}: compares expressions, not aimed at`);
  return agreement.differences.length === 0 && missed.length === 0;
}

function merged(parts: readonly Agreement[]): Agreement {
  const sum = (of: (part: Agreement) => number): number => parts.reduce((n, p) => n + of(p), 0);
  return {
    subjects: sum((p) => p.subjects),
    rated: sum((p) => p.rated),
    refereed: sum((p) => p.refereed),
    differences: parts.flatMap((p) => p.differences),
    unaimed: parts[0]!.unaimed,
    coverage: parts[0]!.coverage.map((bound, b) => ({
      ...bound,
      on: sum((p) => p.coverage[b]!.on),
      below: sum((p) => p.coverage[b]!.below),
      above: sum((p) => p.coverage[b]!.above),
    })),
  };
}

async function onEveryCore(parts: readonly Part[]): Promise<Agreement[]> {
  const results: Agreement[] = [];
  let next = 0;
  await Promise.all(
    os.cpus().map(async () => {
      for (let i = next++; i < parts.length; i = next++) results[i] = await inThread(parts[i]!);
    }),
  );
  return results;
}

function inThread(part: Part): Promise<Agreement> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { workerData: part });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

if (isMainThread) {
  void main().then((good) => (process.exitCode = good ? 0 : 1));
} else {
  const { rulebook, period, count, seed } = workerData as Part;
  const plan = loadStandards().plan(rulebook, parsePeriod(period)!)!;
  parentPort!.postMessage(compareKernelWithReferee(plan, count, seed));
}
