/**
 * The population as it stands: of each subject with submissions under a rulebook and period, the latest revision. What
 * a run would freeze now, read for a dry run, which keeps nothing.
 */
import type { SubjectKey } from '@tanxiao/contracts';
import type { Pool } from 'pg';

import { cursorBatches } from './cursor';

export interface CurrentSubmission {
  /** How many subjects there are in all: known with the first row, of the same snapshot. */
  readonly population: number;
  readonly scheme: SubjectKey['scheme'];
  readonly code: string;
  readonly name: string | null;
  readonly regionCode: string;
  readonly industryClassification: string;
  readonly industryCode: string;
  /** {@link loadLayouts} has the names of `inputs`. */
  readonly layoutId: number;
  readonly inputs: readonly (number | null)[];
}

/**
 * In batches by subject code, one snapshot through a server-side cursor, one batch in memory. Holds one connection
 * until it ends; stop early by `break`, which frees it.
 */
export async function* streamCurrentPopulation(
  pool: Pool,
  of: { readonly rulebookId: string; readonly period: string },
  batchSize = 500,
): AsyncGenerator<readonly CurrentSubmission[]> {
  // Every subject has one revision 1, so counting those counts subjects, without sorting.
  yield* cursorBatches<CurrentSubmission>(
    pool,
    `DECLARE export NO SCROLL CURSOR FOR
     SELECT (SELECT count(*) FROM tanxiao.submissions
         WHERE rulebook_id = $1 AND period = $2 AND revision = 1) AS population,
       subject.scheme, subject.code, s.name, s.region_code AS "regionCode",
       s.industry_classification AS "industryClassification", s.industry_code AS "industryCode",
       s.layout_id AS "layoutId", s.inputs
     FROM (SELECT DISTINCT ON (subject_id) * FROM tanxiao.submissions
       WHERE rulebook_id = $1 AND period = $2 ORDER BY subject_id, revision DESC) s
     CROSS JOIN LATERAL (SELECT scheme, code FROM tanxiao.subjects WHERE id = s.subject_id OFFSET 0) subject
     ORDER BY subject.code, subject.scheme`,
    [of.rulebookId, of.period],
    batchSize,
  );
}
