/** All chunks are scored: ranks are made of their keys, and the run is compared with the published one of the period before. */
import { RANK_WIDTH, type RankKeys, rankPopulation } from '@tanxiao/rulebook';
import {
  finishRanking,
  inTransaction,
  keepMoves,
  keepRanks,
  lockRun,
  refreshRunStatistics,
  runToCompareWith,
  streamRankKeys,
} from '@tanxiao/store';

import type { WorkerServices } from '../services';
import { decodeRankKeys } from './rank-keys';
import type { RunTask } from './run-task';

/** Comparing a hundred million subjects takes longer than a request may. */
const COMPARE_TIMEOUT_MS = 3_600_000;

export async function rankRun({ pool }: WorkerServices, task: RunTask): Promise<void> {
  const { runId, plan, logger } = task;
  const chunks: { seq: number; keys: RankKeys }[] = [];
  for await (const { seq, keys } of streamRankKeys(pool, runId))
    chunks.push({ seq, keys: decodeRankKeys(keys) });
  const { ranks, groups } = rankPopulation(
    joined(chunks.map(({ keys }) => keys)),
    plan.headline.best,
  );
  const previousRunId = await runToCompareWith(pool, runId);
  await inTransaction(
    pool,
    async (tx) => {
      if ((await lockRun(tx, runId)) !== 'scored') return;
      await keepRanks(tx, { runId, chunks: ranksByChunk(chunks, ranks), groups });
      if (previousRunId !== null) await keepMoves(tx, { runId, previousRunId });
      await finishRanking(tx, { runId, previousRunId });
    },
    { statementTimeoutMs: COMPARE_TIMEOUT_MS },
  );
  logger.info({ groups: groups.length, previousRunId }, 'run ranked');
  await refreshRunStatistics(pool);
}

/** Equal places of two chunks stay two: their groups have the same key. */
function joined(chunks: readonly RankKeys[]): RankKeys {
  const count = chunks.reduce((sum, { values }) => sum + values.length, 0);
  const values = new Float64Array(count);
  const placeOf = new Int32Array(count);
  const places: RankKeys['places'][number][] = [];
  const known = new Map<string, number>();
  let at = 0;
  for (const chunk of chunks) {
    values.set(chunk.values, at);
    const ids = chunk.places.map((place) => {
      const key = `${place.regionCode} ${place.industryCode} ${place.industryClassification}`;
      const id = known.get(key) ?? places.push(place) - 1;
      known.set(key, id);
      return id;
    });
    for (let i = 0; i < chunk.placeOf.length; i++) placeOf[at + i] = ids[chunk.placeOf[i]!]!;
    at += chunk.values.length;
  }
  return { values, places, placeOf };
}

function* ranksByChunk(
  chunks: readonly { readonly seq: number; readonly keys: RankKeys }[],
  ranks: Int32Array,
): Generator<{ readonly seq: number; readonly ranks: Buffer }> {
  let at = 0;
  for (const { seq, keys } of chunks) {
    const count = keys.values.length * RANK_WIDTH;
    yield { seq, ranks: Buffer.from(ranks.slice(at, at + count).buffer).swap32() };
    at += count;
  }
}
