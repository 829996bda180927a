/** Uploads: a file of submissions from its first byte to its end; created once per idempotency key, moved by compare-and-set. */
import { newId, type UploadFormat, type UploadState } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import type { Provenance } from './provenance';
import type { Transaction } from './transaction';

export interface UploadRow {
  readonly id: string;
  readonly rulebookId: string;
  /** For rows that state none of their own. */
  readonly period: string | null;
  readonly filename: string;
  readonly format: UploadFormat;
  readonly partial: boolean;
  readonly state: UploadState;
  /** Bytes kept so far. */
  readonly bytes: number;
  /** sha256 of the whole file, hex; null while receiving. */
  readonly sha256: string | null;
  readonly rowsRead: number;
  readonly rowsAccepted: number;
  readonly rowsRejected: number;
  /** Accepted rows with a rating (rated or not rated with a reason): accepted − waiting in the outbox − failed. */
  readonly rowsRated: number;
  /** Accepted rows whose rating failed and was recorded (`rating_failures`). */
  readonly rowsFailed: number;
  /** Errors found, over all rejected rows. */
  readonly errors: number;
  /** Last line of the sheet whose submission is kept; 0 before the first. An import resumes after it. */
  readonly checkpointRow: number;
  readonly problem: UploadProblem | null;
  readonly actor: string;
  readonly requestId: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** Why a file could not be read (or was rejected) as a whole. */
export interface UploadProblem {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

export interface NewUpload {
  readonly rulebookId: string;
  readonly period: string | null;
  readonly filename: string;
  readonly format: UploadFormat;
  readonly partial: boolean;
  /** Null: the caller sent no key, a new upload is made in any case. */
  readonly idempotencyKey: string | null;
  /** Hash of everything known of the request before its body. */
  readonly fingerprint: string;
  /** Who will append the chunks, e.g. the request id; others are kept out for the lease, which every chunk renews. */
  readonly holder: string;
  /** Default 60. */
  readonly leaseSeconds?: number;
}

export type UploadCreation =
  | { readonly outcome: 'created'; readonly upload: UploadRow }
  /** The same request came before. Still `receiving`: see `claimReceiving`. */
  | { readonly outcome: 'existing'; readonly upload: UploadRow }
  /** (actor, key) stands for another request. */
  | { readonly outcome: 'mismatch'; readonly upload: UploadRow };

/** Creates an upload in state `receiving`, or finds the one of (actor, idempotency key). Commit before receiving bytes. */
export async function createUpload(
  tx: Transaction,
  upload: NewUpload,
  by: Provenance,
): Promise<UploadCreation> {
  const id = newId();
  const inserted = await tx.query(
    `INSERT INTO tanxiao.uploads (id, rulebook_id, period, filename, format, partial, state, idempotency_key, fingerprint,
       lease_holder, lease_until, actor, request_id)
     VALUES ($1, $2, $3, $4, $5, $6, 'receiving', $7, $8, $9, clock_timestamp() + make_interval(secs => $10::float8), $11, $12)
     ON CONFLICT (actor, idempotency_key) DO NOTHING`,
    [
      id,
      upload.rulebookId,
      upload.period,
      upload.filename,
      upload.format,
      upload.partial,
      upload.idempotencyKey,
      upload.fingerprint,
      upload.holder,
      upload.leaseSeconds ?? 60,
      by.actor,
      by.requestId,
    ],
  );
  if (inserted.rowCount === 1) return { outcome: 'created', upload: (await getUpload(tx, id))! };
  const { rows } = await tx.query<{ id: string; fingerprint: string }>(
    `SELECT id, fingerprint FROM tanxiao.uploads WHERE actor = $1 AND idempotency_key = $2`,
    [by.actor, upload.idempotencyKey],
  );
  const known = rows[0]!;
  return {
    outcome: known.fingerprint === upload.fingerprint ? 'existing' : 'mismatch',
    upload: (await getUpload(tx, known.id))!,
  };
}

/**
 * `rowsRated` is exact and cheap: an outbox row goes only in the transaction that keeps a rating or a failure for each
 * of its submissions (the database sees to it), so what no longer waits and did not fail is rated. One snapshot.
 */
const UPLOAD = `
SELECT u.id, u.rulebook_id AS "rulebookId", u.period, u.filename, u.format, u.partial, u.state, u.bytes, u.sha256,
  u.rows_read AS "rowsRead", u.rows_accepted AS "rowsAccepted", u.rows_rejected AS "rowsRejected",
  u.rows_accepted - waiting.n - failed.n AS "rowsRated", failed.n AS "rowsFailed", u.errors,
  u.checkpoint_row AS "checkpointRow", u.problem, u.actor, u.request_id AS "requestId",
  u.created_at AS "createdAt", u.finished_at AS "finishedAt"
FROM tanxiao.uploads u
CROSS JOIN LATERAL (SELECT coalesce(sum(cardinality(o.submission_ids)), 0)::int AS n FROM tanxiao.outbox o
  WHERE o.topic = 'rate' AND o.upload_id = u.id) waiting
CROSS JOIN LATERAL (SELECT count(DISTINCT f.submission_id)::int AS n FROM tanxiao.rating_failures f
  WHERE f.upload_id = u.id AND f.run_id IS NULL
    AND NOT EXISTS (SELECT FROM tanxiao.ratings r WHERE r.submission_id = f.submission_id AND r.run_id IS NULL)
    AND NOT EXISTS (SELECT FROM tanxiao.outbox o WHERE o.topic = 'rate' AND o.upload_id = u.id
      AND f.submission_id = ANY (o.submission_ids))) failed`;

/** An upload with its honest counts, or null. `id` must be a UUID. */
export async function getUpload(db: Queryable, id: string): Promise<UploadRow | null> {
  const { rows } = await db.query<UploadRow>(`${UPLOAD} WHERE u.id = $1`, [id]);
  return rows[0] ?? null;
}

export interface UploadsRequest {
  /** Only uploads older than this one (its id): the last of the page before. */
  readonly before?: string | undefined;
  readonly state?: UploadState | undefined;
  readonly actor?: string | undefined;
  /** Default 50. */
  readonly limit?: number | undefined;
}

/** Uploads, newest first. */
export async function listUploads(db: Queryable, request: UploadsRequest): Promise<UploadRow[]> {
  const { rows } = await db.query<UploadRow>(
    `${UPLOAD} WHERE ($1::uuid IS NULL OR u.id < $1) AND ($2::text IS NULL OR u.state = $2) AND ($3::text IS NULL OR u.actor = $3)
     ORDER BY u.id DESC LIMIT $4`,
    [request.before ?? null, request.state ?? null, request.actor ?? null, request.limit ?? 50],
  );
  return rows;
}

export interface UploadMove {
  readonly uploadId: string;
  readonly from: readonly UploadState[];
  readonly to: UploadState;
  /** Where given, the mover must still hold the upload (see `claimUpload`). */
  readonly holder?: string | undefined;
  readonly problem?: UploadProblem | undefined;
}

const END_STATES: readonly UploadState[] = ['done', 'rejected', 'unreadable'];

/**
 * Moves an upload from one of `from` to `to`, in the caller's transaction; false where it is in another state or held
 * by someone else, and nothing changed. An end state ends the lease too.
 */
export async function moveUpload(tx: Transaction, move: UploadMove): Promise<boolean> {
  const ends = END_STATES.includes(move.to);
  const { rowCount } = await tx.query(
    `UPDATE tanxiao.uploads SET state = $3, problem = coalesce($5::jsonb, problem),
       finished_at = CASE WHEN $6 THEN clock_timestamp() END,
       lease_holder = CASE WHEN $6 THEN NULL ELSE lease_holder END, lease_until = CASE WHEN $6 THEN NULL ELSE lease_until END
     WHERE id = $1 AND state = ANY ($2::text[]) AND ($4::text IS NULL OR lease_holder = $4)`,
    [
      move.uploadId,
      move.from,
      move.to,
      move.holder ?? null,
      move.problem ? JSON.stringify(move.problem) : null,
      ends,
    ],
  );
  return rowCount === 1;
}
