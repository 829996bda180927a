/**
 * The second pass of an import: good rows become submissions with their provisional ratings, some thousand a
 * transaction, each with the checkpoint. A killed import therefore resumes after exactly the rows it kept.
 *
 * While the database writes one batch the next one is read: one transaction is under way at a time.
 */
import type { Form } from '@tanxiao/forms';
import type { JobContext } from '@tanxiao/queue';
import { layoutOf } from '@tanxiao/rulebook';
import {
  inTransaction,
  keepUploadRows,
  saveUploadProgress,
  type Transaction,
  type UploadRowToKeep,
} from '@tanxiao/store';
import { inSpan } from '@tanxiao/telemetry';

import { evaluateGroups } from '../rate/evaluate-group';
import { publishedBenchmarks } from '../rate/published-benchmarks';
import { countsOf } from '../rate/rating-counts';
import type { WorkerServices } from '../services';
import { pacer } from './import-progress';
import type { ImportTask } from './import-task';
import { keepRated } from './rate-rows';

/** 1,000 to a transaction cost a fifth more; 2,000 are 2 MB of memory, and a twentieth of a second of work. */
const ROWS_PER_TRANSACTION = 2000;

/** @throws StoreError `lease-lost` where another worker took the upload over: then nothing of the last batch is kept */
export async function keepRows(
  services: WorkerServices,
  of: {
    readonly task: ImportTask;
    readonly form: Form;
    /** In the file's order, in pieces of any size. */
    readonly rows: AsyncIterable<readonly UploadRowToKeep[]>;
  },
  context: JobContext,
): Promise<{ readonly accepted: number }> {
  const { task, form, rows } = of;
  const { pool, statistics, limits } = services;
  const { upload, holder } = task;
  const keepBatch = batchKeeper(services, { task, form, jobId: context.jobId });
  let accepted = upload.rowsAccepted;
  let underWay: Promise<void> = Promise.resolve();

  const keep = async (batch: readonly UploadRowToKeep[]): Promise<void> => {
    await keepBatch(batch, accepted + batch.length);
    accepted += batch.length;
    statistics.written(batch.length);
    context.beat();
  };
  /** Resolves when the batch before is kept; a batch that fails is told by the next, or by the last `await underWay`. */
  const begin = async (batch: readonly UploadRowToKeep[]): Promise<void> => {
    await underWay;
    context.signal.throwIfAborted();
    underWay = keep(batch);
    underWay.catch(() => undefined);
  };

  // While rows before the checkpoint are passed over, nothing else would renew the lease.
  const pace = pacer(context, () =>
    inTransaction(pool, (tx) =>
      saveUploadProgress(tx, {
        uploadId: upload.id,
        holder,
        leaseSeconds: limits.importLeaseSeconds,
      }),
    ),
  );
  try {
    let batch: UploadRowToKeep[] = [];
    for await (const piece of rows) {
      if (piece.length === 0) await pace.row();
      for (const row of piece) {
        await pace.row();
        if (row.rowNumber <= upload.checkpointRow) continue;
        batch.push(row);
        if (batch.length < ROWS_PER_TRANSACTION) continue;
        await begin(batch);
        batch = [];
      }
    }
    if (batch.length > 0) await begin(batch);
  } finally {
    // Before the caller gives the upload back: what is under way belongs to this holder.
    await Promise.allSettled([underWay]);
  }
  await underWay;
  return { accepted };
}

/** Keeps rows, their ratings and the checkpoint in one transaction. */
function batchKeeper(
  services: WorkerServices,
  of: { readonly task: ImportTask; readonly form: Form; readonly jobId: string },
): (rows: readonly UploadRowToKeep[], accepted: number) => Promise<void> {
  const { pool, metrics, limits } = services;
  const { upload, holder, by } = of.task;
  const inputNames = layoutOf(of.form.inputs);
  const benchmarks = publishedBenchmarks(pool);
  const logger = services.logger.child({
    ...{ job: of.jobId, uploadId: upload.id, requestId: by.requestId },
  });
  const inOne = async (tx: Transaction, rows: readonly UploadRowToKeep[], accepted: number) => {
    // The fence first: it locks the upload, so a second worker waits here and then finds its lease gone.
    await saveUploadProgress(tx, {
      uploadId: upload.id,
      holder,
      leaseSeconds: limits.importLeaseSeconds,
      rowsAccepted: accepted,
      checkpointRow: rows.at(-1)!.rowNumber,
    });
    const standards = await services.standardsInForce.current();
    const request = { rulebookId: upload.rulebookId, uploadId: upload.id, inputNames, rows };
    const { kept, written } = await keepUploadRows(tx, request, by);
    // Rated while the database writes; what rating reads through the transaction waits for that.
    const rated = evaluateGroups(kept, { pool, db: tx, standards, benchmarks });
    const [groups] = await Promise.all([rated, written]);
    return { groups, failed: await keepRated(tx, groups, { kept, by }) };
  };
  return async (rows, accepted) => {
    const keep = () => inTransaction(pool, (tx) => inOne(tx, rows, accepted));
    const { groups, failed } = await inSpan(
      'keep ratings',
      { 'tanxiao.submissions': rows.length },
      keep,
    );
    metrics.submissionsKept(rows.length);
    metrics.ratingsKept('arrival', countsOf(groups, failed));
    for (const { submissionId, error } of failed)
      logger.error({ submissionId, err: error }, 'a submission could not be rated; recorded alone');
  };
}
