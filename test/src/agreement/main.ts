/**
 * Compares kernel and referee on many generated subjects: `npm run agreement -- [SMOOTH] [ADVERSARIAL] [RULEBOOK] [SEED]`
 * (200,000 and 20,000, all rulebooks), in parts on every core. Exits with 1 where a single one differs, or a bound was
 * not met on every side.
 */
import os from 'node:os';
import path from 'node:path';

import { loadStandards } from '@tanxiao/standards';

import type { Agreement } from './agreement';
import { type Part, runParts } from './run-parts';
import type { SmoothAgreement } from './smooth';
import { trialPeriod } from './trial-period';

const THREAD = { file: path.join(__dirname, 'trial-thread.js'), execArgv: [] };

/** Smooth subjects of a part: a population of its own. */
const SMOOTH_PART = 50_000;
/** An adversarial subject costs as much as a hundred smooth ones. */
const ADVERSARIAL_PART = 5_000;

async function main(): Promise<boolean> {
  const [smoothCount, adversarialCount, only, seed] = [
    Number(process.argv[2] ?? 200_000),
    Number(process.argv[3] ?? 20_000),
    process.argv[4],
    Number(process.argv[5] ?? 20261122),
  ];
  console.log(
    `${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, seed ${seed}`,
  );
  let good = true;
  const { rulebooks } = loadStandards();
  for (const rulebook of rulebooks.filter((one) => only === undefined || one.id === only)) {
    const { id, version } = rulebook;
    const period = trialPeriod(rulebooks, rulebook).id;
    const started = performance.now();
    const trial = { rulebook: id, period, moreUntilMet: 0 };
    const parts: Part[] = [
      ...sizes(smoothCount, SMOOTH_PART).map((size, i) => ({
        ...trial,
        ...{ smooth: size, adversarial: 0, seed: seed + i },
      })),
      ...sizes(adversarialCount, ADVERSARIAL_PART).map((size, i) => ({
        ...trial,
        ...{ smooth: 0, adversarial: size, seed: seed + i },
      })),
    ];
    const results = await runParts(parts, THREAD);
    const agreement = merged(results.map(({ adversarial }) => adversarial));
    const smooth = mergedSmooth(results.map((one) => one.smooth));
    const seconds = (performance.now() - started) / 1000;
    good = told(`${id} ${version}`, { agreement, smooth, seconds }) && good;
  }
  return good;
}

/** How a number is divided into parts of at most so many. */
function sizes(count: number, atMost: number): number[] {
  return Array.from({ length: Math.ceil(count / atMost) }, (_, i) =>
    Math.min(atMost, count - i * atMost),
  );
}

interface Told {
  readonly agreement: Agreement;
  readonly smooth: SmoothAgreement;
  readonly seconds: number;
}

function told(name: string, { agreement, smooth, seconds }: Told): boolean {
  console.log(`${name}: ${seconds.toFixed(1)} s`);
  console.log(`  smooth: ${counted(smooth)}`);
  console.log(`  adversarial: ${counted(agreement)}`);
  const differences = [...smooth.differences, ...agreement.differences];
  for (const difference of differences.slice(0, 5)) console.log(JSON.stringify(difference));
  const missed = agreement.coverage.filter(
    ({ on, below, above, hasBelow }) => on === 0 || above === 0 || (hasBelow && below === 0),
  );
  for (const { name, on, below, above, hasBelow } of agreement.coverage)
    console.log(
      `  ${name}: on ${on}, a unit below ${hasBelow ? below : '– (never negative)'}, a unit above ${above}`,
    );
  for (const where of agreement.unaimed)
    console.log(`  ${where}: compares expressions, not aimed at`);
  return differences.length === 0 && missed.length === 0;
}

function counted({ subjects, rated, refereed, differences }: SmoothAgreement): string {
  const share = ((100 * refereed) / subjects).toFixed(3);
  return `${subjects} subjects, ${rated} rated, ${refereed} refereed (${share} %), ${differences.length} differences`;
}

function mergedSmooth(parts: readonly SmoothAgreement[]): SmoothAgreement {
  const sum = (of: (part: SmoothAgreement) => number): number =>
    parts.reduce((n, p) => n + of(p), 0);
  return {
    subjects: sum((p) => p.subjects),
    rated: sum((p) => p.rated),
    refereed: sum((p) => p.refereed),
    differences: parts.flatMap((p) => p.differences),
  };
}

function merged(parts: readonly Agreement[]): Agreement {
  const sum = (of: (part: Agreement) => number): number => parts.reduce((n, p) => n + of(p), 0);
  return {
    ...mergedSmooth(parts),
    unaimed: parts[0]!.unaimed,
    coverage: parts[0]!.coverage.map((bound, b) => ({
      ...bound,
      on: sum((p) => p.coverage[b]!.on),
      below: sum((p) => p.coverage[b]!.below),
      above: sum((p) => p.coverage[b]!.above),
    })),
  };
}

void main().then((good) => (process.exitCode = good ? 0 : 1));
