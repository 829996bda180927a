/**
 * The second pass over an upload: good rows become submissions, a thousand a transaction, each transaction with its
 * outbox rows and the checkpoint. A killed import therefore resumes after exactly the rows it kept.
 */
import { type Form, readSubmissions } from '@tanxiao/forms';
import type { JobContext } from '@tanxiao/queue';
import { layoutOf } from '@tanxiao/rulebook';
import {
  inTransaction,
  keepSubmissions,
  saveUploadProgress,
  type SubmissionToKeep,
} from '@tanxiao/store';

import type { WorkerServices } from '../services';
import { pacer } from './import-progress';
import type { ImportTask } from './import-task';

const ROWS_PER_TRANSACTION = 1000;

/** @throws StoreError `lease-lost` where another worker took the upload over: then nothing of the last batch is kept */
export async function keepRows(
  { pool, statistics, metrics, limits }: WorkerServices,
  task: ImportTask,
  form: Form,
  context: JobContext,
): Promise<{ readonly accepted: number }> {
  const { upload, holder, by } = task;
  const inputNames = layoutOf(form.inputs);
  let accepted = upload.rowsAccepted;

  const keep = async (
    items: readonly (SubmissionToKeep & { rowNumber: number })[],
  ): Promise<void> => {
    const last = items.at(-1);
    if (last === undefined) return;
    await inTransaction(pool, async (tx) => {
      // The fence first: it locks the upload, so a second worker waits here and then finds its lease gone.
      await saveUploadProgress(tx, {
        uploadId: upload.id,
        holder,
        leaseSeconds: limits.importLeaseSeconds,
        rowsAccepted: accepted + items.length,
        checkpointRow: last.rowNumber,
      });
      await keepSubmissions(
        tx,
        { rulebookId: upload.rulebookId, inputNames, items, uploadId: upload.id },
        by,
      );
    });
    accepted += items.length;
    statistics.written(items.length);
    metrics.submissionsKept(items.length);
    context.beat();
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
  const sheet = await task.sheet.open();
  try {
    let batch: (SubmissionToKeep & { rowNumber: number })[] = [];
    for await (const reading of readSubmissions(form, sheet, { period: upload.period })) {
      await pace.row();
      if ('issues' in reading || reading.row <= upload.checkpointRow) continue;
      batch.push({ submission: reading.submission, rowNumber: reading.row });
      if (batch.length < ROWS_PER_TRANSACTION) continue;
      await keep(batch);
      batch = [];
    }
    await keep(batch);
  } finally {
    await sheet.close();
  }
  return { accepted };
}
