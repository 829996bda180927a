/** A run driven to its publication with given ratings, for tests of what readers see. */
import type { Pool } from 'pg';

import {
  chunksToScore,
  completeChunk,
  copyRatings,
  createRun,
  finishRanking,
  finishScoring,
  finishStage,
  freezePopulation,
  inTransaction,
  loadAllLayouts,
  publishRun,
  type RatingToKeep,
  readChunkInputs,
  type Transaction,
} from '../index';
import { BY, HASHES, PERIOD, RULEBOOK } from './fixtures';

/** Freezes, scores with `ratings` and, unless told otherwise, publishes; returns the run's id. */
export async function runWith(
  pool: Pool,
  ratings: readonly RatingToKeep[],
  options: { publish?: boolean; period?: string } = {},
): Promise<string> {
  const period = options.period ?? PERIOD;
  const runId = await inTransaction(pool, (tx) =>
    createRun(tx, { rulebookId: RULEBOOK, period, ...HASHES }, BY),
  );
  await inTransaction(pool, (tx) =>
    freezePopulation(tx, { runId, chunkSize: 10_000, stages: 1, yearBefore: null }),
  );
  await inTransaction(pool, (tx) => finishStage(tx, { runId, stage: 0, stages: 1 }));
  for (const { seq, firstOrdinal } of await chunksToScore(pool, runId)) {
    await inTransaction(pool, async (tx) => {
      const inputs = await chunkOf(tx, { runId, period, seq });
      await copyRatings(tx, { runId, period, firstOrdinal, ...columnsOf(inputs, ratings) });
      await completeChunk(tx, { runId, seq, rated: ratings.length, notRated: 0, failed: 0 });
    });
  }
  await inTransaction(pool, (tx) => finishScoring(tx, runId));
  await inTransaction(pool, (tx) => finishRanking(tx, { runId, previousRunId: null }));
  if (options.publish !== false) await inTransaction(pool, (tx) => publishRun(tx, runId, BY));
  return runId;
}

/** Room for the inputs of a chunk. */
export function blankColumns(count: number): (size: number) => Float64Array[] {
  return (size) => Array.from({ length: count }, () => new Float64Array(size).fill(NaN));
}

async function chunkOf(
  tx: Transaction,
  of: { readonly runId: string; readonly period: string; readonly seq: number },
): ReturnType<typeof readChunkInputs> {
  const layouts = await loadAllLayouts(tx);
  const targets = new Map(
    [...layouts].map(([id, names]) => [id, Int32Array.from(names, (_, k) => k)]),
  );
  return readChunkInputs(tx, {
    ...of,
    rulebookId: RULEBOOK,
    columnsFor: blankColumns(Math.max(0, ...[...layouts.values()].map(({ length }) => length))),
    targetOf: (layoutId) => targets.get(layoutId)!,
  });
}

/** Ratings by submission as columns; a subject without one failed. */
function columnsOf(
  inputs: Awaited<ReturnType<typeof readChunkInputs>>,
  ratings: readonly RatingToKeep[],
) {
  const byId = new Map(ratings.map((rating) => [rating.submissionId.replaceAll('-', ''), rating]));
  const of = Array.from({ length: inputs.size }, (_, i) =>
    byId.get(inputs.submissionIds.toString('hex', i * 16, i * 16 + 16)),
  );
  const width = (pick: (rating: RatingToKeep) => number): number =>
    Math.max(0, ...ratings.map(pick));
  const reasonSets = new Map(
    of.flatMap((rating, i) =>
      rating?.columns.reasons.length ? [[i + 1, rating.columns.reasons]] : [],
    ),
  );
  const benchmarkIds = ratings.flatMap(({ benchmarkId }) => benchmarkId ?? []);
  return {
    inputs,
    results: Array.from({ length: width(({ columns }) => columns.values.length) }, (_, k) =>
      Float64Array.from(of, (rating) => rating?.columns.values[k] ?? NaN),
    ),
    bands: Array.from({ length: width(({ columns }) => columns.bands.length) }, (_, k) =>
      Int8Array.from(of, (rating) => rating?.columns.bands[k] ?? -1),
    ),
    headline: { grade: 0, level: 1 },
    rankValues: Float64Array.from(of, (rating) => rating?.rankValue ?? NaN),
    reasons: Int32Array.from(of, (rating, i) => (rating?.columns.reasons.length ? i + 1 : 0)),
    reasonSets: reasonSets as ReadonlyMap<number, readonly string[]>,
    benchmarks: Int32Array.from(of, (rating) =>
      rating?.benchmarkId ? benchmarkIds.indexOf(rating.benchmarkId) : -1,
    ),
    benchmarkIds,
    failed: Uint8Array.from(of, (rating) => (rating ? 0 : 1)),
  };
}
