/** Importing: at most one worker per upload (a lease that fences every write), and progress kept with its effect. */
import type { UploadState } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import { StoreError } from './errors';
import type { Transaction } from './transaction';

export interface UploadClaim {
  readonly uploadId: string;
  /** Unique per worker process and attempt, e.g. a new id. */
  readonly holder: string;
  /** Default 60; renew well before, e.g. with every checkpoint. */
  readonly leaseSeconds?: number;
}

/** Takes an upload to check or import; null while another worker holds it, or where there is nothing (left) to do. */
export async function claimUpload(db: Queryable, claim: UploadClaim): Promise<UploadState | null> {
  const { rows } = await db.query<{ state: UploadState }>(
    `UPDATE tanxiao.uploads SET lease_holder = $2, lease_until = clock_timestamp() + make_interval(secs => $3::float8)
     WHERE id = $1 AND state IN ('received', 'checking', 'importing')
       AND (lease_holder IS NULL OR lease_holder = $2 OR lease_until < clock_timestamp())
     RETURNING state`,
    [claim.uploadId, claim.holder, claim.leaseSeconds ?? 60],
  );
  return rows[0]?.state ?? null;
}

/** Lengthens the lease; false where it was lost (stop then). */
export async function renewUploadClaim(db: Queryable, claim: UploadClaim): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE tanxiao.uploads SET lease_until = clock_timestamp() + make_interval(secs => $3::float8)
     WHERE id = $1 AND lease_holder = $2`,
    [claim.uploadId, claim.holder, claim.leaseSeconds ?? 60],
  );
  return rowCount === 1;
}

/** Gives an upload back at once, e.g. at shutdown. */
export async function releaseUploadClaim(
  db: Queryable,
  claim: { readonly uploadId: string; readonly holder: string },
): Promise<void> {
  await db.query(
    `UPDATE tanxiao.uploads SET lease_holder = NULL, lease_until = NULL WHERE id = $1 AND lease_holder = $2`,
    [claim.uploadId, claim.holder],
  );
}

export interface UploadProgress {
  readonly uploadId: string;
  readonly holder: string;
  /** Absolute values, so that writing them twice is harmless; what is left out stays. */
  readonly rowsRead?: number | undefined;
  readonly rowsAccepted?: number | undefined;
  readonly rowsRejected?: number | undefined;
  readonly errors?: number | undefined;
  /** Last line of the sheet whose submission is kept by this transaction. */
  readonly checkpointRow?: number | undefined;
  /** Renews the lease. Default 60. */
  readonly leaseSeconds?: number;
}

/**
 * Keeps counts and checkpoint in the transaction that keeps their effect, and renews the lease.
 * @throws StoreError `lease-lost` where another worker took over: the transaction must roll back, nothing doubles.
 */
export async function saveUploadProgress(tx: Transaction, progress: UploadProgress): Promise<void> {
  const { rowCount } = await tx.query(
    `UPDATE tanxiao.uploads SET rows_read = coalesce($3::int, rows_read), rows_accepted = coalesce($4::int, rows_accepted),
       rows_rejected = coalesce($5::int, rows_rejected), errors = coalesce($6::int, errors),
       checkpoint_row = coalesce($7::int, checkpoint_row),
       lease_until = clock_timestamp() + make_interval(secs => $8::float8)
     WHERE id = $1 AND lease_holder = $2 AND state IN ('received', 'checking', 'importing')`,
    [
      progress.uploadId,
      progress.holder,
      progress.rowsRead ?? null,
      progress.rowsAccepted ?? null,
      progress.rowsRejected ?? null,
      progress.errors ?? null,
      progress.checkpointRow ?? null,
      progress.leaseSeconds ?? 60,
    ],
  );
  if (rowCount !== 1) throw leaseLost(progress.uploadId);
}

export function leaseLost(uploadId: string): StoreError {
  return new StoreError('lease-lost', {
    zh: `上传 ${uploadId} 已由另一进程接手或已结束；请放弃当前事务`,
    en: `upload ${uploadId} was taken over by another process or has ended; give up this transaction`,
  });
}

/**
 * The versions of the rulebook that the import chooses among: those given where it is read for the first time, from then on
 * the same ones, whatever was approved meanwhile.
 * @throws StoreError `lease-lost` where someone else holds the upload
 */
export async function fixUploadRulebooks(
  db: Queryable,
  of: {
    readonly uploadId: string;
    readonly holder: string;
    readonly rulebookHashes: readonly string[];
  },
): Promise<readonly string[]> {
  const { rows } = await db.query<{ hashes: string[] }>(
    `UPDATE tanxiao.uploads SET rulebook_hashes = coalesce(rulebook_hashes, $3::text[])
     WHERE id = $1 AND lease_holder = $2 RETURNING rulebook_hashes AS hashes`,
    [of.uploadId, of.holder, of.rulebookHashes],
  );
  if (!rows[0]) throw leaseLost(of.uploadId);
  return rows[0].hashes;
}
