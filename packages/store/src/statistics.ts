/**
 * The planner's statistics of the tables that grow by whole files and whole runs. Autovacuum looks once a minute;
 * until then a table that was just filled counts as empty, and reads of it were seen to take minutes.
 */
import type { Pool } from 'pg';

import type { Queryable } from './connection';
import { inTransaction } from './transaction';

/**
 * For a while; autovacuum's own look brings the usual precision. With the default of 100 a refresh read five times as many
 * rows, and those during a file of 60,000 rows together took as long as writing all its submissions.
 */
const PASSING_STATISTICS_TARGET = 20;

/**
 * Samples 6,000 rows a table, whatever their size. Only the columns that reads filter and join by: the elements of
 * `inputs` and `results` took 0.6 s of each time (15 times while a file of 60,000 rows came in), and no plan reads them.
 */
export async function refreshStatistics(pool: Pool): Promise<void> {
  const population = 'rulebook_id, period, subject_id, revision, region_code, industry_code';
  await inTransaction(pool, async (tx) => {
    await tx.query(`SET LOCAL default_statistics_target = ${PASSING_STATISTICS_TARGET}`);
    await tx.query(
      `ANALYZE tanxiao.subjects, tanxiao.submissions (id, upload_id, row_number, ${population}),
         tanxiao.arrival_ratings (submission_id, rank_value, grade, level, outcome, ${population})`,
    );
  });
}

/** Of what a run fills; once it is done, since every chunk would double the run's cost. */
export async function refreshRunStatistics(db: Queryable): Promise<void> {
  await db.query(
    `ANALYZE tanxiao.run_ratings (run_id, subject_id, rank_value, grade, level, period, region_code, industry_code), tanxiao.benchmarks`,
  );
}
