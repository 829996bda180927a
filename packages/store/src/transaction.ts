/** Transactions: begin, commit, roll back, and the retry of those that PostgreSQL itself gave up. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Pool, PoolClient } from 'pg';

declare const transactionBrand: unique symbol;

/** A client inside BEGIN…COMMIT: functions that ask for it may only be called within {@link inTransaction}. */
export type Transaction = PoolClient & { readonly [transactionBrand]: true };

export interface TransactionOptions {
  /** Default 5. */
  readonly attempts?: number;
  /** Default `read committed`, which the store's own functions are written for. */
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  /** For this transaction only (SET LOCAL, hence safe behind PgBouncer). Default: the session's. */
  readonly statementTimeoutMs?: number;
}

/** serialization_failure and deadlock_detected: PostgreSQL rolled everything back, so running it again is safe. */
const RETRYABLE = new Set(['40001', '40P01']);

/** SQLSTATE of an error of PostgreSQL, e.g. `23505`; null for any other error. */
export function sqlState(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null;
}

/**
 * Runs `work` in one transaction and returns what it returns; rolls back when it throws. `work` may run more than
 * once (deadlock, serialization failure), so it must have no effects outside the transaction.
 * A connection lost at COMMIT is thrown, never retried: the outcome is unknown, and the caller's unique keys decide.
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (tx: Transaction) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const attempts = options.attempts ?? 5;
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, work, options);
    } catch (error) {
      if (attempt >= attempts || !RETRYABLE.has(sqlState(error) ?? '')) throw error;
      await sleep(2 ** attempt * 5 * (0.5 + Math.random()));
    }
  }
}

async function once<T>(
  pool: Pool,
  work: (tx: Transaction) => Promise<T>,
  { isolation, statementTimeoutMs }: TransactionOptions,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // The socket may die between two statements; the next statement then reports it, this keeps the process alive.
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on('error', onError);
  try {
    const begin = `BEGIN ISOLATION LEVEL ${isolation ?? 'read committed'}`;
    await client.query(
      statementTimeoutMs === undefined
        ? begin
        : `${begin}; SET LOCAL statement_timeout = ${Math.trunc(statementTimeoutMs)}`,
    );
    const result = await work(client as Transaction);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    try {
      await client.query('ROLLBACK');
    } catch (rollbackError) {
      broken = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
    }
    throw error;
  } finally {
    client.removeListener('error', onError);
    client.release(broken);
  }
}
