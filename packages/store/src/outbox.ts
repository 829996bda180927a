/**
 * The outbox: what waits for the worker. A row lives until its effect is kept: the worker deletes it in the same
 * transaction, so that losing the whole queue loses nothing. The relay claims rows with a lease and enqueues them.
 */
import type { Queryable } from './connection';
import { StoreError } from './errors';
import type { Provenance } from './provenance';
import { textArray } from './sql-arrays';
import { sqlState, type Transaction } from './transaction';

export const OUTBOX_TOPICS = ['rate', 'import', 'run'] as const;
export type OutboxTopic = (typeof OUTBOX_TOPICS)[number];

/** LISTEN to it for new rows (not through a transaction-pooling PgBouncer: the relay must poll as well). */
export const OUTBOX_CHANNEL = 'tanxiao_outbox';

/** Submissions per outbox row, and per job, at most. */
export const MAX_SUBMISSIONS_PER_ROW = 500;

/**
 * Puts submissions in the outbox to be rated, ≤ 500 ids a row. Returns the new rows' ids. `keepSubmissions` does it
 * for new ones; call it for a retry. `uploadId`: the upload all of them come from, for its count of rated rows.
 */
export async function enqueueSubmissions(
  tx: Transaction,
  submissionIds: readonly string[],
  by: Provenance,
  uploadId: string | null = null,
): Promise<number[]> {
  if (submissionIds.length === 0) return [];
  const pieces: string[] = [];
  for (let start = 0; start < submissionIds.length; start += MAX_SUBMISSIONS_PER_ROW)
    pieces.push(textArray(submissionIds.slice(start, start + MAX_SUBMISSIONS_PER_ROW)));
  const { rows } = await tx.query<{ id: number }>({
    name: 'enqueue-submissions',
    text: `WITH told AS (SELECT pg_notify('${OUTBOX_CHANNEL}', 'rate')), piece AS (
       SELECT * FROM unnest($1::text[]) WITH ORDINALITY AS x(ids, ordinal)
     )
     INSERT INTO tanxiao.outbox (topic, submission_ids, upload_id, actor, request_id, traceparents)
     SELECT 'rate', piece.ids::uuid[], $4::uuid, $2, $3, $5::text[] FROM piece, told ORDER BY piece.ordinal RETURNING id`,
    values: [textArray(pieces), by.actor, by.requestId, uploadId, tracesOf(by)],
  });
  return rows.map(({ id }) => id);
}

/** Puts an upload in the outbox to be imported. */
export async function enqueueImport(
  tx: Transaction,
  uploadId: string,
  by: Provenance,
): Promise<number> {
  return enqueueOne(tx, 'import', uploadId, by);
}

/** Puts a run in the outbox to be driven. */
export async function enqueueRun(tx: Transaction, runId: string, by: Provenance): Promise<number> {
  return enqueueOne(tx, 'run', runId, by);
}

async function enqueueOne(
  tx: Transaction,
  topic: 'import' | 'run',
  id: string,
  by: Provenance,
): Promise<number> {
  const column = topic === 'import' ? 'upload_id' : 'run_id';
  const { rows } = await tx.query<{ id: number }>(
    `WITH told AS (SELECT pg_notify('${OUTBOX_CHANNEL}', $1::text))
     INSERT INTO tanxiao.outbox (topic, ${column}, actor, request_id, traceparents)
     SELECT $1, $2::uuid, $3, $4, $5::text[] FROM told RETURNING id`,
    [topic, id, by.actor, by.requestId, tracesOf(by)],
  );
  return rows[0]!.id;
}

function tracesOf({ traceparents = [] }: Provenance): string | null {
  return traceparents.length === 0 ? null : textArray(traceparents);
}

export interface OutboxClaimOptions {
  /** Rows at most. Default 200. */
  readonly limit?: number;
  /** A row claimed longer ago, and not confirmed since, is claimed anew. Default 10. */
  readonly leaseSeconds?: number;
  /** Submissions per group at most. Default 500. */
  readonly maxSubmissionsPerGroup?: number;
}

/** What becomes one job: several small `rate` rows together, or one `import` or `run` row. */
export interface OutboxGroup {
  readonly topic: OutboxTopic;
  readonly outboxIds: readonly number[];
  /** Submissions in the group; 0 for `import` and `run`. */
  readonly submissions: number;
}

/**
 * Claims rows that were never enqueued or whose lease ran out, oldest first, and groups them into jobs. Rows being
 * claimed by another relay are skipped, so any number of relays may run. Autocommit: call it with the pool.
 */
export async function claimOutbox(
  db: Queryable,
  options: OutboxClaimOptions = {},
): Promise<OutboxGroup[]> {
  const { rows } = await db.query<{ id: number; topic: OutboxTopic; submissions: number }>({
    name: 'claim-outbox',
    text: `WITH due AS (
       SELECT id FROM tanxiao.outbox
       WHERE due_at <= clock_timestamp() ORDER BY due_at, id
       LIMIT $1 FOR UPDATE SKIP LOCKED
     )
     UPDATE tanxiao.outbox o SET enqueued_at = clock_timestamp(), claims = o.claims + 1,
       due_at = clock_timestamp() + make_interval(secs => $2::float8)
     FROM due WHERE o.id = due.id
     RETURNING o.id, o.topic, coalesce(cardinality(o.submission_ids), 0) AS submissions`,
    values: [options.limit ?? 200, options.leaseSeconds ?? 10],
  });
  rows.sort((a, b) => a.id - b.id);
  return grouped(rows, options.maxSubmissionsPerGroup ?? MAX_SUBMISSIONS_PER_ROW);
}

/**
 * The queue has the rows of a claim: they are lent for `leaseSeconds` from now. A row that a worker has put off
 * meanwhile (`releaseOutbox` with a delay longer than the claim) is left as it is; one that is done is gone.
 */
export async function confirmOutbox(
  db: Queryable,
  ids: readonly number[],
  loan: { readonly claimSeconds: number; readonly leaseSeconds: number },
): Promise<void> {
  await db.query({
    name: 'confirm-outbox',
    text: `UPDATE tanxiao.outbox SET due_at = clock_timestamp() + make_interval(secs => $3::float8)
     WHERE id = ANY ($1::bigint[]) AND due_at <= clock_timestamp() + make_interval(secs => $2::float8)`,
    values: [ids, loan.claimSeconds, loan.leaseSeconds],
  });
}

function grouped(
  rows: readonly { id: number; topic: OutboxTopic; submissions: number }[],
  maximum: number,
): OutboxGroup[] {
  const groups: { topic: OutboxTopic; outboxIds: number[]; submissions: number }[] = [];
  let open: (typeof groups)[number] | null = null;
  for (const { id, topic, submissions } of rows) {
    if (topic === 'rate' && open && open.submissions + submissions <= maximum) {
      open.outboxIds.push(id);
      open.submissions += submissions;
      continue;
    }
    const group = { topic, outboxIds: [id], submissions };
    groups.push(group);
    if (topic === 'rate') open = group;
  }
  return groups;
}

/** Gives claimed rows back at once (the queue refused them), or after `delaySeconds`. */
export async function releaseOutbox(
  db: Queryable,
  ids: readonly number[],
  delaySeconds = 0,
): Promise<void> {
  await db.query(
    `UPDATE tanxiao.outbox SET enqueued_at = NULL, due_at = clock_timestamp() + make_interval(secs => $2::float8)
     WHERE id = ANY ($1::bigint[])`,
    [ids, delaySeconds],
  );
}

export interface OutboxRow {
  readonly id: number;
  readonly topic: OutboxTopic;
  /** Empty for `import` and `run`. */
  readonly submissionIds: readonly string[];
  /** To be imported; or, for `rate`, the upload that the submissions come from. */
  readonly uploadId: string | null;
  readonly runId: string | null;
  /** How often it was given to the queue. */
  readonly claims: number;
  readonly actor: string;
  readonly requestId: string;
  readonly createdAt: Date;
}

/** Rows that still wait, by id; those already done are missing: a job whose rows are all missing has nothing to do. */
export async function loadOutbox(db: Queryable, ids: readonly number[]): Promise<OutboxRow[]> {
  const { rows } = await db.query<OutboxRow>({
    name: 'load-outbox',
    text: `SELECT id, topic, coalesce(submission_ids, '{}') AS "submissionIds", upload_id AS "uploadId", run_id AS "runId",
       claims, actor, request_id AS "requestId", created_at AS "createdAt"
     FROM tanxiao.outbox WHERE id = ANY ($1::bigint[]) ORDER BY id`,
    values: [ids],
  });
  return rows;
}

/** The traces that rows belong to, each once; rows that are gone or were made without tracing have none. */
export async function outboxTraceparents(
  db: Queryable,
  ids: readonly number[],
): Promise<readonly string[]> {
  const { rows } = await db.query<{ traceparent: string }>(
    `SELECT DISTINCT traceparent FROM tanxiao.outbox, unnest(traceparents) AS x(traceparent) WHERE id = ANY ($1::bigint[])`,
    [ids],
  );
  return rows.map(({ traceparent }) => traceparent);
}

/**
 * Deletes rows in the transaction that keeps their effect. Returns how many were still there (0: another worker was
 * first, which is fine). A `rate` row may only go when each of its submissions has a rating or a recorded failure.
 * @throws StoreError `effect-missing` otherwise; roll back then.
 */
export async function deleteOutbox(tx: Transaction, ids: readonly number[]): Promise<number> {
  try {
    return await deleteLocked(tx, ids);
  } catch (error) {
    if (sqlState(error) !== EFFECT_MISSING) throw error;
    throw new StoreError('effect-missing', {
      zh: '发件箱中有填报既无评价也无失败记录，不得删除；请先保存评价或用 recordRatingFailure 记录失败',
      en: 'an outbox row holds submissions with neither a rating nor a recorded failure; keep the ratings or record the failures before deleting it',
    });
  }
}

/** Raised by the trigger of migration 0001 that guards the deletion. */
const EFFECT_MISSING = 'TX001';

async function deleteLocked(tx: Transaction, ids: readonly number[]): Promise<number> {
  // Locked in id order first: two workers with overlapping jobs then wait for one another instead of deadlocking.
  const { rows } = await tx.query<{ gone: number }>({
    name: 'delete-outbox',
    text: `WITH locked AS (
       SELECT id FROM tanxiao.outbox WHERE id = ANY ($1::bigint[]) ORDER BY id FOR UPDATE
     ), gone AS (
       DELETE FROM tanxiao.outbox o USING locked WHERE o.id = locked.id RETURNING o.submission_ids
     ) SELECT count(*)::int AS gone FROM gone`,
    values: [ids],
  });
  return rows[0]!.gone;
}

export interface WaitingWork {
  /** Submissions in `rate` rows. */
  readonly submissions: number;
  /** `import` rows. */
  readonly uploads: number;
}

/** How much waits, counted no further than `most` of each: what it costs is bounded, however long the outbox is. */
export async function waitingWork(db: Queryable, most: WaitingWork): Promise<WaitingWork> {
  const { rows } = await db.query<WaitingWork>({
    name: 'waiting-work',
    text: `SELECT (SELECT coalesce(sum(n), 0)::int FROM (SELECT cardinality(submission_ids) AS n
         FROM tanxiao.outbox WHERE topic = 'rate' LIMIT $1) rate) AS submissions,
       (SELECT count(*)::int FROM (SELECT FROM tanxiao.outbox WHERE topic = 'import' LIMIT $2) import) AS uploads`,
    values: [most.submissions, most.uploads],
  });
  return rows[0]!;
}

export interface OutboxBacklog {
  readonly topic: OutboxTopic;
  readonly rows: number;
  readonly submissions: number;
  /** Of the rows, those in the queue's hands. */
  readonly enqueuedRows: number;
  /** Age of the oldest row in seconds. */
  readonly oldestSeconds: number;
}

/** What waits, per topic; topics with nothing waiting are missing. */
export async function outboxBacklog(db: Queryable): Promise<OutboxBacklog[]> {
  const { rows } = await db.query<OutboxBacklog>(
    `SELECT topic, count(*)::int AS rows, coalesce(sum(cardinality(submission_ids)), 0)::int AS submissions,
       count(enqueued_at)::int AS "enqueuedRows",
       extract(epoch FROM clock_timestamp() - min(created_at))::float8 AS "oldestSeconds"
     FROM tanxiao.outbox GROUP BY topic ORDER BY topic`,
  );
  return rows;
}
