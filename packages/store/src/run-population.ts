/** A run's frozen population and its chunks: who is rated, in which order, and which part is done. */
import type { RunState } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import { SUBMISSION_FOR_RATING, type SubmissionForRating } from './submission-reads';
import type { Transaction } from './transaction';

export interface RunClaim {
  readonly runId: string;
  readonly holder: string;
  /** Default 60. */
  readonly leaseSeconds?: number;
}

/** Takes a run to drive it (freeze, benchmark, score); null while another worker holds it or where nothing is left to do. Again to renew. */
export async function claimRun(db: Queryable, claim: RunClaim): Promise<RunState | null> {
  const { rows } = await db.query<{ state: RunState }>(
    `UPDATE tanxiao.runs SET lease_holder = $2, lease_until = clock_timestamp() + make_interval(secs => $3::float8)
     WHERE id = $1 AND state IN ('queued', 'benchmarking', 'scoring')
       AND (lease_holder IS NULL OR lease_holder = $2 OR lease_until < clock_timestamp())
     RETURNING state`,
    [claim.runId, claim.holder, claim.leaseSeconds ?? 60],
  );
  return rows[0]?.state ?? null;
}

/** Gives a run back at once. */
export async function releaseRun(
  db: Queryable,
  claim: { readonly runId: string; readonly holder: string },
): Promise<void> {
  await db.query(
    `UPDATE tanxiao.runs SET lease_holder = NULL, lease_until = NULL WHERE id = $1 AND lease_holder = $2`,
    [claim.runId, claim.holder],
  );
}

export interface FrozenPopulation {
  readonly subjects: number;
  readonly chunks: number;
}

/**
 * Freezes the population: of each subject with submissions under the run's rulebook and period, the latest revision.
 * Ordinals 1…n, cut into chunks of `chunkSize` (default 10,000). Done once: later calls return what is frozen. Later
 * revisions do not enter. With `yearBefore` (a period) also the latest revision of that period, which the run reads.
 */
export async function freezePopulation(
  tx: Transaction,
  runId: string,
  options: { readonly chunkSize?: number; readonly yearBefore?: string | null } = {},
): Promise<FrozenPopulation> {
  const { chunkSize = 10_000, yearBefore = null } = options;
  const { rows } = await tx.query<{ frozenAt: Date | null }>(
    `SELECT frozen_at AS "frozenAt" FROM tanxiao.runs WHERE id = $1 FOR UPDATE`,
    [runId],
  );
  if (rows[0]?.frozenAt === null) {
    await tx.query(
      `INSERT INTO tanxiao.run_subjects (run_id, ordinal, submission_id, year_before_id)
       SELECT $1, row_number() OVER (ORDER BY latest.subject_id), latest.id, before.id
       FROM tanxiao.runs run
       CROSS JOIN LATERAL (SELECT DISTINCT ON (s.subject_id) s.subject_id, s.id FROM tanxiao.submissions s
         WHERE s.rulebook_id = run.rulebook_id AND s.period = run.period ORDER BY s.subject_id, s.revision DESC) latest
       LEFT JOIN (SELECT DISTINCT ON (s.subject_id) s.subject_id, s.id FROM tanxiao.submissions s
         WHERE s.rulebook_id = (SELECT rulebook_id FROM tanxiao.runs WHERE id = $1) AND s.period = $2 ORDER BY s.subject_id, s.revision DESC) before
         ON before.subject_id = latest.subject_id
       WHERE run.id = $1`,
      [runId, yearBefore],
    );
    await tx.query(
      `INSERT INTO tanxiao.run_chunks (run_id, seq, first_ordinal, last_ordinal)
       SELECT $1, piece, piece * $2::int + 1, least((piece + 1) * $2::int, n)
       FROM (SELECT count(*)::int AS n FROM tanxiao.run_subjects WHERE run_id = $1) population,
         generate_series(0, (n + $2::int - 1) / $2::int - 1) AS piece`,
      [runId, chunkSize],
    );
    await tx.query(
      `UPDATE tanxiao.runs SET frozen_at = clock_timestamp(),
         subjects = (SELECT count(*) FROM tanxiao.run_subjects WHERE run_id = $1) WHERE id = $1`,
      [runId],
    );
  }
  const frozen = await tx.query<FrozenPopulation>(
    `SELECT subjects, (SELECT count(*)::int FROM tanxiao.run_chunks WHERE run_id = $1) AS chunks FROM tanxiao.runs WHERE id = $1`,
    [runId],
  );
  return frozen.rows[0] ?? { subjects: 0, chunks: 0 };
}

export interface PopulationMember extends SubmissionForRating {
  readonly ordinal: number;
  /** The submission of a year before that was frozen with it; null: none. */
  readonly yearBeforeId: string | null;
}

/** Members first…last (1-based, inclusive), by ordinal. */
export async function loadPopulation(
  db: Queryable,
  range: {
    readonly runId: string;
    readonly firstOrdinal: number;
    readonly lastOrdinal: number;
  },
): Promise<PopulationMember[]> {
  const { rows } = await db.query<PopulationMember>(
    `SELECT m.ordinal, m.year_before_id AS "yearBeforeId", ${SUBMISSION_FOR_RATING} FROM tanxiao.run_subjects m
     CROSS JOIN LATERAL (SELECT * FROM tanxiao.submissions WHERE id = m.submission_id OFFSET 0) s
     WHERE m.run_id = $1 AND m.ordinal BETWEEN $2 AND $3 ORDER BY m.ordinal`,
    [range.runId, range.firstOrdinal, range.lastOrdinal],
  );
  return rows;
}

/** The whole population in batches by ordinal, for the benchmarks; no connection is held between two batches. */
export async function* streamPopulation(
  db: Queryable,
  runId: string,
  batchSize = 5000,
): AsyncGenerator<readonly PopulationMember[]> {
  for (let first = 1; ; first += batchSize) {
    const batch = await loadPopulation(db, {
      runId,
      firstOrdinal: first,
      lastOrdinal: first + batchSize - 1,
    });
    if (batch.length === 0) return;
    yield batch;
  }
}

export interface RunChunk {
  readonly runId: string;
  /** 0, 1, 2… */
  readonly seq: number;
  /** 1-based, inclusive. */
  readonly firstOrdinal: number;
  readonly lastOrdinal: number;
}

/** Takes the next chunk that is neither done nor in another worker's lease; null where there is none. Any number of workers may ask. */
export async function claimRunChunk(db: Queryable, claim: RunClaim): Promise<RunChunk | null> {
  const { rows } = await db.query<RunChunk>(
    `WITH next AS (
       SELECT seq FROM tanxiao.run_chunks
       WHERE run_id = $1 AND done_at IS NULL
         AND (lease_holder IS NULL OR lease_until < clock_timestamp())
       ORDER BY seq LIMIT 1 FOR UPDATE SKIP LOCKED
     )
     UPDATE tanxiao.run_chunks c SET lease_holder = $2, lease_until = clock_timestamp() + make_interval(secs => $3::float8)
     FROM next WHERE c.run_id = $1 AND c.seq = next.seq
     RETURNING c.run_id AS "runId", c.seq, c.first_ordinal AS "firstOrdinal", c.last_ordinal AS "lastOrdinal"`,
    [claim.runId, claim.holder, claim.leaseSeconds ?? 300],
  );
  return rows[0] ?? null;
}

export interface ChunkCompletion {
  readonly runId: string;
  readonly seq: number;
  readonly rated: number;
  readonly notRated: number;
  readonly failed: number;
}

/** Marks a chunk done in the transaction that keeps its ratings; false where it was done already (its ratings then conflict harmlessly). */
export async function completeRunChunk(tx: Transaction, done: ChunkCompletion): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE tanxiao.run_chunks SET done_at = clock_timestamp(), rated = $3, not_rated = $4, failed = $5
     WHERE run_id = $1 AND seq = $2 AND done_at IS NULL`,
    [done.runId, done.seq, done.rated, done.notRated, done.failed],
  );
  return rowCount === 1;
}

/** Chunks not yet done. 0 means that `finishScoring` will succeed. */
export async function pendingRunChunks(db: Queryable, runId: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM tanxiao.run_chunks WHERE run_id = $1 AND done_at IS NULL`,
    [runId],
  );
  return rows[0]!.n;
}
