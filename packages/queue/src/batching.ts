/**
 * Turns what the relay claimed into jobs. Submissions to rate are put together, up to 500 a job: one small job
 * when it is quiet, full ones in a burst. An import and a run are a job each.
 */
import { newId } from '@tanxiao/contracts';

import { type JobKind, MAX_SUBMISSIONS_PER_JOB, type NewJob } from './jobs';

/** Outbox rows as the relay claimed them: one row, or several that the claim put together already. */
export interface OutboxEntry {
  readonly topic: Exclude<JobKind, 'chunk' | 'schedule'>;
  readonly outboxIds: readonly number[];
  /** Submissions the rows stand for; 0 for import and run. */
  readonly submissions: number;
}

/**
 * Each job gets a new id: rows claimed again after their lease must not be swallowed by BullMQ because an
 * earlier job with the same id is still kept as completed or failed.
 */
export function packJobs(entries: readonly OutboxEntry[]): NewJob[] {
  const jobs: NewJob[] = [];
  let outboxIds: number[] = [];
  let submissions = 0;
  const closeGroup = (): void => {
    if (outboxIds.length > 0)
      jobs.push({ kind: 'rate', id: `rate-${newId()}`, payload: { outboxIds } });
    outboxIds = [];
    submissions = 0;
  };
  for (const entry of entries) {
    if (entry.topic === 'rate') {
      const rows = outboxIds.length + entry.outboxIds.length;
      if (Math.max(rows, submissions + entry.submissions) > MAX_SUBMISSIONS_PER_JOB) closeGroup();
      outboxIds = [...outboxIds, ...entry.outboxIds];
      submissions += entry.submissions;
    } else {
      const kind = entry.topic;
      for (const outboxId of entry.outboxIds)
        jobs.push({ kind, id: `${kind}-${newId()}`, payload: { outboxId } });
    }
  }
  closeGroup();
  return jobs;
}
