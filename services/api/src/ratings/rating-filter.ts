/** The query of a list of ratings as the store's filter. */
import { type Issue, parsePeriod, ProblemError } from '@tanxiao/contracts';
import type { Plan } from '@tanxiao/rulebook';
import type { PopulationFilter } from '@tanxiao/store';
import type { z } from 'zod';

import type { ApiContext } from '../context';
import { subjectOf } from '../http/parameters';
import { planFor } from '../rulebooks/forms';
import type { exportQuery } from './schemas';

type FilterQuery = Omit<z.output<typeof exportQuery>, 'bom'>;

/** The plan in force for a query's rulebook and period. @throws ProblemError `invalid-request` */
export function planOfQuery(
  context: ApiContext,
  query: { readonly rulebook: string; readonly period: string },
): Plan {
  const period = parsePeriod(query.period);
  if (!period)
    throw new ProblemError('invalid-request', {}, [{ code: 'bad-period', seen: query.period }]);
  return planFor(context, query.rulebook, period);
}

export function populationFilter(query: {
  readonly rulebook: string;
  readonly period: string;
  readonly industry?: string | undefined;
  readonly region?: string | undefined;
}): PopulationFilter {
  return {
    rulebookId: query.rulebook,
    period: query.period,
    industryPrefix: query.industry,
    regionPrefix: query.region === undefined ? undefined : regionPrefix(query.region),
  };
}

export function ratingFilter(plan: Plan, query: FilterQuery): PopulationFilter {
  return {
    ...populationFilter(query),
    subject: subjectOf(query) ?? undefined,
    grade: query.grade === undefined ? undefined : gradeOf(plan, query.grade),
    outcome: query.outcome,
    state: query.state,
  };
}

/** `330500` stands for all of 3305, `330000` for all of 33. */
export function regionPrefix(code: string): string {
  return code.replace(/(?:00){1,2}$/, '');
}

/** 1-based band of the headline grading. */
function gradeOf(plan: Plan, code: string): number {
  const bands = plan.gradings[plan.headline.grade]!.bands;
  const band = bands.findIndex((one) => one.code === code);
  if (band >= 0) return band + 1;
  const known = bands.map((one) => one.code).join(', ');
  const issue: Issue = {
    code: 'bad-field',
    seen: code,
    params: {
      detailZh: `查询参数 grade：可用 ${known}`,
      detailEn: `query parameter grade: one of ${known}`,
    },
  };
  throw new ProblemError('invalid-request', {}, [issue]);
}
