/**
 * The outbox relay: takes what waits in the outbox and queues it. Woken by a wake source (LISTEN/NOTIFY) and,
 * because a notification can be lost, by a poll. It knows no SQL: the claim is a function.
 *
 * Why nothing is ever lost: a row stays in the outbox until the worker has kept its effect. A claim lends it for
 * `claimSeconds`, and only once the queue has it for `leaseSeconds`; where the queue, the job or this process
 * vanishes, the loan runs out and the row is claimed again. Killed between claim and queue, it costs seconds.
 */
import { type OutboxEntry, packJobs } from './batching';
import { type NewJob, outboxIdsOf } from './jobs';

export interface RelayOptions {
  /** Marks up to `limit` waiting rows as lent for so many seconds and returns them; skips rows others are claiming. */
  readonly claim: (limit: number, seconds: number) => Promise<readonly OutboxEntry[]>;
  /** The queue has the rows of a claim of `claimSeconds`: lengthens their loan. */
  readonly confirm: (
    outboxIds: readonly number[],
    loan: { readonly claimSeconds: number; readonly leaseSeconds: number },
  ) => Promise<void>;
  /** Ends the loan of rows that the queue did not take before the relay stopped. */
  readonly release: (outboxIds: readonly number[]) => Promise<void>;
  readonly enqueue: (jobs: readonly NewJob[]) => Promise<void>;
  /** Jobs not begun yet; the relay claims nothing while there are `maxWaitingJobs`. */
  readonly backlog: () => Promise<number>;
  /** Calls `wake` whenever the outbox may have grown; returns how to stop. Without it only the poll wakes. */
  readonly listen?: (wake: () => void) => Promise<() => Promise<void>>;
  readonly onError: (error: unknown) => void;
  /** Time between polls. */
  readonly intervalMs: number;
  /** Longer than a job waits and works; long jobs renew it. */
  readonly leaseSeconds: number;
  /** Longer than the queue takes to accept the jobs of a claim. Default 10. */
  readonly claimSeconds?: number;
  /** Rows a claim, default 1000. */
  readonly claimLimit?: number;
  /**
   * Default 200 (100,000 submissions). The rest waits in the outbox, where its lease does not run: else a
   * long backlog would outlast the lease and be queued over and over.
   */
  readonly maxWaitingJobs?: number;
}

export interface RelayHealth {
  readonly running: boolean;
  /** When the outbox was last looked at and all that was claimed was queued. */
  readonly lastTickAt: Date | null;
  readonly lastError: string | null;
  /** Ticks failed since the last good one. */
  readonly failures: number;
}

export interface Relay {
  start(): void;
  /** Ends after the tick in progress; what it claimed and could not queue it gives back. */
  stop(): Promise<void>;
  health(): RelayHealth;
}

/** Ticks are at least so far apart: a burst of notifications becomes one claim, not a loop. */
const MIN_GAP_MS = 20;
/** A full queue is looked at again so soon, whatever the notifications say: 200 jobs take some seconds. */
const FULL_PAUSE_MS = 200;
const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5000;

export function createRelay(options: RelayOptions): Relay {
  const claimLimit = options.claimLimit ?? 1000;
  const claimSeconds = options.claimSeconds ?? 10;
  const maxWaitingJobs = options.maxWaitingJobs ?? 200;
  let stopping = false;
  let loop: Promise<void> | null = null;
  let woken = false;
  let interrupt: (() => void) | null = null;
  let lastTickAt: Date | null = null;
  let lastError: string | null = null;
  let failures = 0;
  /** Claimed, but the queue did not take them: tried again with the same ids, so a doubtful success is harmless. */
  let held: { readonly jobs: NewJob[]; readonly until: number } | null = null;

  const wake = (): void => {
    woken = true;
    interrupt?.();
  };

  /** Sleeps; `wakeable` sleeps end at a notification, every sleep ends at stop. */
  const sleep = async (ms: number, wakeable: boolean): Promise<void> => {
    if (stopping || (wakeable && woken)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      interrupt = () => {
        if (!wakeable && !stopping) return;
        clearTimeout(timer);
        resolve();
      };
    });
    interrupt = null;
  };

  const hand = async (jobs: NewJob[]): Promise<void> => {
    await options.enqueue(jobs);
    held = null;
    await options.confirm(
      jobs.flatMap(({ payload }) => outboxIdsOf(payload)),
      {
        claimSeconds,
        leaseSeconds: options.leaseSeconds,
      },
    );
  };

  const tick = async (): Promise<'more' | 'quiet' | 'full'> => {
    woken = false;
    if (held && held.until > Date.now()) await hand(held.jobs);
    held = null;
    const room = maxWaitingJobs - (await options.backlog());
    if (room <= 0) return 'full';
    const entries = await options.claim(claimLimit, claimSeconds);
    if (entries.length === 0) return 'quiet';
    held = { jobs: packJobs(entries), until: Date.now() + claimSeconds * 1000 };
    await hand(held.jobs);
    const rows = entries.reduce((sum, { outboxIds }) => sum + outboxIds.length, 0);
    return rows >= claimLimit ? 'more' : 'quiet';
  };

  const run = async (): Promise<void> => {
    while (!stopping) {
      let found: 'more' | 'quiet' | 'full' = 'quiet';
      try {
        found = await tick();
        failures = 0;
        lastError = null;
        lastTickAt = new Date();
      } catch (error) {
        failures += 1;
        lastError = error instanceof Error ? error.message : String(error);
        options.onError(error);
      }
      if (failures > 0) await sleep(backoff(failures), false);
      else await sleep(found === 'full' ? FULL_PAUSE_MS : MIN_GAP_MS, false);
      if (failures === 0 && found === 'quiet') await sleep(options.intervalMs, true);
    }
  };

  const runAndListen = async (): Promise<void> => {
    let unlisten: (() => Promise<void>) | null = null;
    try {
      unlisten = (await options.listen?.(wake)) ?? null;
    } catch (error) {
      // The poll goes on alone.
      options.onError(error);
    }
    try {
      await run();
      if (held) await options.release(held.jobs.flatMap(({ payload }) => outboxIdsOf(payload)));
    } finally {
      await unlisten?.();
    }
  };

  return {
    start: () => {
      loop ??= runAndListen().catch(options.onError);
    },
    stop: async () => {
      stopping = true;
      interrupt?.();
      await loop;
    },
    health: () => ({ running: loop !== null && !stopping, lastTickAt, lastError, failures }),
  };
}

/** Exponential with jitter, so that many relays do not return to a database all at once. */
function backoff(failures: number): number {
  const ms = Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), MAX_BACKOFF_MS);
  return ms * (0.75 + Math.random() / 2);
}
