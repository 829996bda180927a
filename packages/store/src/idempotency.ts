/** Idempotency keys of JSON requests, kept in the same transaction as the effect they stand for. */
import type { Queryable } from './connection';
import { StoreError } from './errors';
import { numberTextArray, textArray } from './sql-arrays';
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

/** What is known of a key. Whoever is told `free` holds it until the transaction ends. */
export type IdempotencyFinding =
  { readonly state: 'free' } | Exclude<IdempotencyReservation, { readonly state: 'reserved' }>;

/**
 * Locks keys, which must differ, until the transaction ends, and says what stands for each, in their order. Never
 * waits: while another transaction holds a key the answer is `in-progress` (a waiting request would hold a connection).
 */
export async function findIdempotency(
  tx: Transaction,
  requests: readonly IdempotencyRequest[],
): Promise<IdempotencyFinding[]> {
  if (requests.length === 0) return [];
  const keys = [
    textArray(requests.map(({ actor }) => actor)),
    textArray(requests.map(({ key }) => key)),
  ];
  const locks = await tx.query<{ locked: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended(x.actor || E'\\n' || x.key, 7305)) AS locked
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS x(actor, key, ordinal) ORDER BY x.ordinal`,
    keys,
  );
  // A statement of its own: its snapshot sees what the locks' earlier holders committed.
  const { rows } = await tx.query<{ hash: string | null; status: number | null; body: unknown }>(
    `SELECT k.request_hash AS hash, k.status, k.body
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS x(actor, key, ordinal)
     LEFT JOIN tanxiao.idempotency_keys k ON k.actor = x.actor AND k.key = x.key ORDER BY x.ordinal`,
    keys,
  );
  return requests.map(({ key, requestHash }, i) => {
    if (!locks.rows[i]!.locked) return { state: 'in-progress' };
    const { hash, status, body } = rows[i]!;
    if (hash === null) return { state: 'free' };
    if (hash !== requestHash) return { state: 'mismatch' };
    if (status === null) throw unanswered(key);
    return { state: 'done', status, body };
  });
}

/** Keeps keys that were found free with their answers, before the commit. */
export async function keepIdempotencyAnswers(
  tx: Transaction,
  answered: readonly {
    readonly request: IdempotencyRequest;
    readonly answer: { readonly status: number; readonly body: unknown };
  }[],
): Promise<void> {
  if (answered.length === 0) return;
  await tx.query(
    `INSERT INTO tanxiao.idempotency_keys (actor, key, request_hash, request_id, status, body)
     SELECT x.actor, x.key, x.request_hash, x.request_id, x.status, x.body::json
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[])
       AS x(actor, key, request_hash, request_id, status, body)`,
    [
      textArray(answered.map(({ request }) => request.actor)),
      textArray(answered.map(({ request }) => request.key)),
      textArray(answered.map(({ request }) => request.requestHash)),
      textArray(answered.map(({ request }) => request.requestId)),
      numberTextArray(answered.map(({ answer }) => answer.status)),
      textArray(answered.map(({ answer }) => JSON.stringify(answer.body ?? null))),
    ],
  );
}

/**
 * Reserves a key until the transaction ends: rolled back, it is free again. Never waits, see {@link findIdempotency}.
 */
export async function reserveIdempotency(
  tx: Transaction,
  request: IdempotencyRequest,
): Promise<IdempotencyReservation> {
  const [finding] = await findIdempotency(tx, [request]);
  if (finding!.state !== 'free') return finding!;
  const { actor, key, requestHash, requestId } = request;
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
