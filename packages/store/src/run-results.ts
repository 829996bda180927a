/** What the steps of a run hand to one another by chunk: partial statistics, keys to rank by, ranks. Every row is written once. */
import { RANK_SCOPES, type RankScope } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import { BinaryRowReader } from './copy/binary-row-reader';
import { BinaryRowWriter } from './copy/binary-row-writer';
import { copyOut, copyRows, literal } from './copy/copy-streams';
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
  { runId, seq, keys }: { readonly runId: string; readonly seq: number; readonly keys: Uint8Array },
): Promise<void> {
  const row = new BinaryRowWriter(keys.length + CHUNK_ROW_BYTES);
  row.row(3, CHUNK_ROW_BYTES);
  row.uuid(runId);
  row.int4(seq);
  row.blob(keys);
  await copyRows(tx, 'tanxiao.run_rank_keys (run_id, seq, keys)', row);
}

/** Of a row by run and chunk: number of fields, run and chunk. */
const CHUNK_ROW_BYTES = 2 + 20 + 8;

export interface KeptRankKeys {
  readonly seq: number;
  /** Valid while it is visited. */
  readonly keys: Buffer;
}

/** Of all chunks, in their order, some at a time and in binary form. */
export async function visitRankKeys(
  tx: Transaction,
  runId: string,
  visit: (of: KeptRankKeys) => void,
): Promise<void> {
  for (let after: number | null = -1; after !== null;)
    after = await copyOut(tx, rankKeysQuery(runId, after), (bytes) => {
      const reader = new BinaryRowReader(bytes);
      let last: number | null = null;
      while (reader.next(2)) {
        last = reader.int();
        visit({ seq: last, keys: reader.blob()! });
      }
      return last;
    });
}

function rankKeysQuery(runId: string, after: number): string {
  return `SELECT seq, keys FROM tanxiao.run_rank_keys WHERE run_id = ${literal(runId)} AND seq > ${after} ORDER BY seq LIMIT 16`;
}

export interface RankGroup {
  readonly scope: RankScope;
  /** Of the scope: empty for all; digits of the region code; classification and digits of the industry code, `gbt4754-2017:30`. */
  readonly key: string;
  readonly ranked: number;
}

export interface RanksToKeep {
  readonly runId: string;
  /** The numbers of one are asked for when those of the one before are written. */
  readonly chunks: Iterable<{ readonly seq: number; readonly ranks: Int32Array }>;
  readonly groups: readonly RankGroup[];
}

/** Keeps the ranks of all chunks, and how many are ranked in each group; what is kept already is left alone. */
export async function keepRanks(tx: Transaction, of: RanksToKeep): Promise<void> {
  // Of two deliveries of one job the second waits here, and not before the run's row: that would make cancelling wait.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('ranks ' || $1, 7308))`, [
    of.runId,
  ]);
  const { rowCount } = await tx.query('SELECT FROM tanxiao.run_ranks WHERE run_id = $1 LIMIT 1', [
    of.runId,
  ]);
  if (rowCount === 0) await copyRanks(tx, of);
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

/** A COPY's worth of ranks: some chunks. */
const RANKS_BYTES = 4 << 20;

async function copyRanks(tx: Transaction, { runId, chunks }: RanksToKeep): Promise<void> {
  let rows: BinaryRowWriter | null = null;
  // The next ones are made while the server writes.
  let written = Promise.resolve();
  const send = async (): Promise<void> => {
    await written;
    if (rows) written = copyRows(tx, 'tanxiao.run_ranks (run_id, seq, ranks)', rows);
    rows = null;
  };
  try {
    for (const { seq, ranks } of chunks) {
      rows ??= new BinaryRowWriter(RANKS_BYTES + ranks.length * 8);
      rows.row(3, CHUNK_ROW_BYTES);
      rows.uuid(runId);
      rows.int4(seq);
      rows.int4sBlob(ranks);
      if (rows.size >= RANKS_BYTES) await send();
    }
    await send();
  } finally {
    await written;
  }
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
