/** Reading submissions: one with its subject, a subject's revisions, and what the worker needs to rate. */
import type { SubjectKey } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import { textArray } from './sql-arrays';

export interface SubmissionRow {
  readonly id: string;
  readonly subjectId: string;
  readonly subject: SubjectKey;
  readonly rulebookId: string;
  readonly period: string;
  readonly revision: number;
  /** Names of `inputs`, in their order. */
  readonly inputNames: readonly string[];
  /** Null is unknown. Units: the rulebook's. */
  readonly inputs: readonly (number | null)[];
  readonly name: string | null;
  readonly regionCode: string;
  readonly industryClassification: string;
  readonly industryCode: string;
  readonly uploadId: string | null;
  readonly rowNumber: number | null;
  readonly actor: string;
  readonly requestId: string;
  readonly receivedAt: Date;
}

const SUBMISSION = `
SELECT s.id, s.subject_id AS "subjectId", json_build_object('scheme', subject.scheme, 'code', subject.code) AS subject,
  s.rulebook_id AS "rulebookId", s.period, s.revision, layout.names AS "inputNames", s.inputs, s.name,
  s.region_code AS "regionCode", s.industry_classification AS "industryClassification", s.industry_code AS "industryCode",
  s.upload_id AS "uploadId", s.row_number AS "rowNumber", s.actor, s.request_id AS "requestId", s.received_at AS "receivedAt"
FROM tanxiao.submissions s
JOIN tanxiao.subjects subject ON subject.id = s.subject_id
JOIN tanxiao.input_layouts layout ON layout.id = s.layout_id`;

/** One submission, or null. `id` must be a UUID (`isId`). */
export async function getSubmission(db: Queryable, id: string): Promise<SubmissionRow | null> {
  const { rows } = await db.query<SubmissionRow>(`${SUBMISSION} WHERE s.id = $1`, [id]);
  return rows[0] ?? null;
}

export interface RevisionsRequest {
  readonly subject: SubjectKey;
  readonly rulebookId: string;
  readonly period: string;
  /** Only revisions below it: the last one of the page before. */
  readonly before?: number | undefined;
  /** Default 100. */
  readonly limit?: number | undefined;
}

/** A subject's revisions, latest first. */
export async function listRevisions(
  db: Queryable,
  { subject, rulebookId, period, before, limit }: RevisionsRequest,
): Promise<SubmissionRow[]> {
  const { rows } = await db.query<SubmissionRow>(
    `${SUBMISSION}
     WHERE subject.scheme = $1 AND subject.code = $2 AND s.rulebook_id = $3 AND s.period = $4
       AND ($5::int IS NULL OR s.revision < $5)
     ORDER BY s.revision DESC LIMIT $6`,
    [subject.scheme, subject.code, rulebookId, period, before ?? null, limit ?? 100],
  );
  return rows;
}

/** What rating needs of a submission; fits the rulebook package's `SubjectData`. */
export interface SubmissionForRating {
  readonly id: string;
  readonly subjectId: string;
  readonly rulebookId: string;
  readonly period: string;
  /** {@link loadLayouts} has the names; equal for nearly all. */
  readonly layoutId: number;
  readonly inputs: readonly (number | null)[];
  readonly regionCode: string;
  readonly industryClassification: string;
  readonly industryCode: string;
}

export const SUBMISSION_FOR_RATING = `s.id, s.subject_id AS "subjectId", s.rulebook_id AS "rulebookId", s.period,
  s.layout_id AS "layoutId", s.inputs, s.region_code AS "regionCode",
  s.industry_classification AS "industryClassification", s.industry_code AS "industryCode"`;

/** Submissions to rate, ordered by id; unknown ids are missing. */
export async function loadForRating(
  db: Queryable,
  ids: readonly string[],
): Promise<SubmissionForRating[]> {
  const { rows } = await db.query<SubmissionForRating>({
    name: 'load-for-rating',
    text: `SELECT ${SUBMISSION_FOR_RATING} FROM unnest($1::uuid[]) AS wanted(id)
     CROSS JOIN LATERAL (SELECT * FROM tanxiao.submissions WHERE id = wanted.id OFFSET 0) s ORDER BY s.id`,
    values: [textArray([...new Set(ids)])],
  });
  return rows;
}

/** By submission: the latest revision of the same subject and rulebook in a period (that of a year before). One query. */
export async function latestOfPeriod(
  db: Queryable,
  of: { readonly submissionIds: readonly string[]; readonly period: string },
): Promise<Map<string, string>> {
  const { rows } = await db.query<{ submissionId: string; latestId: string }>(
    `SELECT wanted.id AS "submissionId", latest.id AS "latestId" FROM unnest($1::uuid[]) AS wanted(id)
     CROSS JOIN LATERAL (SELECT subject_id, rulebook_id FROM tanxiao.submissions WHERE id = wanted.id OFFSET 0) s
     CROSS JOIN LATERAL (SELECT b.id FROM tanxiao.submissions b WHERE b.rulebook_id = s.rulebook_id AND b.period = $2
       AND b.subject_id = s.subject_id ORDER BY b.revision DESC LIMIT 1) latest`,
    [textArray([...new Set(of.submissionIds)]), of.period],
  );
  return new Map(rows.map(({ submissionId, latestId }) => [submissionId, latestId]));
}

/** Input names by layout id, for reordering inputs where a rulebook's inputs changed since. Layouts never change: cache them. */
export async function loadLayouts(
  db: Queryable,
  layoutIds: readonly number[],
): Promise<Map<number, readonly string[]>> {
  const { rows } = await db.query<{ id: number; names: string[] }>(
    `SELECT id, names FROM tanxiao.input_layouts WHERE id = ANY ($1::int[])`,
    [layoutIds],
  );
  return new Map(rows.map(({ id, names }) => [id, names]));
}

/** The periods of a rulebook that have submissions, in the order of their ids: one index probe each. */
export async function listSubmittedPeriods(db: Queryable, rulebookId: string): Promise<string[]> {
  // DISTINCT would read the rulebook's whole index.
  const { rows } = await db.query<{ period: string }>(
    `WITH RECURSIVE found AS (
       SELECT min(period) AS period FROM tanxiao.submissions WHERE rulebook_id = $1
       UNION ALL
       SELECT (SELECT min(s.period) FROM tanxiao.submissions s
         WHERE s.rulebook_id = $1 AND s.period > found.period)
       FROM found WHERE found.period IS NOT NULL
     )
     SELECT period FROM found WHERE period IS NOT NULL ORDER BY period`,
    [rulebookId],
  );
  return rows.map(({ period }) => period);
}
