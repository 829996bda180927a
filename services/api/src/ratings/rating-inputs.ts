/** What a kept rating was made from: its submission's inputs in its plan's order, and its benchmarks. */
import { ProblemError } from '@tanxiao/contracts';
import {
  type Benchmark,
  BenchmarkTable,
  layoutReader,
  peerGroupKey,
  type Plan,
  type SubjectData,
  withYearBefore,
} from '@tanxiao/rulebook';
import {
  getRating,
  getSubmission,
  loadGroupBenchmarks,
  type RatingRow,
  type SubmissionRow,
} from '@tanxiao/store';

import type { ApiContext } from '../context';

export interface RatingInputs {
  readonly rating: RatingRow;
  readonly submission: SubmissionRow;
  /** The one of the same period a year before that was read; null: none. */
  readonly yearBefore: SubmissionRow | null;
}

/** @throws ProblemError `not-found` */
export async function ratingInputs(context: ApiContext, id: string): Promise<RatingInputs> {
  const rating = await requireRating(context, id);
  const submission = await keptSubmission(context, rating.submissionId);
  const { yearBeforeId } = rating;
  const yearBefore = yearBeforeId === null ? null : await keptSubmission(context, yearBeforeId);
  return { rating, submission, yearBefore };
}

async function keptSubmission(context: ApiContext, id: string): Promise<SubmissionRow> {
  const submission = await getSubmission(context.pool, id);
  if (!submission) throw new Error(`submission ${id}, which a rating names, is missing`);
  return submission;
}

export async function requireRating(context: ApiContext, id: string): Promise<RatingRow> {
  const rating = await getRating(context.pool, id);
  if (!rating) throw new ProblemError('not-found', { what: `rating ${id}` });
  return rating;
}

/** The submission was kept under its own rulebook version's inputs, which may stand in another order. */
export function subjectData(
  plan: Plan,
  { submission, yearBefore }: Pick<RatingInputs, 'submission' | 'yearBefore'>,
): SubjectData {
  const read = layoutReader(submission.inputNames, plan.inputs);
  return {
    regionCode: submission.regionCode,
    industryClassification: submission.industryClassification,
    industryCode: submission.industryCode,
    ...withYearBefore(
      plan,
      read(submission.inputs),
      yearBefore && { ...yearBefore, layout: yearBefore.inputNames },
    ),
  };
}

/** The benchmarks that the rating was compared with: of the run it names, those that its subject's groups find. */
export async function benchmarksOfRating(
  context: ApiContext,
  of: RatingInputs,
  plan: Plan,
): Promise<Benchmark[]> {
  const { benchmarkRunId } = of.rating;
  if (benchmarkRunId === null) return [];
  const subject = subjectData(plan, of);
  const groupKeys = plan.statistics.flatMap(({ groups }) =>
    groups.flatMap((group) => peerGroupKey(group, subject) ?? []),
  );
  const rows = await loadGroupBenchmarks(context.pool, {
    runId: benchmarkRunId,
    groupKeys: [...new Set(groupKeys)],
  });
  const table = BenchmarkTable.from(plan, rows.map(benchmark));
  return plan.statistics.flatMap((_, statistic) => table.find(statistic, subject)?.row ?? []);
}

function benchmark(row: Benchmark): Benchmark {
  const { statistic, level, groupKey, size, numerator, denominator, value } = row;
  return { statistic, level, groupKey, size, numerator, denominator, value };
}
