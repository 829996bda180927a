/** One subject to try kernel and referee on, what it is moved to, and its exact evaluation. */
import {
  type Benchmark,
  evaluateExactly,
  type ExactEvaluation,
  type Plan,
  Rational,
  type SubjectData,
} from '@tanxiao/rulebook';

export interface TrialSubject {
  readonly subject: SubjectData;
  /** By statistic; null where there is none. */
  readonly benchmarks: readonly (Benchmark | null)[];
}

/** What a boundary subject is moved to: a bound, or a rounding tie of a result. */
export interface Target {
  readonly slot: number;
  readonly at: Rational | { readonly slot: number };
}

/** So many units of the 15th digit beside the target. */
export type Units = -1 | 0 | 1;

export function evaluateTrial(plan: Plan, { subject, benchmarks }: TrialSubject): ExactEvaluation {
  return evaluateExactly(plan, {
    ...subject,
    statistics: benchmarks.map(
      (benchmark) =>
        benchmark && {
          numerator: Rational.parse(benchmark.numerator),
          denominator: Rational.parse(benchmark.denominator),
        },
    ),
  });
}

/** One whose two totals are still to be given; of so many peers that every level takes it. */
export function bareBenchmark(plan: Plan, statistic: number): Benchmark {
  const { name, groups } = plan.statistics[statistic]!;
  return {
    ...{ statistic: name, level: groups[0]!.level, groupKey: '', size: 1_000_000, value: null },
    ...{ numerator: '0', denominator: '1' },
  };
}
