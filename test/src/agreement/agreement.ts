/** Kernel against referee: rates subjects both ways and counts where they differ. */
import type { RatingColumns } from '@tanxiao/contracts';
import {
  BenchmarkTable,
  evaluateExactly,
  type ExactEvaluation,
  peerGroupKey,
  type Plan,
  Population,
  rate,
  Rational,
} from '@tanxiao/rulebook';

import { seededRandom } from './random';
import { boundarySubject, randomSubject, type TrialSubject } from './subjects';

export interface Agreement {
  readonly subjects: number;
  readonly onOrBesideBounds: number;
  /** Decided by the referee because the kernel could not be certain. */
  readonly refereed: number;
  readonly rated: number;
  readonly differences: readonly {
    readonly serial: number;
    readonly kernel: RatingColumns;
    readonly referee: RatingColumns;
  }[];
}

const BATCH = 10_000;

/** Rates `count` subjects, half of them on or beside a bound; the seed reproduces them. */
export function compareKernelWithReferee(plan: Plan, count: number, seed: number): Agreement {
  const random = seededRandom(seed);
  let [refereed, rated, onOrBesideBounds] = [0, 0, 0];
  const differences: Agreement['differences'][number][] = [];
  for (let start = 0; start < count; start += BATCH) {
    const trials: TrialSubject[] = [];
    while (trials.length < Math.min(BATCH, count - start)) {
      const serial = start + trials.length;
      const trial = random.chance(0.5)
        ? boundarySubject(plan, random, serial)
        : randomSubject(plan, random, serial);
      if (trial === null) continue;
      trials.push(trial);
    }
    const population = new Population(plan, trials.length);
    for (const { subject } of trials) population.add(subject);
    const ratings = rate(plan, population, benchmarkTable(plan, trials));
    refereed += ratings.refereed;
    trials.forEach((trial, i) => {
      const kernel = ratings.columns(i);
      const { columns, values } = exactly(plan, trial);
      if (isOnOrBeside(plan, values)) onOrBesideBounds++;
      if (columns.outcome === 'rated') rated++;
      if (JSON.stringify(kernel) !== JSON.stringify(columns))
        differences.push({ serial: start + i, kernel, referee: columns });
    });
  }
  return { subjects: count, onOrBesideBounds, refereed, rated, differences };
}

/** Each subject has a class of its own (36^4 of them), so each has its own benchmark. */
function benchmarkTable(plan: Plan, trials: readonly TrialSubject[]): BenchmarkTable {
  const group = plan.peers!.groups[0]!;
  const rows = trials.flatMap(({ subject, benchmark }) =>
    benchmark ? [{ ...benchmark, groupKey: peerGroupKey(group, subject) }] : [],
  );
  return BenchmarkTable.from(plan, rows);
}

function exactly(plan: Plan, { subject, benchmark }: TrialSubject): ExactEvaluation {
  return evaluateExactly(plan, {
    inputs: subject.inputs,
    province: `${subject.regionCode.slice(0, 2)}0000`,
    benchmark: benchmark
      ? {
          numerator: Rational.parse(benchmark.numerator),
          denominator: Rational.parse(benchmark.denominator),
        }
      : null,
  });
}

/** Whether a graded value lies within a relative 1e-12 of one of its limits. */
function isOnOrBeside(plan: Plan, values: ExactEvaluation['values']): boolean {
  return plan.gradings.some((grading) => {
    const value = values[grading.slot] ?? null;
    return (
      value !== null &&
      grading.bands.some((band) => {
        const origin = band.limit === null ? null : plan.nodes[band.limit]!.origin;
        if (origin?.kind !== 'parameter') return false;
        const distance = value.minus(origin.value).absolute();
        return distance.compare(origin.value.absolute().times(Rational.of(1n, 10n ** 12n))) <= 0;
      })
    );
  });
}
