/**
 * Transactions that do their work side by side and commit one after the other, in the order in which they were begun: the
 * server takes one batch's rows while the batch before is rated, indexed or waits for the disk.
 */
import { inTransaction, sqlState, type Transaction } from '@tanxiao/store';
import type { Pool } from 'pg';

/** What a transaction needs of those before it. */
export interface Turn {
  /** It waits for no lock any more that one begun after it might hold: the next one may begin. */
  locked(): void;
  /** Resolves once all before have committed. @throws where one of them did not: then this one must roll back */
  comes(): Promise<void>;
}

export interface OrderedWork<T> {
  /** May run twice, as in `inTransaction`. */
  readonly run: (tx: Transaction, turn: Turn) => Promise<T>;
  /** Called once it has committed, before the next one's turn. */
  readonly committed: (result: T) => void;
}

/** One that is read, one that is written: a third only takes memory. */
const AT_ONCE = 2;

interface UnderWay {
  readonly locked: Promise<void>;
  /** Its first attempt: whoever waits for it holds locks, so it is told at once where that failed. */
  readonly attempt: Promise<void>;
  /** Committed, at whichever attempt. */
  readonly done: Promise<void>;
}

export class OrderedTransactions {
  private underWay: UnderWay[] = [];

  constructor(private readonly pool: Pool) {}

  /** Resolves when the work has begun. @throws where one begun before has failed */
  async begin<T>(work: OrderedWork<T>): Promise<void> {
    if (this.underWay.length >= AT_ONCE) await this.underWay.shift()!.done;
    await this.underWay.at(-1)?.locked;
    this.underWay.push(this.started(work, this.underWay.at(-1) ?? null));
  }

  /** Resolves once all have committed. @throws what the first that failed met */
  async committed(): Promise<void> {
    while (this.underWay.length > 0) await this.underWay.shift()!.done;
  }

  /** Resolves once nothing is under way, however it ended. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.underWay.map(({ done }) => done));
  }

  private started<T>(work: OrderedWork<T>, before: UnderWay | null): UnderWay {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const turn: Turn = { locked: open, comes: () => before?.attempt ?? Promise.resolve() };
    const attempt = inTransaction(this.pool, (tx) => work.run(tx, turn), { attempts: 1 }).then(
      work.committed,
    );
    const done = attempt.catch(async (error: unknown) => {
      const beforeFailed = before !== null && (await failed(before.attempt));
      // Where one before was given up for good, so is this one.
      await before?.done;
      if (!beforeFailed && !isRetryable(error)) throw error;
      // Alone from here on: whatever was begun after it rolls back, as its turn never came.
      const alone: Turn = { locked: open, comes: () => Promise.resolve() };
      work.committed(await inTransaction(this.pool, (tx) => work.run(tx, alone)));
    });
    // Told by whoever awaits them; neither needs to be.
    for (const promise of [attempt, done]) promise.catch(() => undefined);
    // What failed before its locks holds none.
    const locked = Promise.race([gate, attempt.catch(() => undefined)]);
    return { locked, attempt, done };
  }
}

async function failed(attempt: Promise<void>): Promise<boolean> {
  return attempt.then(
    () => false,
    () => true,
  );
}

/** Serialization failure and deadlock: PostgreSQL rolled everything back. */
function isRetryable(error: unknown): boolean {
  return ['40001', '40P01'].includes(sqlState(error) ?? '');
}
