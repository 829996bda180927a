/** How a period's population is distributed: counts by grade, level, outcome, reason, industry division and region. */
import type { Outcome } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import { Parameters, type PopulationFilter, selectCurrent } from './rating-filter';

export interface Distribution {
  /** Current ratings that fit the filter. */
  readonly total: number;
  readonly outcomes: readonly { readonly outcome: Outcome; readonly count: number }[];
  /** 1-based headline band; null: no grade. */
  readonly grades: readonly { readonly grade: number | null; readonly count: number }[];
  readonly levels: readonly { readonly level: number | null; readonly count: number }[];
  /** A rating with several reasons counts under each. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  /** By classification, first two digits of the industry code, and grade. */
  readonly divisions: readonly {
    readonly classification: string;
    readonly division: string;
    readonly grade: number | null;
    readonly count: number;
  }[];
  /** By region code (6 digits) and grade; sum over a prefix for cities and provinces. */
  readonly regions: readonly {
    readonly regionCode: string;
    readonly grade: number | null;
    readonly count: number;
  }[];
}

interface GroupRow {
  kind: 'outcome' | 'grade' | 'level' | 'division' | 'region' | 'reason';
  text: string | null;
  more: string | null;
  number: number | null;
  count: number;
}

/** All counts in one statement: one snapshot, so that they add up. */
export async function distributionOf(
  db: Queryable,
  filter: PopulationFilter,
): Promise<Distribution> {
  const parameters = new Parameters();
  const columns =
    'r.outcome, r.grade, r.level, r.reasons, r.industry_classification, r.industry_code, r.region_code';
  const { rows } = await db.query<GroupRow>(
    `WITH current AS MATERIALIZED (${selectCurrent(columns, filter, parameters)}),
     grouped AS (
       SELECT outcome, grade, level, industry_classification, left(industry_code, 2) AS division, region_code,
         grouping(outcome, grade, level, industry_classification, left(industry_code, 2), region_code) AS absent, count(*)::int AS count
       FROM current
       GROUP BY GROUPING SETS ((outcome), (grade), (level), (industry_classification, left(industry_code, 2), grade), (region_code, grade))
     )
     SELECT CASE absent WHEN 31 THEN 'outcome' WHEN 47 THEN 'grade' WHEN 55 THEN 'level' WHEN 41 THEN 'division' ELSE 'region' END AS kind,
       CASE absent WHEN 31 THEN outcome WHEN 41 THEN industry_classification WHEN 46 THEN region_code END AS text,
       CASE absent WHEN 41 THEN division END AS more, CASE absent WHEN 55 THEN level ELSE grade END AS number, count
     FROM grouped
     UNION ALL
     SELECT 'reason', reason, NULL, NULL, count(*)::int FROM current, unnest(current.reasons) AS reason GROUP BY reason
     ORDER BY 1, 2, 3, 4`,
    parameters.values,
  );
  const of = (kind: GroupRow['kind']): GroupRow[] => rows.filter((row) => row.kind === kind);
  const outcomes = of('outcome').map(({ text, count }) => ({ outcome: text as Outcome, count }));
  return {
    total: outcomes.reduce((sum, { count }) => sum + count, 0),
    outcomes,
    grades: of('grade').map(({ number, count }) => ({ grade: number, count })),
    levels: of('level').map(({ number, count }) => ({ level: number, count })),
    reasons: of('reason').map(({ text, count }) => ({ reason: text!, count })),
    divisions: of('division').map(({ text, more, number, count }) => ({
      classification: text!,
      division: more!,
      grade: number,
      count,
    })),
    regions: of('region').map(({ text, number, count }) => ({
      regionCode: text!,
      grade: number,
      count,
    })),
  };
}
