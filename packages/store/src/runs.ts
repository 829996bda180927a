/** Runs: the re-scoring of a period's whole population. Several may exist for one rulebook and period; one is published at a time. */
import { newId, type RunState } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import { StoreError } from './errors';
import type { Provenance } from './provenance';
import { sqlState, type Transaction } from './transaction';

export interface NewRun {
  readonly rulebookId: string;
  /** Hashes of documents that are kept. */
  readonly rulebookHash: string;
  readonly factorSetHash: string;
  readonly period: string;
}

/** Creates a run in state `queued` and returns its id; put its `run` outbox row in the same transaction. @throws StoreError `unknown-document`. */
export async function createRun(tx: Transaction, run: NewRun, by: Provenance): Promise<string> {
  const id = newId();
  try {
    await tx.query(
      `INSERT INTO tanxiao.runs (id, rulebook_id, rulebook_hash, factor_set_hash, period, state, actor, request_id)
       VALUES ($1, $2, $3, $4, $5, 'queued', $6, $7)`,
      [id, run.rulebookId, run.rulebookHash, run.factorSetHash, run.period, by.actor, by.requestId],
    );
  } catch (error) {
    if (sqlState(error) === '23503') throw unknownDocument(run.rulebookHash, run.factorSetHash);
    throw error;
  }
  return id;
}

export function unknownDocument(rulebookHash: string, factorSetHash: string): StoreError {
  return new StoreError('unknown-document', {
    zh: `评价规范 ${rulebookHash} 或因子集 ${factorSetHash} 尚未保存；请先调用 keepRulebookDocuments 与 keepFactorSetDocuments`,
    en: `rulebook ${rulebookHash} or factor set ${factorSetHash} is not kept yet; call keepRulebookDocuments and keepFactorSetDocuments first`,
  });
}

export interface RunRow {
  readonly id: string;
  readonly rulebookId: string;
  readonly rulebookVersion: string;
  readonly rulebookHash: string;
  readonly factorSetId: string;
  readonly factorSetVersion: string;
  readonly factorSetHash: string;
  readonly period: string;
  readonly state: RunState;
  /** Summed over completed chunks; `done` = rated + notRated + failed. `total` is 0 until the population is frozen. */
  readonly subjects: {
    readonly total: number;
    readonly done: number;
    readonly rated: number;
    readonly notRated: number;
    readonly failed: number;
  };
  readonly failure: string | null;
  readonly actor: string;
  readonly requestId: string;
  readonly createdAt: Date;
  readonly scoredAt: Date | null;
  readonly publishedAt: Date | null;
  /** True for the run that readers see. A run published before another stays `published` but is not current. */
  readonly current: boolean;
}

const RUN = `
SELECT run.id, run.rulebook_id AS "rulebookId", rulebook.version AS "rulebookVersion", run.rulebook_hash AS "rulebookHash",
  factors.id AS "factorSetId", factors.version AS "factorSetVersion", run.factor_set_hash AS "factorSetHash", run.period,
  run.state, json_build_object('total', run.subjects, 'done', chunk.done, 'rated', chunk.rated, 'notRated', chunk.not_rated,
    'failed', chunk.failed) AS subjects,
  run.failure, run.actor, run.request_id AS "requestId", run.created_at AS "createdAt", run.scored_at AS "scoredAt",
  run.published_at AS "publishedAt",
  EXISTS (SELECT FROM tanxiao.published_runs p WHERE p.rulebook_id = run.rulebook_id AND p.period = run.period
    AND p.run_id = run.id) AS current
FROM tanxiao.runs run
JOIN tanxiao.rulebook_documents rulebook ON rulebook.hash = run.rulebook_hash
JOIN tanxiao.factor_set_documents factors ON factors.hash = run.factor_set_hash
CROSS JOIN LATERAL (SELECT coalesce(sum(c.last_ordinal - c.first_ordinal + 1), 0)::int AS done,
    coalesce(sum(c.rated), 0)::int AS rated, coalesce(sum(c.not_rated), 0)::int AS not_rated, coalesce(sum(c.failed), 0)::int AS failed
  FROM tanxiao.run_chunks c WHERE c.run_id = run.id AND c.done_at IS NOT NULL) chunk`;

/** A run with its counts, or null. */
export async function getRun(db: Queryable, id: string): Promise<RunRow | null> {
  const { rows } = await db.query<RunRow>(`${RUN} WHERE run.id = $1`, [id]);
  return rows[0] ?? null;
}

export interface RunsRequest {
  readonly rulebookId?: string | undefined;
  readonly period?: string | undefined;
  readonly state?: RunState | undefined;
  /** Only runs older than this one (its id): the last of the page before. */
  readonly before?: string | undefined;
  /** Default 50. */
  readonly limit?: number | undefined;
}

/** Runs, newest first. */
export async function listRuns(db: Queryable, request: RunsRequest): Promise<RunRow[]> {
  const { rows } = await db.query<RunRow>(
    `${RUN} WHERE ($1::text IS NULL OR run.rulebook_id = $1) AND ($2::text IS NULL OR run.period = $2)
       AND ($3::text IS NULL OR run.state = $3) AND ($4::uuid IS NULL OR run.id < $4)
     ORDER BY run.id DESC LIMIT $5`,
    [
      request.rulebookId ?? null,
      request.period ?? null,
      request.state ?? null,
      request.before ?? null,
      request.limit ?? 50,
    ],
  );
  return rows;
}

export interface RunMove {
  readonly runId: string;
  readonly from: readonly RunState[];
  /** Not `scored` or `published`: see {@link finishScoring}, {@link publishRun}. */
  readonly to: 'benchmarking' | 'scoring' | 'failed';
  /** Why it failed. */
  readonly failure?: string | undefined;
}

/** Moves a run by compare-and-set; false where it is in another state, and nothing changed. */
export async function moveRun(db: Queryable, move: RunMove): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE tanxiao.runs SET state = $3, failure = $4 WHERE id = $1 AND state = ANY ($2::text[])`,
    [move.runId, move.from, move.to, move.failure?.slice(0, 4000) ?? null],
  );
  return rowCount === 1;
}

/** `scoring` → `scored`, if every chunk is done; false otherwise. The second of two concurrent callers gets false. */
export async function finishScoring(tx: Transaction, runId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE tanxiao.runs SET state = 'scored', scored_at = clock_timestamp(), lease_holder = NULL, lease_until = NULL
     WHERE id = $1 AND state = 'scoring'
       AND NOT EXISTS (SELECT FROM tanxiao.run_chunks WHERE run_id = $1 AND done_at IS NULL)`,
    [runId],
  );
  return rowCount === 1;
}

/**
 * `scored` → `published`: one insertion switches all readers from the old whole to the new whole at this commit.
 * False where the run is not `scored` (never scored, failed, or published already). Publications of one rulebook and
 * period are serialized, so the last one committed is the current one.
 */
export async function publishRun(tx: Transaction, runId: string, by: Provenance): Promise<boolean> {
  await tx.query(
    `SELECT pg_advisory_xact_lock(hashtextextended(rulebook_id || E'\\n' || period, 7306)) FROM tanxiao.runs WHERE id = $1`,
    [runId],
  );
  const { rowCount } = await tx.query(
    `WITH moved AS (
       UPDATE tanxiao.runs SET state = 'published', published_at = clock_timestamp()
       WHERE id = $1 AND state = 'scored' RETURNING id, rulebook_id, period
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
