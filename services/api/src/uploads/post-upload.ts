/**
 * POST /v1/uploads: spools the file into pieces of 1 MB in the database while it arrives, then tells the worker.
 * Nothing is parsed here. Memory: two pieces an upload, whatever the file's size.
 */
import { createHash } from 'node:crypto';

import { parsePeriod, ProblemError } from '@tanxiao/contracts';
import {
  appendUploadChunk,
  claimReceiving,
  createUpload,
  discardReceiving,
  enqueueImport,
  finishReceiving,
  getUpload,
  inTransaction,
  type NewUpload,
  renewUploadClaim,
  StoreError,
  type UploadCreation,
  type UploadRow,
} from '@tanxiao/store';
import type { z } from 'zod';

import { answerJson } from '../http/answers';
import { fingerprintOf, idempotencyKeyOf } from '../http/idempotency';
import { UPLOAD_CHUNK_BYTES } from '../http/limits';
import type { Call } from '../http/route';
import { writtenBy } from '../http/written-by';
import { planFor, requireRulebook } from '../rulebooks/forms';
import { filenameOf } from './filename';
import { uploadFormat } from './formats';
import { inPieces } from './pieces';
import type { uploadQuery } from './schemas';
import { type UploadSource, uploadSource } from './upload-source';
import { uploadView } from './upload-view';

type UploadCall = Call<unknown, z.output<typeof uploadQuery>>;

/**
 * An upload being received is held for so long, renewed while it is received however slow its client is: after a
 * crash of this process a re-send through another waits no longer.
 */
const LEASE_SECONDS = 15;
const RENEW_EVERY_MS = 5000;

export async function postUpload(call: UploadCall): Promise<void> {
  const { rulebook, period } = call.query;
  const parsed = period === undefined ? null : parsePeriod(period);
  if (parsed) planFor(call.context, rulebook, parsed);
  else requireRulebook(call.context, rulebook);
  const key = idempotencyKeyOf(call.request);
  const releaseSlot = call.context.uploadSlots.take(key);
  try {
    const source = await uploadSource(call.request);
    const upload = await taken(call, source, key);
    call.response.location(`/v1/uploads/${upload.id}`);
    answerJson(call, 202, uploadView(upload));
  } finally {
    releaseSlot();
  }
}

async function taken(
  call: UploadCall,
  source: UploadSource,
  key: string | null,
): Promise<UploadRow> {
  const { pool } = call.context;
  const by = writtenBy(call);
  const wanted = newUpload(call, source, key);
  const { outcome, upload } = await inTransaction<UploadCreation>(pool, (tx) =>
    createUpload(tx, wanted, by),
  );
  if (outcome === 'mismatch') throw new ProblemError('idempotency-key-reused');
  if (outcome === 'existing') {
    if (upload.state !== 'receiving') return sameAgain(call, source, upload);
    const claimed = await inTransaction(pool, (tx) =>
      claimReceiving(tx, {
        uploadId: upload.id,
        holder: wanted.holder,
        leaseSeconds: LEASE_SECONDS,
      }),
    );
    if (!claimed) throw new ProblemError('idempotency-in-progress');
  }
  await received(call, source, upload.id, key);
  return (await getUpload(pool, upload.id))!;
}

function newUpload(call: UploadCall, source: UploadSource, key: string | null): NewUpload {
  const { rulebook, period = null, partial = false, filename } = call.query;
  const name = filenameOf(filename ?? source.filename);
  const format = uploadFormat(source.mediaType, name);
  const shown = name === '' ? `upload.${format}` : name;
  return {
    rulebookId: rulebook,
    period,
    filename: shown,
    format,
    partial,
    idempotencyKey: key,
    fingerprint: fingerprintOf(
      'POST /v1/uploads',
      rulebook,
      period ?? '',
      String(partial),
      shown,
      format,
    ),
    holder: call.context.uploadSlots.holder,
    leaseSeconds: LEASE_SECONDS,
  };
}

/** The file is here already: the same answer, if these are the same bytes. */
async function sameAgain(
  call: UploadCall,
  source: UploadSource,
  upload: UploadRow,
): Promise<UploadRow> {
  const hash = createHash('sha256');
  for await (const piece of source.bytes) hash.update(piece);
  if (hash.digest('hex') !== upload.sha256) throw new ProblemError('idempotency-key-reused');
  call.response.set('idempotency-replayed', 'true');
  return upload;
}

async function received(
  call: UploadCall,
  source: UploadSource,
  uploadId: string,
  key: string | null,
): Promise<void> {
  const { pool, uploadSlots } = call.context;
  const { holder } = uploadSlots;
  const hash = createHash('sha256');
  let seq = 0;
  const renewal = setInterval(() => {
    renewUploadClaim(pool, { uploadId, holder, leaseSeconds: LEASE_SECONDS }).catch(
      (error: unknown) => call.request.log.warn({ err: error }, 'the lease of an upload'),
    );
  }, RENEW_EVERY_MS);
  try {
    for await (const bytes of inPieces(source.bytes, UPLOAD_CHUNK_BYTES)) {
      hash.update(bytes);
      await appendUploadChunk(pool, { uploadId, seq, bytes, holder, leaseSeconds: LEASE_SECONDS });
      seq += 1;
    }
    await inTransaction(pool, async (tx) => {
      await finishReceiving(tx, { uploadId, holder, sha256: hash.copy().digest('hex') });
      await enqueueImport(tx, uploadId, writtenBy(call));
    });
  } catch (error) {
    if (error instanceof StoreError && error.code === 'lease-lost')
      throw new ProblemError('idempotency-in-progress');
    // With a key it stays `receiving`, to be sent again; what can never be sent again whole is forgotten.
    const hopeless = error instanceof ProblemError && error.code !== 'request-timeout';
    if (key === null || hopeless)
      await inTransaction(pool, (tx) => discardReceiving(tx, { uploadId, holder }));
    throw error;
  } finally {
    clearInterval(renewal);
  }
}
