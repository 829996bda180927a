/**
 * Rates an upload's rows in the transaction that keeps them, so that nothing of them waits in the outbox: a row has its
 * provisional rating, or its recorded failure, from the moment that it is there.
 */
import {
  copyUploadRatings,
  isPassingFault,
  type KeptUploadRow,
  type Provenance,
  type RatingBatch,
  recordRatingFailure,
  type Transaction,
} from '@tanxiao/store';

import { batchOf, type Group } from '../rate/evaluate-group';
import { describe, keepEvaluated } from '../rate/keep-evaluated';

type Failure = Group['evaluated']['failures'][number];

/** @returns rows whose rating failed; each is recorded alone, the others are rated */
export async function keepRated(
  tx: Transaction,
  groups: readonly Group[],
  of: { readonly kept: readonly KeptUploadRow[]; readonly by: Provenance },
): Promise<readonly Failure[]> {
  const kept = new Map(of.kept.map((row) => [row.id, row]));
  const failed: Failure[] = [];
  for (const group of groups) {
    const batch = batchOf(group);
    const { ratings, failures } = group.evaluated;
    if (await copied(tx, { ...batch, ratings }, { kept, by: of.by })) {
      for (const { submissionId, error } of failures)
        await recordRatingFailure(
          tx,
          { ...batch, runId: null, submissionId, error: describe(error) },
          of.by,
        );
      failed.push(...failures);
    } else failed.push(...(await keepEvaluated(tx, batch, group.evaluated, of.by)));
  }
  return failed;
}

/** False where the database refuses what is in the batch: nothing of it is kept then, and it has to be halved. */
async function copied(
  tx: Transaction,
  batch: RatingBatch,
  of: Parameters<typeof copyUploadRatings>[2],
): Promise<boolean> {
  await tx.query('SAVEPOINT copy_ratings');
  try {
    await copyUploadRatings(tx, batch, of);
    await tx.query('RELEASE SAVEPOINT copy_ratings');
    return true;
  } catch (error) {
    if (isPassingFault(error)) throw error;
    await tx.query('ROLLBACK TO SAVEPOINT copy_ratings; RELEASE SAVEPOINT copy_ratings');
    return false;
  }
}
