/**
 * Who moved between two runs of one rulebook: against the published run of the period before, or between two runs of one
 * period (a re-scoring and what it replaces).
 */
import type { Standing, SubjectKey } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import type { Transaction } from './transaction';

export interface MoveCount {
  readonly previously: Standing;
  /** 1-based headline band. */
  readonly previousGrade: number | null;
  readonly now: Standing;
  readonly grade: number | null;
  readonly subjects: number;
}

export interface ComparedRuns {
  readonly runId: string;
  readonly previousRunId: string;
}

/** The published run of the latest earlier period of the same kind (quarter, half-year, year); null: there is none. */
export async function runToCompareWith(db: Queryable, runId: string): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT p.run_id AS id FROM tanxiao.runs run JOIN tanxiao.publications p ON p.rulebook_id = run.rulebook_id
       AND p.period < run.period AND length(p.period) = length(run.period) AND substr(p.period, 5, 1) = substr(run.period, 5, 1)
     WHERE run.id = $1 ORDER BY p.period DESC, p.id DESC LIMIT 1`,
    [runId],
  );
  return rows[0]?.id ?? null;
}

const JOINED = `(SELECT subject_id, grade, reasons, region_code, industry_code, true AS there FROM tanxiao.run_ratings
    WHERE run_id = $1 AND period = (SELECT period FROM tanxiao.runs WHERE id = $1)) now
  FULL JOIN (SELECT subject_id, grade, reasons, region_code, industry_code, true AS there FROM tanxiao.run_ratings
    WHERE run_id = $2 AND period = (SELECT period FROM tanxiao.runs WHERE id = $2)) before USING (subject_id)`;
const standing = (of: string): string =>
  `CASE WHEN ${of}.there IS NULL THEN 'absent' WHEN ${of}.reasons IS NULL THEN 'rated' ELSE 'not-rated' END`;

/** Keeps a run's migration matrix, once. */
export async function keepMoves(tx: Transaction, runs: ComparedRuns): Promise<void> {
  await tx.query(
    `INSERT INTO tanxiao.run_moves (run_id, previous_run_id, previously, previous_grade, now, grade, subjects)
     SELECT $1, $2, ${standing('before')}, before.grade, ${standing('now')}, now.grade, count(*)::int
     FROM ${JOINED} GROUP BY 3, 4, 5, 6 ON CONFLICT DO NOTHING`,
    [runs.runId, runs.previousRunId],
  );
}

/** The kept matrix; empty where the run was compared with none. */
export async function listMoves(db: Queryable, runId: string): Promise<MoveCount[]> {
  const { rows } = await db.query<MoveCount>(
    `SELECT previously, previous_grade AS "previousGrade", now, grade, subjects FROM tanxiao.run_moves
     WHERE run_id = $1 ORDER BY previously, previous_grade, now, grade`,
    [runId],
  );
  return rows;
}

export interface Mover extends Omit<MoveCount, 'subjects'> {
  readonly subjectId: string;
  readonly subject: SubjectKey;
  readonly regionCode: string;
  readonly industryCode: string;
}

/** Subjects that stand or are graded otherwise than in another run, by subject id. */
export async function listMovers(
  db: Queryable,
  request: ComparedRuns & {
    /** Only subjects after this one: the last of the page before. */
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<Mover[]> {
  const { rows } = await db.query<Mover>(
    `SELECT moved.*, json_build_object('scheme', subject.scheme, 'code', subject.code) AS subject
     FROM (SELECT subject_id AS "subjectId", ${standing('before')} AS previously, before.grade AS "previousGrade",
         ${standing('now')} AS now, now.grade, coalesce(now.region_code, before.region_code) AS "regionCode",
         coalesce(now.industry_code, before.industry_code) AS "industryCode"
       FROM ${JOINED}
       WHERE ($3::uuid IS NULL OR subject_id > $3)
         AND (${standing('before')} <> ${standing('now')} OR before.grade IS DISTINCT FROM now.grade)
       ORDER BY subject_id LIMIT $4) moved
     CROSS JOIN LATERAL (SELECT scheme, code FROM tanxiao.subjects WHERE id = moved."subjectId" OFFSET 0) subject
     ORDER BY moved."subjectId"`,
    [request.runId, request.previousRunId, request.after ?? null, request.limit],
  );
  return rows;
}
