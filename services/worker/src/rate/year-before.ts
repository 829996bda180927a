/** What a rulebook takes from a year before: which submission is read for each that is rated. */
import { yearBefore } from '@tanxiao/contracts';
import { type Plan, readsYearBefore } from '@tanxiao/rulebook';
import { latestOfPeriod, type Queryable, type SubmissionForRating } from '@tanxiao/store';

/** A submission with the one of the same period a year before that is read for it; null: none. */
export interface SubmissionToRate extends SubmissionForRating {
  readonly yearBeforeId: string | null;
}

/** The period that a plan reads submissions of beside its own; null where it reads none. */
export function periodBefore(plan: Plan): string | null {
  return readsYearBefore(plan) ? (yearBefore(plan.period)?.id ?? null) : null;
}

/** On arrival: the latest revision there is. A run has frozen its own. */
export async function withLatestBefore(
  db: Queryable,
  plan: Plan,
  submissions: readonly SubmissionForRating[],
): Promise<SubmissionToRate[]> {
  const period = periodBefore(plan);
  const submissionIds = submissions.map(({ id }) => id);
  const latest =
    period === null
      ? new Map<string, string>()
      : await latestOfPeriod(db, { submissionIds, period });
  return submissions.map((one) => ({ ...one, yearBeforeId: latest.get(one.id) ?? null }));
}
