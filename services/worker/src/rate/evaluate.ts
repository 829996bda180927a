/**
 * Rates submissions under one plan. Where a batch cannot be rated as a whole it is halved until the one bad subject is
 * alone: the rest goes through, and log₂ n evaluations are all it costs.
 */
import {
  type Benchmark,
  type BenchmarkTable,
  type Plan,
  Population,
  rate,
} from '@tanxiao/rulebook';
import type { RatingToKeep } from '@tanxiao/store';

import type { InputOrder } from './input-order';
import type { SubmissionToRate } from './year-before';

/** The benchmarks a batch is compared with: a run's. */
export interface KeptBenchmarks {
  readonly runId: string;
  readonly table: BenchmarkTable;
  /** Id of a kept benchmark. */
  readonly idOf: (of: Pick<Benchmark, 'statistic' | 'groupKey'>) => string | null;
}

export interface Evaluated {
  readonly ratings: readonly RatingToKeep[];
  readonly failures: readonly { readonly submissionId: string; readonly error: unknown }[];
  /** Of the ratings, those that the referee decided. */
  readonly refereed: number;
}

export function evaluate(
  plan: Plan,
  submissions: readonly SubmissionToRate[],
  order: InputOrder,
  benchmarks: KeptBenchmarks | null,
): Evaluated {
  if (submissions.length === 0) return { ratings: [], failures: [], refereed: 0 };
  try {
    return { ...evaluateAll(plan, submissions, order, benchmarks), failures: [] };
  } catch (error) {
    const [only] = submissions;
    if (submissions.length === 1 && only)
      return { ratings: [], failures: [{ submissionId: only.id, error }], refereed: 0 };
    const middle = submissions.length >> 1;
    const first = evaluate(plan, submissions.slice(0, middle), order, benchmarks);
    const second = evaluate(plan, submissions.slice(middle), order, benchmarks);
    return {
      ratings: [...first.ratings, ...second.ratings],
      failures: [...first.failures, ...second.failures],
      refereed: first.refereed + second.refereed,
    };
  }
}

function evaluateAll(
  plan: Plan,
  submissions: readonly SubmissionToRate[],
  order: InputOrder,
  benchmarks: KeptBenchmarks | null,
): Pick<Evaluated, 'ratings' | 'refereed'> {
  const population = new Population(plan, submissions.length);
  for (const submission of submissions)
    population.add({ ...submission, inputs: order(submission) });
  const ratings = rate(plan, population, benchmarks?.table ?? null);
  const { headline } = plan;
  const band = (bands: readonly (number | null)[], grading: number | null): number | null => {
    const index = grading === null ? null : (bands[grading] ?? null);
    return index === null ? null : index + 1;
  };
  const kept = submissions.map(({ id, yearBeforeId }, i): RatingToKeep => {
    const columns = ratings.columns(i);
    const benchmark = ratings.benchmark(i);
    return {
      submissionId: id,
      yearBeforeId,
      columns,
      benchmarkId: benchmark === null ? null : (benchmarks?.idOf(benchmark) ?? null),
      grade: band(columns.bands, headline.grade),
      level: band(columns.bands, headline.level),
      // Not rated is never a bad place in a ranking: it has none.
      rankValue: columns.outcome === 'rated' ? (columns.values[headline.rankBy] ?? null) : null,
    };
  });
  return { ratings: kept, refereed: ratings.refereed };
}
