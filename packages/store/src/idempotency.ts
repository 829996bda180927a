/** Idempotency keys of JSON requests, kept in the same transaction as the effect they stand for. */
import type { Queryable } from './connection';
import { StoreError } from './errors';
import type { Transaction } from './transaction';

export interface IdempotencyRequest {
  readonly actor: string;
  readonly key: string;
  /** Hash of everything that makes the request what it is. */
  readonly requestHash: string;
  readonly requestId: string;
}

export type IdempotencyReservation =
  /** The key is ours: do the effect, then {@link completeIdempotency}, then commit. */
  | { readonly state: 'reserved' }
  /** Done before: answer with this. */
  | { readonly state: 'done'; readonly status: number; readonly body: unknown }
  /** Another transaction holds the key right now. */
  | { readonly state: 'in-progress' }
  /** The key stands for another request. */
  | { readonly state: 'mismatch' };

/**
 * Reserves a key until the transaction ends: rolled back, it is free again. Never waits: while another transaction
 * holds the key the answer is `in-progress` (a waiting request would hold a connection).
 */
export async function reserveIdempotency(
  tx: Transaction,
  request: IdempotencyRequest,
): Promise<IdempotencyReservation> {
  const { actor, key, requestHash, requestId } = request;
  const lock = await tx.query<{ locked: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended($1::text || E'\\n' || $2::text, 7305)) AS locked`,
    [actor, key],
  );
  if (!lock.rows[0]!.locked) return { state: 'in-progress' };
  const { rows } = await tx.query<{ hash: string; status: number | null; body: unknown }>(
    `SELECT request_hash AS hash, status, body FROM tanxiao.idempotency_keys WHERE actor = $1 AND key = $2`,
    [actor, key],
  );
  const known = rows[0];
  if (known) {
    if (known.hash !== requestHash) return { state: 'mismatch' };
    if (known.status === null) throw unanswered(key);
    return { state: 'done', status: known.status, body: known.body };
  }
  await tx.query(
    `INSERT INTO tanxiao.idempotency_keys (actor, key, request_hash, request_id) VALUES ($1, $2, $3, $4)`,
    [actor, key, requestHash, requestId],
  );
  return { state: 'reserved' };
}

function unanswered(key: string): StoreError {
  return new StoreError('bad-argument', {
    zh: `幂等键 ${key} 在提交前未调用 completeIdempotency，没有可返回的应答`,
    en: `idempotency key ${key} was committed without completeIdempotency, so there is no answer to give`,
  });
}

/** Keeps the answer (status and JSON body) beside the key, before the commit. */
export async function completeIdempotency(
  tx: Transaction,
  key: { readonly actor: string; readonly key: string },
  answer: { readonly status: number; readonly body: unknown },
): Promise<void> {
  await tx.query(
    `UPDATE tanxiao.idempotency_keys SET status = $3, body = $4::json WHERE actor = $1 AND key = $2`,
    [key.actor, key.key, answer.status, JSON.stringify(answer.body ?? null)],
  );
}

/** Forgets keys older than so many days; returns how many. */
export async function forgetIdempotencyKeys(db: Queryable, olderThanDays: number): Promise<number> {
  const { rowCount } = await db.query(
    `DELETE FROM tanxiao.idempotency_keys WHERE created_at < now() - make_interval(days => $1)`,
    [olderThanDays],
  );
  return rowCount ?? 0;
}
