/** What a kept rating was made from: its submission's inputs in its plan's order, and its benchmark. */
import { ProblemError } from '@tanxiao/contracts';
import type { Benchmark, Plan, SubjectData } from '@tanxiao/rulebook';
import { getRating, getSubmission, type RatingRow, type SubmissionRow } from '@tanxiao/store';

import type { ApiContext } from '../context';

export interface RatingInputs {
  readonly rating: RatingRow;
  readonly submission: SubmissionRow;
}

/** @throws ProblemError `not-found` */
export async function ratingInputs(context: ApiContext, id: string): Promise<RatingInputs> {
  const rating = await requireRating(context, id);
  const submission = await getSubmission(context.pool, rating.submissionId);
  if (!submission) throw new Error(`the submission of rating ${id} is missing`);
  return { rating, submission };
}

export async function requireRating(context: ApiContext, id: string): Promise<RatingRow> {
  const rating = await getRating(context.pool, id);
  if (!rating) throw new ProblemError('not-found', { what: `rating ${id}` });
  return rating;
}

/** The submission was kept under its own rulebook version's inputs, which may stand in another order. */
export function subjectData(plan: Plan, submission: SubmissionRow): SubjectData {
  const place = new Map(submission.inputNames.map((name, index) => [name, index]));
  return {
    regionCode: submission.regionCode,
    industryClassification: submission.industryClassification,
    industryCode: submission.industryCode,
    inputs: plan.inputs.map(({ name }) => submission.inputs[place.get(name) ?? -1] ?? null),
  };
}

export function benchmarkOf(rating: RatingRow): Benchmark | null {
  if (!rating.benchmark) return null;
  const { level, groupKey, size, numerator, denominator, value } = rating.benchmark;
  return { level, groupKey, size, numerator, denominator, value };
}
