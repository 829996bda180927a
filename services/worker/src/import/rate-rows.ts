/**
 * Rates an upload's rows in the transaction that keeps them, so that nothing of them waits in the outbox: a row has its
 * provisional rating, or its recorded failure, from the moment that it is there. By columns throughout, as runs do.
 */
import {
  copyUploadRatings,
  isPassingFault,
  type Provenance,
  type RatingToKeep,
  recordRatingFailure,
  type Transaction,
  type UploadRatings,
  uuidText,
} from '@tanxiao/store';

import type { RatingCounts } from '../metrics/worker-metrics';
import { describe, keepEvaluated } from '../rate/keep-evaluated';
import type { RatedRows, RatingFailure, RowsToRate } from './rated-rows';

/** @returns rows whose rating failed; each is recorded alone, the others are rated */
export async function keepRated(
  tx: Transaction,
  rated: readonly RatedRows[],
  of: RowsToRate & { readonly by: Provenance },
): Promise<readonly RatingFailure[]> {
  const failed: RatingFailure[] = [];
  for (const { documents, ratings, failures } of rated) {
    const refused =
      ratings === null || (await copied(tx, ratings, of))
        ? []
        : // Halved until the one refused is alone.
          await keepEvaluated(
            tx,
            documents,
            { ratings: oneByOne(ratings, of), failures: [], refereed: 0 },
            of.by,
          );
    for (const { submissionId, error } of failures)
      await recordRatingFailure(
        tx,
        { ...documents, runId: null, submissionId, error: describe(error) },
        of.by,
      );
    failed.push(...failures, ...refused);
  }
  return failed;
}

/** What became of the rows, for the metrics. */
export function rowCounts(
  rated: readonly RatedRows[],
  { kept }: Pick<RowsToRate, 'kept'>,
  failed: readonly RatingFailure[],
): RatingCounts {
  const lost = new Set(failed.map(({ submissionId }) => submissionId));
  const counts = { rated: 0, notRated: 0, failed: lost.size, refereed: 0 };
  for (const { ratings, refereed } of rated) {
    counts.refereed += refereed;
    if (ratings === null) continue;
    for (let k = 0; k < ratings.rows.length; k++) {
      if (ratings.failed[k] === 1) continue;
      if (lost.size > 0 && lost.has(uuidText(kept.ids, ratings.rows[k]! * 16))) continue;
      if (ratings.reasons[k] === 0) counts.rated += 1;
      else counts.notRated += 1;
    }
  }
  return counts;
}

/** False where the database refuses what is in the batch: nothing of it is kept then. */
async function copied(
  tx: Transaction,
  ratings: UploadRatings,
  of: Parameters<typeof copyUploadRatings>[2],
): Promise<boolean> {
  await tx.query('SAVEPOINT copy_ratings');
  try {
    await copyUploadRatings(tx, ratings, of);
    await tx.query('RELEASE SAVEPOINT copy_ratings');
    return true;
  } catch (error) {
    if (isPassingFault(error)) throw error;
    await tx.query('ROLLBACK TO SAVEPOINT copy_ratings; RELEASE SAVEPOINT copy_ratings');
    return false;
  }
}

function oneByOne(ratings: UploadRatings, { kept }: RowsToRate): RatingToKeep[] {
  const { headline, yearBeforeIds } = ratings;
  return [...ratings.rows.keys()]
    .filter((k) => ratings.failed[k] === 0)
    .map((k) => {
      const row = ratings.rows[k]!;
      const reasons = ratings.reasonSets.get(ratings.reasons[k]!) ?? [];
      const bands = ratings.bands.map((column) => (column[k] === -1 ? null : column[k]!));
      const place = (grading: number | null): number | null => {
        const index = grading === null ? null : bands[grading]!;
        return index === null ? null : index + 1;
      };
      return {
        submissionId: uuidText(kept.ids, row * 16),
        yearBeforeId: yearBeforeIds?.[row] ?? null,
        benchmarkId: ratings.benchmarkIds[ratings.benchmarks[k]!] ?? null,
        columns: {
          outcome: reasons.length === 0 ? 'rated' : 'not-rated',
          reasons,
          values: ratings.results.map((column) => known(column[k]!)),
          bands,
        },
        grade: place(headline.grade),
        level: place(headline.level),
        rankValue: known(ratings.rankValues[k]!),
      };
    });
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
