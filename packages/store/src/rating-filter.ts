/**
 * Which ratings are current, and which of them a reader asks for, as SQL.
 *
 * The current rating of a subject under a rulebook in a period is the one of the published run, where the run holds
 * one for the subject, else its provisional rating of the highest revision that has one. So a revision that arrives
 * after the run was frozen does not displace the final rating; that takes another published run.
 * Both parts are read in one statement, hence in one snapshot: the old whole or the new whole, never a mixture.
 */
import type { Outcome, RatingState, SubjectKey } from '@tanxiao/contracts';

export interface RatingFilter {
  readonly subject?: SubjectKey | undefined;
  readonly rulebookId?: string | undefined;
  readonly period?: string | undefined;
  readonly industryClassification?: string | undefined;
  /** First digits of the industry code, e.g. `17`. */
  readonly industryPrefix?: string | undefined;
  /** First digits of the region code, e.g. `3305` for a city. */
  readonly regionPrefix?: string | undefined;
  /** 1-based headline band. */
  readonly grade?: number | undefined;
  readonly level?: number | undefined;
  readonly outcome?: Outcome | undefined;
  /** Holding this not-rated reason. */
  readonly reason?: string | undefined;
  readonly state?: RatingState | undefined;
}

/** A filter on one whole: rulebook and period are known. */
export interface PopulationFilter extends RatingFilter {
  readonly rulebookId: string;
  readonly period: string;
}

/** Collects parameters; every value of a caller goes through here, never into the text. */
export class Parameters {
  readonly values: unknown[] = [];

  /** Adds a value, returns its `$n`. */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** FROM and WHERE of the two parts of the current ratings, both under the alias `r`. */
export interface CurrentParts {
  /** Of published runs; null where the filter excludes them. */
  readonly final: string | null;
  /** Provisional ones of subjects that no published run holds; null where the filter excludes them. */
  readonly provisional: string | null;
}

/** Of `arrival_ratings` under the alias `a`: the columns of the view `ratings_of_runs`, in its order. */
export const ARRIVAL = `a.id, a.submission_id, a.subject_id, NULL::uuid AS run_id, a.benchmark_run_id, a.benchmark_id, a.year_before_id,
  a.rank_value, a.created_at, a.revision, a.grade, a.level, a.outcome, a.rulebook_id, a.period, a.region_code,
  a.industry_classification, a.industry_code, a.rulebook_hash, a.factor_set_hash, a.actor, a.request_id, a.reasons, a.results, a.bands,
  NULL::int AS ordinal`;

export function currentParts(filter: RatingFilter, parameters: Parameters): CurrentParts {
  const wanted = conditions(filter, parameters);
  const one = filter.rulebookId !== undefined && filter.period !== undefined;
  // With rulebook and period known the published run is found once; else it depends on the row.
  const publishedRun = one
    ? `(SELECT p.run_id FROM tanxiao.publications p WHERE p.rulebook_id = ${parameters.add(filter.rulebookId)}
        AND p.period = ${parameters.add(filter.period)} ORDER BY p.id DESC LIMIT 1)`
    : `(SELECT p.run_id FROM tanxiao.publications p WHERE p.rulebook_id = r.rulebook_id AND p.period = r.period
        ORDER BY p.id DESC LIMIT 1)`;
  const inPublishedRun = one
    ? `r.run_id = ${publishedRun}`
    : `r.run_id IN (SELECT p.run_id FROM tanxiao.published_runs p)`;
  // DISTINCT ON reads arrival_ratings_current in its order, or sorts once: linear also where the planner has no statistics
  // yet. As NOT EXISTS it then joined every rating of the period with every other (15,737 took over a minute); as a
  // subquery per row it could not tell that a page needs the first hundred only (1.4 s instead of 10 ms a page).
  const arrivals = `(SELECT DISTINCT ON (a.rulebook_id, a.period, a.subject_id) ${ARRIVAL} FROM tanxiao.arrival_ratings a
    ORDER BY a.rulebook_id, a.period, a.subject_id, a.revision DESC, a.id DESC)`;
  // One probe of run_ratings' key a row, for the same reason.
  const notFinal = `(SELECT f.ordinal FROM tanxiao.run_ratings f WHERE f.period = r.period AND f.run_id = ${publishedRun}
    AND f.subject_id = r.subject_id) IS NULL`;
  const part = (from: string, own: string): string =>
    `FROM ${from} r WHERE ${[own, ...wanted].join(' AND ')}`;
  return {
    final: filter.state === 'provisional' ? null : part('tanxiao.ratings_of_runs', inPublishedRun),
    provisional: filter.state === 'final' ? null : part(arrivals, notFinal),
  };
}

/** `SELECT columns` over all current ratings that fit, as one query. */
export function selectCurrent(
  columns: string,
  filter: RatingFilter,
  parameters: Parameters,
): string {
  const { final, provisional } = currentParts(filter, parameters);
  return [final, provisional]
    .filter((part) => part !== null)
    .map((part) => `SELECT ${columns} ${part}`)
    .join('\nUNION ALL\n');
}

function conditions(filter: RatingFilter, parameters: Parameters): string[] {
  const found: string[] = [];
  const equal = (column: string, value: string | number | undefined): void => {
    if (value !== undefined) found.push(`r.${column} = ${parameters.add(value)}`);
  };
  // starts_with knows no wildcards, and uses an index on COLLATE "C" columns (PostgreSQL 15).
  const prefix = (column: string, value: string | undefined): void => {
    if (value) found.push(`starts_with(r.${column}, ${parameters.add(value)})`);
  };
  equal('rulebook_id', filter.rulebookId);
  equal('period', filter.period);
  equal('industry_classification', filter.industryClassification);
  equal('grade', filter.grade);
  equal('level', filter.level);
  equal('outcome', filter.outcome);
  prefix('industry_code', filter.industryPrefix);
  prefix('region_code', filter.regionPrefix);
  if (filter.reason !== undefined)
    found.push(`r.reasons @> ARRAY[${parameters.add(filter.reason)}::text]`);
  if (filter.subject)
    found.push(
      `r.subject_id = (SELECT s.id FROM tanxiao.subjects s WHERE s.scheme = ${parameters.add(filter.subject.scheme)} AND s.code = ${parameters.add(filter.subject.code)})`,
    );
  return found;
}
