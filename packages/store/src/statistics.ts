/**
 * The planner's statistics of the tables that grow by whole files and whole runs. Autovacuum looks once a minute;
 * until then a table that was just filled counts as empty, and reads of it were seen to take minutes.
 */
import type { Queryable } from './connection';

/**
 * Samples 30,000 rows a table, whatever their size. Only the columns that reads filter and join by: the elements of
 * `inputs` and `results` took 0.6 s of each time (15 times while a file of 60,000 rows came in), and no plan reads them.
 */
export async function refreshStatistics(db: Queryable): Promise<void> {
  const population = 'rulebook_id, period, subject_id, revision, region_code, industry_code';
  await db.query(
    `ANALYZE tanxiao.subjects, tanxiao.submissions (id, upload_id, row_number, ${population}),
       tanxiao.arrival_ratings (submission_id, rank_value, grade, level, outcome, ${population})`,
  );
}

/** Of what a run fills; once it is done, since every chunk would double the run's cost. */
export async function refreshRunStatistics(db: Queryable): Promise<void> {
  await db.query(
    `ANALYZE tanxiao.run_ratings (run_id, subject_id, rank_value, grade, level, period, region_code, industry_code), tanxiao.benchmarks`,
  );
}
