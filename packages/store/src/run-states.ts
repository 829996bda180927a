/**
 * A run's way through its states, each step by compare-and-set in the transaction that keeps the step's effect: a step
 * done twice moves nothing the second time, and a cancelled run is moved no further.
 */
import type { RunState } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import type { Provenance } from './provenance';
import type { Transaction } from './transaction';

/** Locks the run until the transaction ends and says its state; null: there is none. Steps of one run are thereby one after the other. */
export async function lockRun(tx: Transaction, runId: string): Promise<RunState | null> {
  const { rows } = await tx.query<{ state: RunState }>(
    'SELECT state FROM tanxiao.runs WHERE id = $1 FOR NO KEY UPDATE',
    [runId],
  );
  return rows[0]?.state ?? null;
}

export interface StageDone {
  readonly runId: string;
  /** From 0. */
  readonly stage: number;
  /** Of the rulebook; a rulebook without statistics has none, and its run passes on at once. */
  readonly stages: number;
}

/** A stage's benchmarks are kept; the last one makes the run `benchmarked`. False where that was so already. */
export async function finishStage(tx: Transaction, done: StageDone): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE tanxiao.runs SET stages_done = $2 + 1,
       state = CASE WHEN $2 + 1 >= $3 THEN 'benchmarked' ELSE state END,
       benchmarked_at = CASE WHEN $2 + 1 >= $3 THEN clock_timestamp() END
     WHERE id = $1 AND state = 'frozen' AND stages_done = $2`,
    [done.runId, done.stage, done.stages],
  );
  return rowCount === 1;
}

/** `benchmarked` → `scored`, if every chunk is scored; false otherwise. */
export async function finishScoring(tx: Transaction, runId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE tanxiao.runs SET state = 'scored', scored_at = clock_timestamp()
     WHERE id = $1 AND state = 'benchmarked'
       AND NOT EXISTS (SELECT FROM tanxiao.run_chunks WHERE run_id = $1 AND scored_at IS NULL)`,
    [runId],
  );
  return rowCount === 1;
}

/** `scored` → `ranked`. @param previousRunId the run it was compared with; null: none */
export async function finishRanking(
  tx: Transaction,
  { runId, previousRunId }: { readonly runId: string; readonly previousRunId: string | null },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE tanxiao.runs SET state = 'ranked', ranked_at = clock_timestamp(), previous_run_id = $2
     WHERE id = $1 AND state = 'scored'`,
    [runId, previousRunId],
  );
  return rowCount === 1;
}

/** A defect ended it: from any working state to `failed`. */
export async function failRun(
  db: Queryable,
  { runId, failure }: { readonly runId: string; readonly failure: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE tanxiao.runs SET state = 'failed', failure = $2, ended_at = clock_timestamp()
     WHERE id = $1 AND state IN ('draft', 'frozen', 'benchmarked', 'scored')`,
    [runId, failure.slice(0, 4000)],
  );
  return rowCount === 1;
}

/** To `cancelled` from any state before its publication; false otherwise. Workers stop at their next chunk. */
export async function cancelRun(db: Queryable, runId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE tanxiao.runs SET state = 'cancelled', ended_at = clock_timestamp()
     WHERE id = $1 AND state IN ('draft', 'frozen', 'benchmarked', 'scored', 'ranked', 'under-notice')`,
    [runId],
  );
  return rowCount === 1;
}

/** `ranked` → `under-notice`: the results are shown for objections before they count. @param until last day, ISO 8601 */
export async function putUnderNotice(
  db: Queryable,
  { runId, until }: { readonly runId: string; readonly until: string | null },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE tanxiao.runs SET state = 'under-notice', noticed_at = clock_timestamp(), notice_until = $2::date
     WHERE id = $1 AND state = 'ranked'`,
    [runId, until],
  );
  return rowCount === 1;
}

/**
 * `ranked` or `under-notice` → `published`: one insertion switches all readers from the old whole to the new whole at
 * this commit. False where the run is in another state. Publications of one rulebook and period are serialized, so the
 * last one committed is the current one.
 */
export async function publishRun(tx: Transaction, runId: string, by: Provenance): Promise<boolean> {
  await tx.query(
    `SELECT pg_advisory_xact_lock(hashtextextended(rulebook_id || E'\\n' || period, 7306)) FROM tanxiao.runs WHERE id = $1`,
    [runId],
  );
  const { rowCount } = await tx.query(
    `WITH moved AS (
       UPDATE tanxiao.runs SET state = 'published', published_at = clock_timestamp()
       WHERE id = $1 AND state IN ('ranked', 'under-notice') RETURNING id, rulebook_id, period
     )
     INSERT INTO tanxiao.publications (rulebook_id, period, run_id, actor, request_id)
     SELECT rulebook_id, period, id, $2, $3 FROM moved`,
    [runId, by.actor, by.requestId],
  );
  return rowCount === 1;
}

export interface PublicationRow {
  readonly rulebookId: string;
  readonly period: string;
  readonly runId: string;
  readonly publishedAt: Date;
  readonly actor: string;
  readonly requestId: string;
}

/** What readers see now: per rulebook and period the latest publication, latest period first. */
export async function listCurrentPublications(
  db: Queryable,
  filter: { readonly rulebookId?: string | undefined; readonly period?: string | undefined } = {},
): Promise<PublicationRow[]> {
  const { rows } = await db.query<PublicationRow>(
    `SELECT rulebook_id AS "rulebookId", period, run_id AS "runId", published_at AS "publishedAt", actor, request_id AS "requestId"
     FROM tanxiao.published_runs WHERE ($1::text IS NULL OR rulebook_id = $1) AND ($2::text IS NULL OR period = $2)
     ORDER BY period DESC, rulebook_id`,
    [filter.rulebookId ?? null, filter.period ?? null],
  );
  return rows;
}
