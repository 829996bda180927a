/** Takes jobs of one queue and hands them to a handler; on closing it finishes its jobs or gives them back. */
import { type Job, UnrecoverableError, WaitingError } from 'bullmq';

import type { QueueBackend } from './backend';
import type { Activity } from './consumption';
import { asError, dropConnection, within } from './ending';
import { LOCK_MS, MAX_STALLED, STALLED_CHECK_MS } from './job-policy';
import { JOB_SCHEMAS, type JobKind, type JobPayloads, QUEUE_NAMES } from './jobs';

export interface JobContext {
  readonly jobId: string;
  /** 1 on the first try. */
  readonly attempt: number;
  /**
   * Aborted when the worker closes and its grace is over, or when the job's lock was lost and another worker
   * may have it: stop at the next safe point by `signal.throwIfAborted()`.
   */
  readonly signal: AbortSignal;
  /** A sign of life from a long job, for the consumption health. */
  readonly beat: () => void;
}

/**
 * Does one job. It may be called more than once for the same work, also at the same time: its effects must
 * have unique keys in the database. Throwing means "try again later".
 */
export type JobHandler<K extends JobKind> = (
  payload: JobPayloads[K],
  context: JobContext,
) => Promise<void>;

export interface ConsumerOptions {
  readonly concurrency: number;
  readonly onError: (error: Error) => void;
  /** Default 15 s; without renewal for so long (a dead worker) the job goes to another. */
  readonly lockMs?: number;
  /** Default 5 s between looks for jobs whose lock ran out. */
  readonly stalledCheckMs?: number;
}

export interface Consumer {
  readonly kind: JobKind;
  activity(): Activity;
  /**
   * Takes no further job and waits `graceMs` for those in hand; then aborts them, and those that stop within
   * `abortMs` go back to the queue at once. Returns how many it had to leave: they are recovered from
   * elsewhere when their lock runs out. Where the queue server is away or silent, it is given up after both.
   */
  close(limits?: { graceMs?: number; abortMs?: number }): Promise<{ abandoned: number }>;
}

const CLOSING = 'closing';
const LOCK_LOST = 'lock-lost';

export async function createConsumer<K extends JobKind>(
  backend: QueueBackend,
  kind: K,
  handler: JobHandler<K>,
  options: ConsumerOptions,
): Promise<Consumer> {
  const startedAt = Date.now();
  const seen = { active: 0, completed: 0, failed: 0, lastEndedAt: 0, lastSignAt: 0 };
  let closing: Promise<{ abandoned: number }> | null = null;

  const handle = async (job: Job, signal: AbortSignal): Promise<void> => {
    const data: unknown = job.data;
    const reading = JOB_SCHEMAS[kind].safeParse(data);
    // Trying again would not mend a payload.
    if (!reading.success) {
      const error = new UnrecoverableError(`not a ${kind} job: ${reading.error.message}`);
      options.onError(error);
      throw error;
    }
    await handler(reading.data, {
      jobId: job.id ?? '',
      attempt: job.attemptsMade + 1,
      signal,
      beat: () => (seen.lastSignAt = Date.now()),
    });
  };

  // BullMQ gives a signal only to a processor that declares three parameters.
  const processor = async (job: Job, token?: string, signal?: AbortSignal): Promise<null> => {
    const ended = (): void => {
      seen.active -= 1;
      seen.lastEndedAt = seen.lastSignAt = Date.now();
    };
    seen.active += 1;
    seen.lastSignAt = Date.now();
    try {
      await handle(job, signal ?? new AbortController().signal);
      seen.completed += 1;
      ended();
      return null;
    } catch (error) {
      if (signal?.aborted && signal.reason === CLOSING) {
        await job.moveToWait(token);
        ended();
        throw new WaitingError();
      }
      seen.failed += 1;
      ended();
      // An aborted signal throws its reason, a text; BullMQ keeps an error's message and stack.
      throw asError(error);
    }
  };

  const worker = backend.openWorker(
    QUEUE_NAMES[kind],
    processor,
    {
      concurrency: options.concurrency,
      lockDuration: options.lockMs ?? LOCK_MS,
      stalledInterval: options.stalledCheckMs ?? STALLED_CHECK_MS,
      maxStalledCount: MAX_STALLED,
    },
    {
      onError: options.onError,
      onLockLost: (jobIds) => jobIds.forEach((id) => worker.cancelJob(id, LOCK_LOST)),
      onStalled: (jobId) =>
        options.onError(new Error(`job ${jobId} was left by a dead worker and is queued again`)),
    },
  );
  await worker.waitUntilReady();
  worker.run().catch((error: unknown) => {
    options.onError(asError(error));
  });

  const close = async (graceMs: number, abortMs: number): Promise<{ abandoned: number }> => {
    const finished = worker.close();
    if (await within(graceMs, finished)) return { abandoned: 0 };
    worker.cancelAllJobs(CLOSING);
    // With nothing in hand it is the queue server that keeps it: BullMQ waits for one that is away.
    if (!(await within(abortMs, finished)) && seen.active === 0)
      dropConnection(worker, options.onError);
    return { abandoned: seen.active };
  };

  return {
    kind,
    activity: () => ({
      startedAt,
      active: seen.active,
      completed: seen.completed,
      failed: seen.failed,
      lastEndedAt: seen.lastEndedAt || null,
      lastSignAt: seen.lastSignAt || null,
    }),
    close: ({ graceMs = 10_000, abortMs = 5000 } = {}) => (closing ??= close(graceMs, abortMs)),
  };
}
