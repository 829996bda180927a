/** A run's frozen population: which revision of whom is rated, in chunks by subject id, and which part is done. */
import type { Queryable } from './connection';
import type { Transaction } from './transaction';

export interface FrozenPopulation {
  readonly subjects: number;
  readonly chunks: number;
}

export interface Freezing {
  readonly runId: string;
  /** Subjects a chunk. */
  readonly chunkSize: number;
  /** Stages of the rulebook's statistics. */
  readonly stages: number;
  /** The period of a year before whose latest revisions are read too; null: the rulebook reads none. */
  readonly yearBefore: string | null;
}

/**
 * Freezes the population: of each subject with submissions under the run's rulebook and period, the latest revision.
 * Ordinals 1…n by subject id, cut into chunks. Done once, `draft` → `frozen`: later calls return what is frozen. Later
 * revisions do not enter. The run's own row is only touched at the end: cancelling doesn't wait for a large population.
 */
export async function freezePopulation(
  tx: Transaction,
  { runId, chunkSize, stages, yearBefore }: Freezing,
): Promise<FrozenPopulation> {
  const { rows } = await tx.query<{ state: string; rulebookId: string; period: string }>(
    `SELECT state, rulebook_id AS "rulebookId", period FROM tanxiao.runs WHERE id = $1`,
    [runId],
  );
  if (rows[0]?.state === 'draft') {
    const { rulebookId, period } = rows[0];
    await tx.query(FREEZE, [runId, rulebookId, period, chunkSize, yearBefore]);
    await tx.query(
      `INSERT INTO tanxiao.run_chunks (run_id, seq, first_ordinal, last_ordinal)
       SELECT run_id, seq, seq * $2 + 1, seq * $2 + octet_length(submission_ids) / 16 FROM tanxiao.run_populations WHERE run_id = $1
       ON CONFLICT DO NOTHING`,
      [runId, chunkSize],
    );
    await tx.query(
      `UPDATE tanxiao.runs SET state = 'frozen', frozen_at = clock_timestamp(), chunk_size = $2, stages = $3,
         subjects = coalesce((SELECT max(last_ordinal) FROM tanxiao.run_chunks WHERE run_id = $1), 0)
       WHERE id = $1 AND state = 'draft'`,
      [runId, chunkSize, stages],
    );
  }
  const frozen = await tx.query<FrozenPopulation>(
    `SELECT subjects, (SELECT count(*)::int FROM tanxiao.run_chunks WHERE run_id = $1) AS chunks FROM tanxiao.runs WHERE id = $1`,
    [runId],
  );
  return frozen.rows[0] ?? { subjects: 0, chunks: 0 };
}

/** In the order of the submissions' key: nothing is sorted. */
const FREEZE = `
INSERT INTO tanxiao.run_populations (run_id, seq, first_subject_id, last_subject_id, submission_ids, year_before_ids)
SELECT $1, seq, (array_agg(subject_id))[1], (array_agg(subject_id))[count(*)], string_agg(uuid_send(id), ''),
  CASE WHEN $5::text IS NOT NULL THEN string_agg(uuid_send(coalesce((SELECT b.id FROM tanxiao.submissions b
    WHERE b.rulebook_id = $2 AND b.period = $5 AND b.subject_id = numbered.subject_id ORDER BY b.revision DESC LIMIT 1),
    '00000000-0000-0000-0000-000000000000')), '') END
FROM (SELECT subject_id, id, ((row_number() OVER (ORDER BY subject_id) - 1) / $4::int)::int AS seq
  FROM (SELECT DISTINCT ON (subject_id) subject_id, id FROM tanxiao.submissions
    WHERE rulebook_id = $2 AND period = $3 ORDER BY subject_id, revision DESC) latest
  ORDER BY subject_id) numbered
GROUP BY seq
ON CONFLICT DO NOTHING`;

export interface RunChunk {
  /** 0, 1, 2… */
  readonly seq: number;
  /** 1-based, inclusive. */
  readonly firstOrdinal: number;
  readonly lastOrdinal: number;
}

/** Chunks whose partial of a stage is not kept yet. */
export async function chunksToBenchmark(
  db: Queryable,
  of: { readonly runId: string; readonly stage: number },
): Promise<RunChunk[]> {
  return chunks(
    db,
    `NOT EXISTS (SELECT FROM tanxiao.run_partials p WHERE p.run_id = c.run_id AND p.stage = $2 AND p.seq = c.seq)`,
    [of.runId, of.stage],
  );
}

/** Chunks that are not scored yet. */
export async function chunksToScore(db: Queryable, runId: string): Promise<RunChunk[]> {
  return chunks(db, 'c.scored_at IS NULL', [runId]);
}

async function chunks(db: Queryable, which: string, parameters: unknown[]): Promise<RunChunk[]> {
  const { rows } = await db.query<RunChunk>(
    `SELECT c.seq, c.first_ordinal AS "firstOrdinal", c.last_ordinal AS "lastOrdinal" FROM tanxiao.run_chunks c
     WHERE c.run_id = $1 AND ${which} ORDER BY c.seq`,
    parameters,
  );
  return rows;
}

export interface ChunkCounts {
  readonly runId: string;
  readonly seq: number;
  readonly rated: number;
  readonly notRated: number;
  readonly failed: number;
}

/**
 * Takes a chunk to score until the transaction ends, of those that nobody has: rather one of `preferred` (whose inputs are
 * at hand) than any other. Null where there is none, or the run is no longer being scored.
 */
export async function takeChunkToScore(
  tx: Transaction,
  { runId, preferred }: { readonly runId: string; readonly preferred: readonly number[] },
): Promise<RunChunk | null> {
  const { rows } = await tx.query<RunChunk>(
    `SELECT c.seq, c.first_ordinal AS "firstOrdinal", c.last_ordinal AS "lastOrdinal"
     FROM tanxiao.run_chunks c JOIN tanxiao.runs run ON run.id = c.run_id
     WHERE c.run_id = $1 AND c.scored_at IS NULL AND run.state = 'benchmarked'
     ORDER BY c.seq = ANY ($2::int[]) DESC, c.seq LIMIT 1 FOR UPDATE OF c SKIP LOCKED`,
    [runId, preferred],
  );
  return rows[0] ?? null;
}

/** Marks a chunk scored in the transaction that keeps its ratings. */
export async function completeChunk(tx: Transaction, done: ChunkCounts): Promise<void> {
  await tx.query(
    `UPDATE tanxiao.run_chunks SET scored_at = clock_timestamp(), rated = $3, not_rated = $4, failed = $5
     WHERE run_id = $1 AND seq = $2`,
    [done.runId, done.seq, done.rated, done.notRated, done.failed],
  );
}
