/**
 * Ratings of one run, published or not, so that a scored run can be looked at before it is published.
 * Uses the key (run_id, subject_id, period): a page costs the same wherever it lies.
 */
import {
  Parameters,
  type PopulationFilter,
  type Queryable,
  RATING_COLUMNS,
  RATING_JOINS,
  type RatingRow,
} from '@tanxiao/store';

export interface RunRatingsRequest {
  readonly runId: string;
  readonly filter: PopulationFilter;
  /** Only subjects after this one: the last of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

export async function listRunRatings(
  db: Queryable,
  { runId, filter, after, limit }: RunRatingsRequest,
): Promise<RatingRow[]> {
  const parameters = new Parameters();
  const wanted: string[] = [`r.run_id = ${parameters.add(runId)}::uuid`];
  const equal = (column: string, value: string | number | undefined): void => {
    if (value !== undefined) wanted.push(`r.${column} = ${parameters.add(value)}`);
  };
  const prefix = (column: string, value: string | undefined): void => {
    if (value !== undefined) wanted.push(`starts_with(r.${column}, ${parameters.add(value)})`);
  };
  equal('rulebook_id', filter.rulebookId);
  equal('period', filter.period);
  equal('outcome', filter.outcome);
  equal('grade', filter.grade);
  prefix('industry_code', filter.industryPrefix);
  prefix('region_code', filter.regionPrefix);
  if (filter.subject)
    wanted.push(
      `r.subject_id = (SELECT x.id FROM tanxiao.subjects x WHERE x.scheme = ${parameters.add(filter.subject.scheme)} AND x.code = ${parameters.add(filter.subject.code)})`,
    );
  if (filter.state !== undefined)
    wanted.push(
      `${filter.state === 'final' ? '' : 'NOT '}EXISTS (SELECT FROM tanxiao.publications p WHERE p.run_id = r.run_id)`,
    );
  if (after !== undefined) wanted.push(`r.subject_id > ${parameters.add(after)}::uuid`);
  const { rows } = await db.query<RatingRow>(
    `SELECT ${RATING_COLUMNS} FROM tanxiao.ratings_of_runs r ${RATING_JOINS}
     WHERE ${wanted.join(' AND ')} ORDER BY r.subject_id LIMIT ${parameters.add(limit)}`,
    parameters.values,
  );
  return rows;
}
