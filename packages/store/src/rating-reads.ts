/** Reading ratings: one, a page of the current ones, a submission's, and a stream of all for an export. */
import type { Outcome, RatingState, SubjectKey } from '@tanxiao/contracts';
import type { Pool } from 'pg';

import type { Queryable } from './connection';
import { cursorBatches } from './cursor';
import {
  ARRIVAL,
  currentParts,
  Parameters,
  type RatingFilter,
  selectCurrent,
} from './rating-filter';

export interface RatingRow {
  readonly id: string;
  /** `final` where the run it belongs to was published. */
  readonly state: RatingState;
  readonly outcome: Outcome;
  /** Codes; empty when rated. */
  readonly reasons: readonly string[];
  readonly subjectId: string;
  readonly subject: SubjectKey;
  readonly name: string | null;
  readonly regionCode: string;
  readonly industryClassification: string;
  readonly industryCode: string;
  readonly rulebookId: string;
  readonly rulebookVersion: string;
  readonly rulebookHash: string;
  readonly factorSetId: string;
  readonly factorSetVersion: string;
  readonly factorSetHash: string;
  readonly period: string;
  readonly submissionId: string;
  readonly revision: number;
  readonly runId: string | null;
  /** Place in its run's population, from 1; null: provisional. */
  readonly ordinal: number | null;
  /** By position of the rulebook's results; null is unknown. */
  readonly results: readonly (number | null)[];
  /** By position of the rulebook's gradings, 0-based band index. */
  readonly bands: readonly (number | null)[];
  /** Headline grade and level, 1-based. */
  readonly grade: number | null;
  readonly level: number | null;
  readonly rankValue: number | null;
  /** The run whose benchmarks it was compared with; null: none. */
  readonly benchmarkRunId: string | null;
  /** The submission of the same period a year before that was read; null: none. */
  readonly yearBeforeId: string | null;
  /** Of the rulebook's first statistic. */
  readonly benchmark: RatingBenchmark | null;
  readonly actor: string;
  readonly requestId: string;
  readonly createdAt: Date;
}

export interface RatingBenchmark {
  readonly id: string;
  readonly runId: string;
  readonly level: string;
  readonly groupKey: string;
  readonly size: number;
  /** Exact totals, `123.45` or `n/d`. */
  readonly numerator: string;
  readonly denominator: string;
  readonly value: number | null;
}

/** Columns for rows of the view `tanxiao.ratings` (or of its two parts) under the alias `r`, with {@link RATING_JOINS}. */
export const RATING_COLUMNS = `r.id,
  CASE WHEN r.run_id IS NOT NULL AND EXISTS (SELECT FROM tanxiao.publications p WHERE p.run_id = r.run_id)
    THEN 'final' ELSE 'provisional' END AS state,
  r.outcome, coalesce(r.reasons, '{}') AS reasons, r.subject_id AS "subjectId",
  json_build_object('scheme', subject.scheme, 'code', subject.code) AS subject, s.name, r.region_code AS "regionCode",
  r.industry_classification AS "industryClassification", r.industry_code AS "industryCode", r.rulebook_id AS "rulebookId",
  rulebook.version AS "rulebookVersion", r.rulebook_hash AS "rulebookHash", factors.id AS "factorSetId",
  factors.version AS "factorSetVersion", r.factor_set_hash AS "factorSetHash", r.period, r.submission_id AS "submissionId",
  r.revision, r.run_id AS "runId", r.ordinal, r.results, r.bands, r.grade, r.level, r.rank_value AS "rankValue",
  coalesce(r.benchmark_run_id, b.run_id) AS "benchmarkRunId", r.year_before_id AS "yearBeforeId",
  CASE WHEN b.id IS NOT NULL THEN json_build_object('id', b.id, 'runId', b.run_id, 'level', b.level, 'groupKey', b.group_key,
    'size', b.size, 'numerator', b.numerator, 'denominator', b.denominator, 'value', b.value) END AS benchmark,
  r.actor, r.request_id AS "requestId", r.created_at AS "createdAt"`;
/**
 * OFFSET 0 forces one index probe per rating and table. The planner cannot know how many ratings are current; guessing
 * one, it read all 100,000 subjects anew for each of 100,000 ratings.
 */
export const RATING_JOINS = `
CROSS JOIN LATERAL (SELECT scheme, code FROM tanxiao.subjects WHERE id = r.subject_id OFFSET 0) subject
CROSS JOIN LATERAL (SELECT name FROM tanxiao.submissions WHERE id = r.submission_id OFFSET 0) s
CROSS JOIN LATERAL (SELECT version FROM tanxiao.rulebook_documents WHERE hash = r.rulebook_hash OFFSET 0) rulebook
CROSS JOIN LATERAL (SELECT id, version FROM tanxiao.factor_set_documents WHERE hash = r.factor_set_hash OFFSET 0) factors
LEFT JOIN LATERAL (SELECT * FROM tanxiao.benchmarks WHERE id = r.benchmark_id OFFSET 0) b ON true`;

/** One rating with its benchmark, or null. Its submission: `getSubmission(submissionId)`. */
export async function getRating(db: Queryable, id: string): Promise<RatingRow | null> {
  const { rows } = await db.query<RatingRow>(
    `WITH run_part AS (
       SELECT run.id AS run_id, run.period, tanxiao.uuid_at(p.submission_ids, wanted.ordinal - c.first_ordinal) AS submission_id
       FROM (SELECT ('x' || right($1::uuid::text, 8))::bit(32)::int AS ordinal) wanted
       JOIN tanxiao.runs run ON run.id BETWEEN (left($1::uuid::text, 28) || '00000000')::uuid AND (left($1::uuid::text, 28) || 'ffffffff')::uuid
       JOIN tanxiao.run_chunks c ON c.run_id = run.id AND wanted.ordinal BETWEEN c.first_ordinal AND c.last_ordinal
       JOIN tanxiao.run_populations p ON p.run_id = c.run_id AND p.seq = c.seq
     ), place AS (
       SELECT run_part.run_id, run_part.period, s.subject_id FROM run_part
       JOIN tanxiao.submissions s ON s.id = run_part.submission_id AND s.period = run_part.period
       UNION ALL SELECT run_id, period, subject_id FROM tanxiao.earlier_rating_ids WHERE id = $1
     ), found AS (
       SELECT ${ARRIVAL} FROM tanxiao.arrival_ratings a WHERE a.id = $1
       UNION ALL SELECT f.* FROM place CROSS JOIN LATERAL (SELECT x.* FROM tanxiao.ratings_of_runs x
         WHERE x.period = place.period AND x.run_id = place.run_id AND x.subject_id = place.subject_id) f
     )
     SELECT ${RATING_COLUMNS} FROM found r ${RATING_JOINS} LIMIT 1`,
    [id],
  );
  return rows[0] ?? null;
}

/** All ratings of one submission, oldest first: the provisional one and those of runs. */
export async function listRatingsOfSubmission(
  db: Queryable,
  submissionId: string,
): Promise<RatingRow[]> {
  const { rows } = await db.query<RatingRow>(
    `WITH submission AS (SELECT id, subject_id, rulebook_id, period FROM tanxiao.submissions WHERE id = $1), found AS (
       SELECT ${ARRIVAL} FROM tanxiao.arrival_ratings a WHERE a.submission_id = $1
       UNION ALL SELECT f.* FROM submission s JOIN tanxiao.runs run ON run.rulebook_id = s.rulebook_id AND run.period = s.period
       CROSS JOIN LATERAL (SELECT x.* FROM tanxiao.ratings_of_runs x
         WHERE x.period = s.period AND x.run_id = run.id AND x.subject_id = s.subject_id) f WHERE f.submission_id = s.id
     )
     SELECT ${RATING_COLUMNS} FROM found r ${RATING_JOINS} ORDER BY r.created_at, r.id`,
    [submissionId],
  );
  return rows;
}

/** Place of a rating in {@link listCurrentRatings}: all final ones first, then the provisional. */
export interface RatingKey {
  readonly part: 0 | 1;
  readonly rulebookId: string;
  readonly period: string;
  readonly subjectId: string;
}

export interface RatingPage {
  readonly ratings: readonly RatingRow[];
  /** Where the next page begins; null: this was the last. */
  readonly next: RatingKey | null;
}

/**
 * Current ratings (see `rating-filter`), by part, rulebook, period and subject. With rulebook and period in the filter
 * a page costs the same wherever it lies; the provisional part is only touched once the final part is exhausted.
 */
export async function listCurrentRatings(
  db: Queryable,
  request: {
    readonly filter: RatingFilter;
    readonly after?: RatingKey | undefined;
    /** Default 100. */
    readonly limit?: number | undefined;
  },
): Promise<RatingPage> {
  const { filter, after } = request;
  const limit = request.limit ?? 100;
  const parameters = new Parameters();
  const parts = currentParts(filter, parameters);
  const wanted = parameters.add(limit + 1);
  const one = filter.rulebookId !== undefined && filter.period !== undefined;
  const beyond = (part: 0 | 1): string => {
    if (!after || after.part < part) return '';
    if (after.part > part) return ' AND false';
    const subject = parameters.add(after.subjectId);
    return one
      ? ` AND r.subject_id > ${subject}`
      : ` AND (r.rulebook_id, r.period, r.subject_id) > (${parameters.add(after.rulebookId)}, ${parameters.add(after.period)}, ${subject})`;
  };
  const order = one ? 'r.subject_id' : 'r.rulebook_id, r.period, r.subject_id';
  const select = (part: 0 | 1, from: string | null): string =>
    from === null
      ? `SELECT r.*, ${part} AS part FROM tanxiao.ratings r WHERE false`
      : `SELECT r.*, ${part} AS part ${from}${beyond(part)}`;
  const { rows } = await db.query<RatingRow>(
    `WITH final AS MATERIALIZED (${select(0, parts.final)} ORDER BY ${order} LIMIT ${wanted}),
     provisional AS MATERIALIZED (${select(1, parts.provisional)}
       AND (SELECT count(*) FROM final) < ${wanted} ORDER BY ${order} LIMIT ${wanted})
     SELECT ${RATING_COLUMNS} FROM (SELECT * FROM final UNION ALL SELECT * FROM provisional) r ${RATING_JOINS}
     ORDER BY r.part, r.rulebook_id, r.period, r.subject_id LIMIT ${wanted}`,
    parameters.values,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next: RatingKey | null =
    rows.length > limit && last
      ? {
          part: last.state === 'final' ? 0 : 1,
          rulebookId: last.rulebookId,
          period: last.period,
          subjectId: last.subjectId,
        }
      : null;
  return { ratings: page, next };
}

/**
 * All current ratings that fit, by subject code, in batches: one snapshot however long the reading takes, one batch in
 * memory. Holds one connection until it ends; stop early by `break`, which frees it.
 */
export async function* streamCurrentRatings(
  pool: Pool,
  filter: RatingFilter,
  batchSize = 1000,
): AsyncGenerator<readonly RatingRow[]> {
  const parameters = new Parameters();
  const text = `DECLARE export NO SCROLL CURSOR FOR
    SELECT ${RATING_COLUMNS} FROM (${selectCurrent('r.*', filter, parameters)}) r ${RATING_JOINS}
    ORDER BY subject.code, subject.scheme, r.period, r.rulebook_id`;
  yield* cursorBatches<RatingRow>(pool, text, parameters.values, batchSize);
}
