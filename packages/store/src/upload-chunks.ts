/** The uploaded file itself, in pieces of about 1 MB: appended while it arrives, read back one piece at a time. */
import type { Pool } from 'pg';

import type { Queryable } from './connection';
import { BinaryRowReader } from './copy/binary-row-reader';
import { copyOut, literal } from './copy/copy-streams';
import type { Transaction } from './transaction';
import { leaseLost } from './upload-claims';

export interface UploadChunk {
  readonly uploadId: string;
  /** 0, 1, 2… without gaps. */
  readonly seq: number;
  readonly bytes: Buffer;
  /** The `holder` of `createUpload` or `claimReceiving`. */
  readonly holder: string;
  /** The lease is renewed for so long. Default 60. */
  readonly leaseSeconds?: number;
}

/** Appends one chunk and renews the lease, in one statement (autocommit). @throws StoreError `lease-lost`. */
export async function appendUploadChunk(db: Queryable, chunk: UploadChunk): Promise<void> {
  const { rowCount } = await db.query(
    `WITH held AS (
       UPDATE tanxiao.uploads SET bytes = bytes + length($3::bytea),
         lease_until = clock_timestamp() + make_interval(secs => $5::float8)
       WHERE id = $1 AND state = 'receiving' AND lease_holder = $4 RETURNING id, actor, request_id
     )
     INSERT INTO tanxiao.upload_chunks (upload_id, seq, bytes, actor, request_id)
     SELECT id, $2, $3, actor, request_id FROM held`,
    [chunk.uploadId, chunk.seq, chunk.bytes, chunk.holder, chunk.leaseSeconds ?? 60],
  );
  if (rowCount !== 1) throw leaseLost(chunk.uploadId);
}

/**
 * All bytes are there: state `received`, the lease ends. Put the `import` outbox row in the same transaction.
 * @throws StoreError `lease-lost`.
 */
export async function finishReceiving(
  tx: Transaction,
  end: { readonly uploadId: string; readonly holder: string; readonly sha256: string },
): Promise<void> {
  const { rowCount } = await tx.query(
    `UPDATE tanxiao.uploads SET state = 'received', sha256 = $3, lease_holder = NULL, lease_until = NULL
     WHERE id = $1 AND state = 'receiving' AND lease_holder = $2`,
    [end.uploadId, end.holder, end.sha256],
  );
  if (rowCount !== 1) throw leaseLost(end.uploadId);
}

/**
 * Takes over an upload whose receiver died (its lease ran out): drops the bytes it had, true. False while the other
 * still receives, or where the bytes are complete already.
 */
export async function claimReceiving(
  tx: Transaction,
  claim: { readonly uploadId: string; readonly holder: string; readonly leaseSeconds?: number },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE tanxiao.uploads SET bytes = 0, lease_holder = $2, lease_until = clock_timestamp() + make_interval(secs => $3::float8)
     WHERE id = $1 AND state = 'receiving' AND (lease_holder = $2 OR lease_until < clock_timestamp())`,
    [claim.uploadId, claim.holder, claim.leaseSeconds ?? 60],
  );
  if (rowCount !== 1) return false;
  await tx.query(`DELETE FROM tanxiao.upload_chunks WHERE upload_id = $1`, [claim.uploadId]);
  return true;
}

/** The client went away: forgets an upload that is still being received, so that its idempotency key is free. False otherwise. */
export async function discardReceiving(
  tx: Transaction,
  upload: { readonly uploadId: string; readonly holder: string },
): Promise<boolean> {
  const held = await tx.query(
    `SELECT FROM tanxiao.uploads WHERE id = $1 AND state = 'receiving' AND lease_holder = $2 FOR UPDATE`,
    [upload.uploadId, upload.holder],
  );
  if (held.rowCount !== 1) return false;
  await tx.query(`DELETE FROM tanxiao.upload_chunks WHERE upload_id = $1`, [upload.uploadId]);
  await tx.query(`DELETE FROM tanxiao.uploads WHERE id = $1`, [upload.uploadId]);
  return true;
}

/** The file, chunk by chunk: one is in memory at a time, and no connection is held between two. */
export async function* readUploadChunks(pool: Pool, uploadId: string): AsyncGenerator<Buffer> {
  for (let seq = 0; ; seq++) {
    const chunk = await readUploadChunk(pool, { uploadId, seq });
    if (chunk === null) return;
    yield chunk;
  }
}

/** By binary COPY: as the text of a query's result a megabyte comes in two of hexadecimal digits, made and read again. */
async function readUploadChunk(
  pool: Pool,
  { uploadId, seq }: Pick<UploadChunk, 'uploadId' | 'seq'>,
): Promise<Buffer | null> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    return await copyOut(
      client,
      `SELECT bytes FROM tanxiao.upload_chunks WHERE upload_id = ${literal(uploadId)} AND seq = ${seq}`,
      (copied) => {
        const rows = new BinaryRowReader(copied);
        const bytes = rows.next(1) ? rows.blob() : null;
        // The room serves the next copy.
        return bytes && Buffer.from(bytes);
      },
    );
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}
