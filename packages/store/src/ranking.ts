/** Ranking of a period's population by the rulebook's ranking value, with ties stated. */
import type { Queryable } from './connection';
import { ARRIVAL, Parameters, type PopulationFilter, selectCurrent } from './rating-filter';
import { RATING_COLUMNS, RATING_JOINS, type RatingRow } from './rating-reads';

export interface RankedRating {
  /** Competition rank within the filtered population: 1, 2, 2, 4. */
  readonly rank: number;
  /** How many hold this rank, this one included. */
  readonly tied: number;
  /** Ranked ratings in the filtered population. */
  readonly population: number;
  readonly rating: RatingRow;
}

/** Place in the ranking. `rankValue` is exact: keep it as its shortest decimal. */
export interface RankKey {
  readonly rankValue: number;
  readonly subjectId: string;
}

export interface RankingPage {
  readonly ratings: readonly RankedRating[];
  readonly next: RankKey | null;
}

/**
 * Current ratings that have a ranking value, best first; those of equal value by subject id. Filter by industry and
 * region to rank within them; `state: 'final'` leaves out subjects that came after the run.
 */
export async function listRanking(
  db: Queryable,
  request: {
    readonly filter: PopulationFilter;
    /** Which values are best. Default `ascending`: the lowest. */
    readonly order?: 'ascending' | 'descending' | undefined;
    readonly after?: RankKey | undefined;
    /** Default 100. */
    readonly limit?: number | undefined;
  },
): Promise<RankingPage> {
  const limit = request.limit ?? 100;
  const descending = request.order === 'descending';
  const parameters = new Parameters();
  const current = selectCurrent(
    'r.id, r.run_id, r.subject_id, r.rank_value',
    request.filter,
    parameters,
  );
  const period = parameters.add(request.filter.period);
  const [direction, beyond] = descending ? ['DESC', '<'] : ['ASC', '>'];
  const { after } = request;
  let place = '';
  if (after) {
    const value = parameters.add(after.rankValue);
    const subject = parameters.add(after.subjectId);
    place = `WHERE rank_value ${beyond} ${value}::float8 OR (rank_value = ${value}::float8 AND subject_id > ${subject}::uuid)`;
  }
  const { rows } = await db.query<
    RatingRow & { rank: number; tied: number; population: number; rankValue: number }
  >(
    `WITH current AS (${current}),
     ranked AS (
       SELECT id, run_id, subject_id, rank_value, rank() OVER (ORDER BY rank_value ${direction})::int AS rank,
         count(*) OVER (PARTITION BY rank_value)::int AS tied, count(*) OVER ()::int AS population
       FROM current WHERE rank_value IS NOT NULL
     ), page AS (
       SELECT * FROM ranked ${place} ORDER BY rank_value ${direction}, subject_id LIMIT ${parameters.add(limit + 1)}
     )
     SELECT ${RATING_COLUMNS}, page.rank, page.tied, page.population
     FROM page CROSS JOIN LATERAL (
       SELECT ${ARRIVAL} FROM tanxiao.arrival_ratings a WHERE page.run_id IS NULL AND a.id = page.id AND a.period = ${period}
       UNION ALL SELECT x.* FROM tanxiao.ratings_of_runs x
         WHERE x.period = ${period} AND x.run_id = page.run_id AND x.subject_id = page.subject_id) r ${RATING_JOINS}
     ORDER BY page.rank_value ${direction}, page.subject_id`,
    parameters.values,
  );
  const ratings = rows
    .slice(0, limit)
    .map(({ rank, tied, population, ...rating }) => ({ rank, tied, population, rating }));
  const last = rows.slice(0, limit).at(-1);
  return {
    ratings,
    next:
      rows.length > limit && last ? { rankValue: last.rankValue, subjectId: last.subjectId } : null,
  };
}
