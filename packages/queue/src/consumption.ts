/**
 * A worker's health is "I consumed lately while there was work", not "my process is alive": others' workers
 * have sat wedged for days behind a green light.
 */

/** What a consumer remembers of its own doing; times in milliseconds since 1970. */
export interface Activity {
  readonly startedAt: number;
  /** Jobs in its hands now. */
  readonly active: number;
  readonly completed: number;
  readonly failed: number;
  /** When a job last ended, well or badly. */
  readonly lastEndedAt: number | null;
  /** When a job last ended or showed progress. */
  readonly lastSignAt: number | null;
}

export type Consumption = 'idle' | 'consuming' | 'wedged';

/** The work that waits outside the consumer. */
export interface Backlog {
  readonly waiting: number;
  readonly oldestWaitingMs: number | null;
}

/**
 * wedged: there has been work for `staleAfterMs` (in hand, or waiting that long) and no sign of life since.
 */
export function consumptionOf(
  activity: Activity,
  backlog: Backlog,
  staleAfterMs: number,
  now: number = Date.now(),
): Consumption {
  if (activity.active === 0 && backlog.waiting === 0) return 'idle';
  const lastSign = Math.max(activity.lastSignAt ?? 0, activity.startedAt);
  if (now - lastSign <= staleAfterMs) return 'consuming';
  // A quiet night ends with a first job: no sign for hours, but the work is only seconds old.
  const workIsFresh = activity.active === 0 && (backlog.oldestWaitingMs ?? 0) <= staleAfterMs;
  return workIsFresh ? 'consuming' : 'wedged';
}
