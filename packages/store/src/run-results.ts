/** What the steps of a run hand to one another by chunk: partial statistics, keys to rank by, ranks. Every row is written once. */
import { RANK_SCOPES, type RankScope } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import { numberTextArray, textArray } from './sql-arrays';
import type { Transaction } from './transaction';

export interface PartialToKeep {
  readonly runId: string;
  readonly stage: number;
  readonly seq: number;
  readonly partial: Uint8Array;
}

/** Keeps a chunk's partial; one that is kept already is left alone. */
export async function keepPartial(db: Queryable, of: PartialToKeep): Promise<void> {
  await db.query(
    `INSERT INTO tanxiao.run_partials (run_id, stage, seq, partial) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [of.runId, of.stage, of.seq, of.partial],
  );
}

export interface KeptPartial {
  readonly seq: number;
  readonly partial: Buffer;
}

/** A stage's partials by chunk, some at a time. */
export async function* streamPartials(
  db: Queryable,
  { runId, stage }: { readonly runId: string; readonly stage: number },
): AsyncGenerator<KeptPartial> {
  for (let after = -1; ;) {
    const { rows } = await db.query<KeptPartial>(
      `SELECT seq, partial FROM tanxiao.run_partials WHERE run_id = $1 AND stage = $2 AND seq > $3 ORDER BY seq LIMIT 16`,
      [runId, stage, after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.seq;
  }
}

/** Keeps by what a chunk's subjects are ranked; in the transaction that keeps its ratings. */
export async function keepRankKeys(
  tx: Transaction,
  of: { readonly runId: string; readonly seq: number; readonly keys: Uint8Array },
): Promise<void> {
  await tx.query('INSERT INTO tanxiao.run_rank_keys (run_id, seq, keys) VALUES ($1, $2, $3)', [
    of.runId,
    of.seq,
    of.keys,
  ]);
}

/** Of all chunks, in their order. */
export async function* streamRankKeys(
  db: Queryable,
  runId: string,
): AsyncGenerator<{ readonly seq: number; readonly keys: Buffer }> {
  for (let after = -1; ;) {
    const { rows } = await db.query<{ seq: number; keys: Buffer }>(
      `SELECT seq, keys FROM tanxiao.run_rank_keys WHERE run_id = $1 AND seq > $2 ORDER BY seq LIMIT 16`,
      [runId, after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.seq;
  }
}

export interface RankGroup {
  readonly scope: RankScope;
  /** Of the scope: empty for all; digits of the region code; classification and digits of the industry code, `gbt4754-2017:30`. */
  readonly key: string;
  readonly ranked: number;
}

/** Keeps the ranks of all chunks, and how many are ranked in each group; what is kept already is left alone. */
export async function keepRanks(
  tx: Transaction,
  of: {
    readonly runId: string;
    readonly chunks: Iterable<{ readonly seq: number; readonly ranks: Uint8Array }>;
    readonly groups: readonly RankGroup[];
  },
): Promise<void> {
  for (const { seq, ranks } of of.chunks)
    await tx.query(
      'INSERT INTO tanxiao.run_ranks (run_id, seq, ranks) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [of.runId, seq, ranks],
    );
  await tx.query(
    `INSERT INTO tanxiao.run_rank_groups (run_id, scope, key, ranked)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::int[]) ON CONFLICT DO NOTHING`,
    [
      of.runId,
      textArray(of.groups.map(({ scope }) => scope)),
      textArray(of.groups.map(({ key }) => key)),
      numberTextArray(of.groups.map(({ ranked }) => ranked)),
    ],
  );
}

export interface RatingRank {
  readonly scope: RankScope;
  /** Competition rank: 1, 2, 2, 4. */
  readonly rank: number;
  /** How many hold this rank, this one included. */
  readonly tied: number;
}

/** Ranks of some ratings of runs, in their order; none of a run that is not ranked, or of a subject that is not. */
export async function loadRanks(
  db: Queryable,
  ratings: readonly { readonly runId: string; readonly ordinal: number }[],
): Promise<(readonly RatingRank[])[]> {
  if (ratings.length === 0) return [];
  const { rows } = await db.query<{ ranks: Buffer | null }>(
    `SELECT substring(k.ranks FROM (x.ordinal - c.first_ordinal) * $3::int + 1 FOR $3::int) AS ranks
     FROM unnest($1::uuid[], $2::int[]) WITH ORDINALITY AS x(run_id, ordinal, place)
     LEFT JOIN LATERAL (SELECT seq, first_ordinal FROM tanxiao.run_chunks WHERE run_id = x.run_id
       AND x.ordinal BETWEEN first_ordinal AND last_ordinal LIMIT 1) c ON true
     LEFT JOIN tanxiao.run_ranks k ON k.run_id = x.run_id AND k.seq = c.seq ORDER BY x.place`,
    [
      textArray(ratings.map(({ runId }) => runId)),
      numberTextArray(ratings.map(({ ordinal }) => ordinal)),
      RANK_BYTES,
    ],
  );
  return rows.map(({ ranks }) => (ranks ? ranksIn(ranks) : []));
}

/** Rank and ties of each scope, int32. */
const RANK_BYTES = RANK_SCOPES.length * 8;

function ranksIn(bytes: Buffer): RatingRank[] {
  return RANK_SCOPES.flatMap((scope, k) => {
    const rank = bytes.readInt32BE(k * 8);
    return rank === 0 ? [] : [{ scope, rank, tied: bytes.readInt32BE(k * 8 + 4) }];
  });
}

/** How many are ranked in some groups of runs; a group that nobody is ranked in is missing. */
export async function loadRankGroups(
  db: Queryable,
  runId: string,
  keys: readonly { readonly scope: RankScope; readonly key: string }[],
): Promise<RankGroup[]> {
  const { rows } = await db.query<RankGroup>(
    `SELECT g.scope, g.key, g.ranked FROM unnest($2::text[], $3::text[]) AS x(scope, key)
     JOIN tanxiao.run_rank_groups g ON g.run_id = $1 AND g.scope = x.scope AND g.key = x.key`,
    [runId, textArray(keys.map(({ scope }) => scope)), textArray(keys.map(({ key }) => key))],
  );
  return rows;
}
