/** Runs: the re-scoring of a period's whole population. Several may exist for one rulebook and period; one is published at a time. */
import { newId, type RunState, type RunStep } from '@tanxiao/contracts';

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

/** Creates a run in state `draft` and returns its id; put its `run` outbox row in the same transaction. @throws StoreError `unknown-document`. */
export async function createRun(tx: Transaction, run: NewRun, by: Provenance): Promise<string> {
  const id = newId();
  try {
    await tx.query(
      `INSERT INTO tanxiao.runs (id, rulebook_id, rulebook_hash, factor_set_hash, period, state, actor, request_id)
       VALUES ($1, $2, $3, $4, $5, 'draft', $6, $7)`,
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
  /** Summed over scored chunks; `done` = rated + notRated + failed. `total` is 0 until the population is frozen. */
  readonly subjects: {
    readonly total: number;
    readonly done: number;
    readonly rated: number;
    readonly notRated: number;
    readonly failed: number;
  };
  /** What workers are at, in subjects of that step; null where they have nothing to do. */
  readonly progress: RunProgress | null;
  readonly failure: string | null;
  readonly previousRunId: string | null;
  /** Last day of the public notice, ISO 8601. */
  readonly noticeUntil: string | null;
  readonly actor: string;
  readonly requestId: string;
  readonly createdAt: Date;
  readonly frozenAt: Date | null;
  readonly benchmarkedAt: Date | null;
  readonly scoredAt: Date | null;
  readonly rankedAt: Date | null;
  readonly noticedAt: Date | null;
  readonly publishedAt: Date | null;
  /** When it was cancelled or failed. */
  readonly endedAt: Date | null;
  /** True for the run that readers see. A run published before another stays `published` but is not current. */
  readonly current: boolean;
}

export interface RunProgress {
  readonly step: RunStep;
  /** Subjects, of all stages of statistics together while benchmarking; 0 of 0 while it is not known yet. */
  readonly done: number;
  readonly total: number;
  /** When the step began. */
  readonly since: Date;
}

const RUN = `
SELECT run.id, run.rulebook_id AS "rulebookId", rulebook.version AS "rulebookVersion", run.rulebook_hash AS "rulebookHash",
  factors.id AS "factorSetId", factors.version AS "factorSetVersion", run.factor_set_hash AS "factorSetHash", run.period,
  run.state, json_build_object('total', run.subjects, 'done', chunk.done, 'rated', chunk.rated, 'notRated', chunk.not_rated,
    'failed', chunk.failed) AS subjects,
  run.stages, partial.done AS "partialDone",
  run.failure, run.previous_run_id AS "previousRunId", run.notice_until::text AS "noticeUntil", run.actor,
  run.request_id AS "requestId", run.created_at AS "createdAt", run.frozen_at AS "frozenAt",
  run.benchmarked_at AS "benchmarkedAt", run.scored_at AS "scoredAt", run.ranked_at AS "rankedAt", run.noticed_at AS "noticedAt",
  run.published_at AS "publishedAt", run.ended_at AS "endedAt",
  EXISTS (SELECT FROM tanxiao.published_runs p WHERE p.rulebook_id = run.rulebook_id AND p.period = run.period
    AND p.run_id = run.id) AS current
FROM tanxiao.runs run
JOIN tanxiao.rulebook_documents rulebook ON rulebook.hash = run.rulebook_hash
JOIN tanxiao.factor_set_documents factors ON factors.hash = run.factor_set_hash
CROSS JOIN LATERAL (SELECT coalesce(sum(c.last_ordinal - c.first_ordinal + 1), 0)::int AS done,
    coalesce(sum(c.rated), 0)::int AS rated, coalesce(sum(c.not_rated), 0)::int AS not_rated, coalesce(sum(c.failed), 0)::int AS failed
  FROM tanxiao.run_chunks c WHERE c.run_id = run.id AND c.scored_at IS NOT NULL) chunk
CROSS JOIN LATERAL (SELECT coalesce(sum(c.last_ordinal - c.first_ordinal + 1), 0)::int AS done
  FROM tanxiao.run_partials p JOIN tanxiao.run_chunks c ON c.run_id = p.run_id AND c.seq = p.seq
  WHERE run.state = 'frozen' AND p.run_id = run.id) partial`;

type RunRecord = Omit<RunRow, 'progress'> & {
  readonly stages: number | null;
  readonly partialDone: number;
};

function runOf({ stages, partialDone, ...run }: RunRecord): RunRow {
  const { total, done } = run.subjects;
  const at = (step: RunStep, since: Date | null, of: { done: number; total: number }): RunRow => ({
    ...run,
    progress: { step, since: since ?? run.createdAt, ...of },
  });
  switch (run.state) {
    case 'draft':
      return at('freezing', run.createdAt, { done: 0, total: 0 });
    case 'frozen':
      return at('benchmarking', run.frozenAt, { done: partialDone, total: total * (stages ?? 1) });
    case 'benchmarked':
      return at('scoring', run.benchmarkedAt, { done, total });
    case 'scored':
      return at('ranking', run.scoredAt, { done: 0, total });
    default:
      return { ...run, progress: null };
  }
}

/** A run with its counts, or null. */
export async function getRun(db: Queryable, id: string): Promise<RunRow | null> {
  const { rows } = await db.query<RunRecord>(`${RUN} WHERE run.id = $1`, [id]);
  return rows[0] ? runOf(rows[0]) : null;
}

export interface RunStateRow {
  readonly state: RunState;
  /** Of its statistics: how many have their benchmarks. */
  readonly stagesDone: number;
}

/** Only the state: what a worker asks before every chunk. */
export async function getRunState(db: Queryable, id: string): Promise<RunStateRow | null> {
  const { rows } = await db.query<RunStateRow>(
    'SELECT state, stages_done AS "stagesDone" FROM tanxiao.runs WHERE id = $1',
    [id],
  );
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
  const { rows } = await db.query<RunRecord>(
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
  return rows.map(runOf);
}
