/**
 * Group commit: requests that arrive while a transaction is under way are kept together by the next one. A commit costs
 * the disk's time and a dozen statements whether it holds one subject or hundreds; alone, a request waits for nobody.
 *
 * Each request is answered after the commit, and stands for itself: everything about its data was checked before;
 * where the database refuses a group nevertheless, its requests are kept one by one, so that one cannot fail another.
 */
import { newId, ProblemError, type ValidSubmission } from '@tanxiao/contracts';
import {
  findIdempotency,
  type IdempotencyRequest,
  inTransaction,
  isPassingFault,
  keepIdempotencyAnswers,
  keepSubmissions,
  type KeptSubmission,
  sqlState,
  StoreError,
  type Transaction,
} from '@tanxiao/store';
import type { Pool } from 'pg';
import type { Logger } from 'pino';

/** One request whose items were all checked. */
export interface Arrival {
  readonly actor: string;
  readonly rulebookId: string;
  /** One array for all arrivals by the same form: groups are told apart by it. */
  readonly inputNames: readonly string[];
  readonly submissions: readonly ValidSubmission[];
  readonly requestId: string;
  /** Of the request: a group is kept outside of every request's own trace. */
  readonly traceparents: readonly string[];
  /** Null: sent without a key. */
  readonly idempotency: Pick<IdempotencyRequest, 'key' | 'requestHash'> | null;
  readonly answer: (kept: readonly KeptSubmission[]) => Answer;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface Arrived {
  readonly answer: Answer;
  /** Answered before, under the same key. */
  readonly replayed: boolean;
}

/** Submissions of a group; also the rate job's batch. A larger request is a group of its own. */
const GROUP_SUBMISSIONS = 500;
/** One is being committed while the next is being made… */
const GROUPS_AT_ONCE = 2;
/** …where so many requests wait: each group costs a dozen statements, so a small one rather grows until the commit. */
const WORTH_A_SECOND = 50;

interface Waiting {
  readonly arrival: Arrival;
  readonly settle: (outcome: Arrived | Error) => void;
}

export class ArrivalGroups {
  private waiting: Waiting[] = [];
  private running = 0;
  private woken = false;

  constructor(
    private readonly parts: {
      readonly pool: Pool;
      readonly logger: Logger;
      /** Told of so many submissions committed. */
      readonly kept: (submissions: number) => void;
    },
  ) {}

  /**
   * Resolves after the commit.
   * @throws ProblemError `idempotency-in-progress`, `idempotency-key-reused`; the database's errors
   */
  keep(arrival: Arrival): Promise<Arrived> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: Arrived | Error): void =>
        outcome instanceof Error ? reject(outcome) : resolve(outcome);
      this.waiting.push({ arrival, settle });
      this.wake();
    });
  }

  /** At the end of this turn of the event loop, in which more may arrive. */
  private wake(): void {
    if (this.woken) return;
    this.woken = true;
    setImmediate(() => {
      this.woken = false;
      while (this.mayStart()) this.start(this.next());
    });
  }

  private mayStart(): boolean {
    if (this.running === 0) return this.waiting.length > 0;
    return this.running < GROUPS_AT_ONCE && this.waiting.length >= WORTH_A_SECOND;
  }

  private start(group: readonly Waiting[]): void {
    this.running += 1;
    void this.settled(group).finally(() => {
      this.running -= 1;
      this.wake();
    });
  }

  /** The oldest and whoever goes with it. A key stands once in a group: the second finds the first one's answer. */
  private next(): readonly Waiting[] {
    const [first] = this.waiting;
    const group: Waiting[] = [];
    const left: Waiting[] = [];
    const keys = new Set<string>();
    let submissions = 0;
    for (const one of this.waiting) {
      const { arrival } = one;
      const key = arrival.idempotency?.key;
      const fits =
        group.length === 0 || submissions + arrival.submissions.length <= GROUP_SUBMISSIONS;
      const goes = fits && alike(arrival, first!.arrival) && (key === undefined || !keys.has(key));
      (goes ? group : left).push(one);
      if (!goes) continue;
      submissions += arrival.submissions.length;
      if (key !== undefined) keys.add(key);
    }
    this.waiting = left;
    return group;
  }

  private async settled(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await inTransaction(this.parts.pool, (tx) =>
        keepGroup(
          tx,
          group.map(({ arrival }) => arrival),
        ),
      );
      this.parts.kept(freshSubmissions(group, outcomes));
      group.forEach(({ settle }, i) => settle(outcomes[i]!));
    } catch (error) {
      const [only] = group;
      if (group.length > 1 && isRefusal(error)) {
        this.parts.logger.warn(
          { err: error, requests: group.length },
          'a group is kept one by one',
        );
        for (const one of group) await this.settled([one]);
      } else if (only)
        for (const { settle } of group)
          settle(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

function freshSubmissions(
  group: readonly Waiting[],
  outcomes: readonly (Arrived | Error)[],
): number {
  return group.reduce((sum, { arrival }, i) => {
    const outcome = outcomes[i]!;
    return outcome instanceof Error || outcome.replayed ? sum : sum + arrival.submissions.length;
  }, 0);
}

function alike(a: Arrival, b: Arrival): boolean {
  return a.actor === b.actor && a.rulebookId === b.rulebookId && a.inputNames === b.inputNames;
}

/**
 * The database, or the store, refused what was sent and nothing of it was kept; anything else (a lost connection, whose
 * commit may have happened) must not be tried again on the requests' behalf.
 */
function isRefusal(error: unknown): boolean {
  if (error instanceof StoreError) return true;
  return sqlState(error) !== null && !isPassingFault(error);
}

/** What becomes of each; an Error concerns its request alone, and nothing of that is kept. */
async function keepGroup(
  tx: Transaction,
  group: readonly Arrival[],
): Promise<readonly (Arrived | Error)[]> {
  const outcomes = new Map<Arrival, Arrived | Error>();
  for (const [arrival, outcome] of await answeredBefore(tx, group)) outcomes.set(arrival, outcome);
  const fresh = group.filter((arrival) => !outcomes.has(arrival));
  const [first] = fresh;
  if (first) {
    const items = fresh.flatMap(({ submissions, requestId }) =>
      submissions.map((submission) => ({ submission, requestId })),
    );
    const { actor, rulebookId, inputNames } = first;
    // The outbox row and the ratings are of the group; a submission names its own request.
    const requestId = fresh.length === 1 ? first.requestId : `group-${newId()}`;
    const traceparents = fresh.flatMap((arrival) => arrival.traceparents);
    const by = { actor, requestId, traceparents };
    const kept = await keepSubmissions(tx, { rulebookId, inputNames, items }, by);
    let from = 0;
    for (const arrival of fresh) {
      const own = kept.slice(from, (from += arrival.submissions.length));
      outcomes.set(arrival, { answer: arrival.answer(own), replayed: false });
    }
    await keepAnswers(tx, fresh, outcomes);
  }
  return group.map((arrival) => outcomes.get(arrival)!);
}

async function answeredBefore(
  tx: Transaction,
  group: readonly Arrival[],
): Promise<(readonly [Arrival, Arrived | Error])[]> {
  const keyed = group.filter(({ idempotency }) => idempotency !== null);
  const findings = await findIdempotency(tx, keyed.map(idempotencyRequest));
  return keyed.flatMap((arrival, i): (readonly [Arrival, Arrived | Error])[] => {
    const finding = findings[i]!;
    switch (finding.state) {
      case 'free':
        return [];
      case 'done':
        return [[arrival, { answer: finding, replayed: true }]];
      case 'in-progress':
        return [[arrival, new ProblemError('idempotency-in-progress')]];
      case 'mismatch':
        return [[arrival, new ProblemError('idempotency-key-reused')]];
    }
  });
}

async function keepAnswers(
  tx: Transaction,
  fresh: readonly Arrival[],
  outcomes: ReadonlyMap<Arrival, Arrived | Error>,
): Promise<void> {
  const answered = fresh.flatMap((arrival) => {
    const outcome = outcomes.get(arrival);
    if (arrival.idempotency === null || !outcome || outcome instanceof Error) return [];
    return [{ request: idempotencyRequest(arrival), answer: outcome.answer }];
  });
  await keepIdempotencyAnswers(tx, answered);
}

function idempotencyRequest({ actor, idempotency, requestId }: Arrival): IdempotencyRequest {
  return { actor, requestId, key: idempotency!.key, requestHash: idempotency!.requestHash };
}
