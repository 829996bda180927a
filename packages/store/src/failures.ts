/** Subjects whose rating failed for a defect of ours, recorded alone so that the rest of their batch goes through. */
import { newId } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import type { Provenance } from './provenance';
import type { Transaction } from './transaction';

export interface RatingFailure {
  readonly submissionId: string;
  /** Null: rating on arrival. */
  readonly runId: string | null;
  readonly rulebookHash: string | null;
  readonly factorSetHash: string | null;
  /** What was thrown, for the developer; at most 4,000 characters are kept. */
  readonly error: string;
}

/** Records a failure, once per (submission, run, rulebook, factor set); in the transaction that deletes the outbox row. */
export async function recordRatingFailure(
  tx: Transaction,
  failure: RatingFailure,
  by: Provenance,
): Promise<void> {
  await tx.query(
    `INSERT INTO tanxiao.rating_failures (id, submission_id, upload_id, run_id, rulebook_hash, factor_set_hash, error, actor, request_id)
     SELECT $1, s.id, s.upload_id, $3, $4, $5, $6, $7, $8 FROM tanxiao.submissions s WHERE s.id = $2
     ON CONFLICT DO NOTHING`,
    [
      newId(),
      failure.submissionId,
      failure.runId,
      failure.rulebookHash,
      failure.factorSetHash,
      failure.error.replaceAll('\u0000', '\ufffd').slice(0, 4000),
      by.actor,
      by.requestId,
    ],
  );
}

export interface RatingFailureRow extends RatingFailure {
  readonly id: string;
  readonly actor: string;
  readonly requestId: string;
  readonly createdAt: Date;
}

/** Failures, newest first; before `before` (an id). */
export async function listRatingFailures(
  db: Queryable,
  request: {
    readonly runId?: string | undefined;
    readonly uploadId?: string | undefined;
    readonly submissionId?: string | undefined;
    readonly before?: string | undefined;
    /** Default 50. */
    readonly limit?: number | undefined;
  },
): Promise<RatingFailureRow[]> {
  const { rows } = await db.query<RatingFailureRow>(
    `SELECT id, submission_id AS "submissionId", run_id AS "runId", rulebook_hash AS "rulebookHash",
       factor_set_hash AS "factorSetHash", error, actor, request_id AS "requestId", created_at AS "createdAt"
     FROM tanxiao.rating_failures
     WHERE ($1::uuid IS NULL OR run_id = $1) AND ($2::uuid IS NULL OR upload_id = $2)
       AND ($3::uuid IS NULL OR submission_id = $3) AND ($4::uuid IS NULL OR id < $4)
     ORDER BY id DESC LIMIT $5`,
    [
      request.runId ?? null,
      request.uploadId ?? null,
      request.submissionId ?? null,
      request.before ?? null,
      request.limit ?? 50,
    ],
  );
  return rows;
}
