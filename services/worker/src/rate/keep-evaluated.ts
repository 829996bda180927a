/**
 * Keeps ratings and failures in the caller's transaction. Where the database refuses a batch for what is in it, the
 * batch is halved here too, behind savepoints, until the one refused subject is alone and recorded.
 */
import {
  isPassingFault,
  keepRatings,
  type Provenance,
  type RatingBatch,
  type RatingToKeep,
  recordRatingFailure,
  type Transaction,
} from '@tanxiao/store';

import type { Evaluated } from './evaluate';

/** @returns submissions whose rating failed */
export async function keepEvaluated(
  tx: Transaction,
  of: Omit<RatingBatch, 'ratings'>,
  { ratings, failures }: Evaluated,
  by: Provenance,
): Promise<readonly Evaluated['failures'][number][]> {
  const refused = await keepOrHalve(tx, of, ratings, by);
  const all = [...failures, ...refused];
  for (const { submissionId, error } of all)
    await recordRatingFailure(tx, { ...of, runId: null, submissionId, error: describe(error) }, by);
  return all;
}

async function keepOrHalve(
  tx: Transaction,
  of: Omit<RatingBatch, 'ratings'>,
  ratings: readonly RatingToKeep[],
  by: Provenance,
): Promise<readonly Evaluated['failures'][number][]> {
  if (ratings.length === 0) return [];
  await tx.query('SAVEPOINT keep_ratings');
  try {
    await keepRatings(tx, { ...of, ratings }, by);
    await tx.query('RELEASE SAVEPOINT keep_ratings');
    return [];
  } catch (error) {
    if (isPassingFault(error)) throw error;
    await tx.query('ROLLBACK TO SAVEPOINT keep_ratings');
    await tx.query('RELEASE SAVEPOINT keep_ratings');
    const [only] = ratings;
    if (ratings.length === 1 && only) return [{ submissionId: only.submissionId, error }];
    const middle = ratings.length >> 1;
    return [
      ...(await keepOrHalve(tx, of, ratings.slice(0, middle), by)),
      ...(await keepOrHalve(tx, of, ratings.slice(middle), by)),
    ];
  }
}

export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
