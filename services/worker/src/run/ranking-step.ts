/** All chunks are scored: ranks are made of their keys, and the run is compared with the published one of the period before. */
import { type PopulationRanks, RANK_WIDTH, type RankKeys, rankPopulation } from '@tanxiao/rulebook';
import {
  finishRanking,
  getRun,
  inTransaction,
  keepMoves,
  keepRanks,
  refreshRunStatistics,
  runToCompareWith,
  visitRankKeys,
} from '@tanxiao/store';
import type { Pool } from 'pg';

import type { WorkerServices } from '../services';
import { decodeRankKeys } from './rank-keys';
import type { RunTask } from './run-task';

/** Comparing a hundred million subjects takes longer than a request may. */
const COMPARE_TIMEOUT_MS = 3_600_000;

/** What ranking needs a subject: its value and place, and the sort's arrays, which the ranks use again. */
const RANKING_BYTES = 42;

export async function rankRun({ pool, chunks }: WorkerServices, task: RunTask): Promise<void> {
  const { runId, plan, logger } = task;
  const { subjects } = (await getRun(pool, runId))!;
  chunks.forgetRun(runId, subjects.total * RANKING_BYTES);
  const joined = await joinedKeys(pool, runId, subjects.total);
  const { write, groups } = rankPopulation(joined.keys(), plan.headline.best);
  const previousRunId = await runToCompareWith(pool, runId);
  await inTransaction(
    pool,
    async (tx) => {
      // The run's own row last: cancelling doesn't wait for the ranks of a large population.
      await keepRanks(tx, { runId, chunks: ranksByChunk(joined.chunks, write), groups });
      if (previousRunId !== null) await keepMoves(tx, { runId, previousRunId });
      await finishRanking(tx, { runId, previousRunId });
    },
    { statementTimeoutMs: COMPARE_TIMEOUT_MS },
  );
  logger.info({ groups: groups.length, previousRunId }, 'run ranked');
  await refreshRunStatistics(pool);
}

async function joinedKeys(pool: Pool, runId: string, subjects: number): Promise<JoinedKeys> {
  return inTransaction(pool, async (tx) => {
    const joined = new JoinedKeys(subjects);
    await visitRankKeys(tx, runId, ({ seq, keys }) => joined.add(seq, keys));
    return joined;
  });
}

/** The keys of all chunks as one, joined as they come: chunks kept beside them took as much memory again. */
class JoinedKeys {
  readonly chunks: { readonly seq: number; readonly size: number }[] = [];
  private readonly values: Float64Array;
  private readonly placeOf: Int32Array;
  private readonly places: RankKeys['places'][number][] = [];
  private readonly known = new Map<string, number>();
  private size = 0;

  constructor(subjects: number) {
    this.values = new Float64Array(subjects);
    this.placeOf = new Int32Array(subjects);
  }

  add(seq: number, keys: Buffer): void {
    const { places, placeOf } = decodeRankKeys(keys, (count) => ({
      values: this.values.subarray(this.size, this.size + count),
      placeOf: this.placeOf.subarray(this.size, this.size + count),
    }));
    const ids = places.map((place) => {
      const key = `${place.regionCode} ${place.industryCode} ${place.industryClassification}`;
      const id = this.known.get(key) ?? this.places.push(place) - 1;
      this.known.set(key, id);
      return id;
    });
    renumber(placeOf, Int32Array.from(ids));
    this.chunks.push({ seq, size: placeOf.length });
    this.size += placeOf.length;
  }

  keys(): RankKeys {
    return { values: this.values, places: this.places, placeOf: this.placeOf };
  }
}

function renumber(places: Int32Array, ids: Int32Array): void {
  for (let i = 0; i < places.length; i++) places[i] = ids[places[i]!]!;
}

/** Each chunk's ranks stand in the same room. */
function* ranksByChunk(
  chunks: readonly { readonly seq: number; readonly size: number }[],
  write: PopulationRanks['write'],
): Generator<{ readonly seq: number; readonly ranks: Int32Array }> {
  const room = new Int32Array(RANK_WIDTH * Math.max(0, ...chunks.map(({ size }) => size)));
  let from = 0;
  for (const { seq, size } of chunks) {
    const ranks = room.subarray(0, size * RANK_WIDTH);
    write(from, ranks);
    yield { seq, ranks };
    from += size;
  }
}
