/** A run driven to its publication with given ratings, for tests of what readers see. */
import type { Pool } from 'pg';

import {
  completeRunChunk,
  createRun,
  finishScoring,
  freezePopulation,
  inTransaction,
  moveRun,
  publishRun,
  type RatingToKeep,
} from '../index';
import { BY, HASHES, PERIOD, rateAll, RULEBOOK } from './fixtures';

/** Freezes, scores with `ratings` and, unless told otherwise, publishes; returns the run's id. */
export async function runWith(
  pool: Pool,
  ratings: readonly RatingToKeep[],
  options: { publish?: boolean; period?: string } = {},
): Promise<string> {
  const runId = await inTransaction(pool, (tx) =>
    createRun(tx, { rulebookId: RULEBOOK, period: options.period ?? PERIOD, ...HASHES }, BY),
  );
  const { chunks } = await inTransaction(pool, (tx) => freezePopulation(tx, runId));
  await moveRun(pool, { runId, from: ['queued'], to: 'scoring' });
  await rateAll(pool, ratings, runId);
  await inTransaction(pool, async (tx) => {
    for (let seq = 0; seq < chunks; seq++)
      await completeRunChunk(tx, { runId, seq, rated: ratings.length, notRated: 0, failed: 0 });
    await finishScoring(tx, runId);
  });
  if (options.publish !== false) await inTransaction(pool, (tx) => publishRun(tx, runId, BY));
  return runId;
}
