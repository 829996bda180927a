/** Rates the submissions of one rulebook and period under the version in force, against the latest published benchmarks. */
import { parsePeriod } from '@tanxiao/contracts';
import type { Plan } from '@tanxiao/rulebook';
import type { Standards } from '@tanxiao/standards';
import type { Queryable, RatingBatch, SubmissionForRating } from '@tanxiao/store';
import type { Pool } from 'pg';

import { evaluate, type Evaluated } from './evaluate';
import { inputOrder } from './input-order';
import type { BenchmarkSource } from './published-benchmarks';
import { withLatestBefore } from './year-before';

export interface Group {
  /** Null: no version of the rulebook is in force in the period (the form lets none through). */
  readonly plan: Plan | null;
  /** The run whose benchmarks were used; null: none. */
  readonly benchmarkRunId: string | null;
  readonly evaluated: Evaluated;
}

export interface RatedBy {
  readonly pool: Pool;
  /** Where the submissions can be read: the pool, or the transaction that keeps them. */
  readonly db: Queryable;
  readonly standards: Standards;
  readonly benchmarks: BenchmarkSource;
}

/** Groups in the order of their first submission. */
export async function evaluateGroups(
  submissions: readonly SubmissionForRating[],
  by: RatedBy,
): Promise<readonly Group[]> {
  const groups: Group[] = [];
  for (const group of byRulebookAndPeriod(submissions)) groups.push(await evaluateGroup(group, by));
  return groups;
}

function byRulebookAndPeriod(
  submissions: readonly SubmissionForRating[],
): readonly (readonly [SubmissionForRating, ...SubmissionForRating[]])[] {
  const groups = new Map<string, [SubmissionForRating, ...SubmissionForRating[]]>();
  for (const submission of submissions) {
    const key = `${submission.rulebookId} ${submission.period}`;
    const group = groups.get(key);
    if (group) group.push(submission);
    else groups.set(key, [submission]);
  }
  return [...groups.values()];
}

async function evaluateGroup(
  group: readonly [SubmissionForRating, ...SubmissionForRating[]],
  { pool, db, standards, benchmarks }: RatedBy,
): Promise<Group> {
  const { rulebookId, period } = group[0];
  const read = parsePeriod(period);
  const plan = read && standards.plan(rulebookId, read);
  if (!plan) {
    const error = new Error(`no version of rulebook ${rulebookId} is in force in period ${period}`);
    const failures = group.map(({ id }) => ({ submissionId: id, error }));
    return { plan: null, benchmarkRunId: null, evaluated: { ratings: [], failures, refereed: 0 } };
  }
  const submissions = await withLatestBefore(db, plan, group);
  const order = await inputOrder(pool, plan, submissions, db);
  const published = await benchmarks(plan);
  const evaluated = evaluate(plan, submissions, order, published);
  return { plan, benchmarkRunId: published?.runId ?? null, evaluated };
}

/** As the store keeps a group's ratings, provisional. */
export function batchOf({ plan, benchmarkRunId }: Group): Omit<RatingBatch, 'ratings'> {
  return {
    rulebookHash: plan?.rulebook.hash ?? '',
    factorSetHash: plan?.factorSet.hash ?? '',
    benchmarkRunId,
  };
}
