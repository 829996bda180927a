/**
 * How often a job is tried and how long its traces stay. What stays is bounded by age and by count: retained
 * jobs have filled other people's Redis (749 MB, 8.9 GB) because they were kept without a bound.
 */
import type { DefaultJobOptions } from 'bullmq';

/**
 * Six tries over about half a minute bridge a restart of the database. Whatever fails longer waits in the
 * outbox: its lease runs out and the relay queues it anew, for ever.
 */
const ATTEMPTS = 6;
const BACKOFF_MS = 1000;

/** Completed jobs say nothing the database doesn't; on Redis a few stay for whoever looks at the queue. */
const KEEP_COMPLETED = { age: 3600, count: 200 } as const;
/** Failed jobs carry their stack trace: a day to read it. */
const KEEP_FAILED = { age: 86_400, count: 1000 } as const;

/** BullMQ writes an event for each step of each job; nothing of ours reads them (they get lost on PostgreSQL). */
export const EVENTS_KEPT = 1000;

export const REDIS_JOB_OPTIONS: DefaultJobOptions = {
  attempts: ATTEMPTS,
  backoff: { type: 'exponential', delay: BACKOFF_MS, jitter: 0.3 },
  removeOnComplete: KEEP_COMPLETED,
  removeOnFail: KEEP_FAILED,
  stackTraceLimit: 3,
  sizeLimit: 64 * 1024,
};

/**
 * On PostgreSQL no completed job stays: BullMQ 6.7.0 deletes those beyond the bound in no fixed order, so workers
 * finishing at once deadlock, and a job whose completion was rolled back is handled again (measured with
 * 2 × 10 at a time: 9 deadlocks and 19 jobs handled twice in 3000; without retention none).
 */
export const POSTGRES_JOB_OPTIONS: DefaultJobOptions = {
  ...REDIS_JOB_OPTIONS,
  removeOnComplete: true,
};

/**
 * A worker's lock lives so long without renewal (renewed every half of it); then its jobs go to another: a killed
 * worker's work goes on after 20 s at most. A worker whose event loop stands still for so long loses its jobs, which
 * are then done twice, with one effect.
 */
export const LOCK_MS = 15_000;
export const STALLED_CHECK_MS = 5_000;
/** A job whose worker died so often fails, and comes back through the outbox' lease. */
export const MAX_STALLED = 3;
