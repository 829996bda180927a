/** The first pass over an upload: every row is validated, every error recorded, nothing kept. */
import { type Form, readSubmissionBlocks } from '@tanxiao/forms';
import type { JobContext } from '@tanxiao/queue';
import {
  inTransaction,
  type Provenance,
  recordUploadErrors,
  type RowErrors,
  saveUploadProgress,
} from '@tanxiao/store';

import type { WorkerServices } from '../services';
import { pacer, ROWS_PER_TRANSACTION } from './import-progress';
import type { ImportTask } from './import-task';

export interface CheckCounts {
  rowsRead: number;
  rowsRejected: number;
  /** Over all rejected rows. */
  errors: number;
}

/** Errors a statement; about a megabyte of texts. */
const ERRORS_PER_BATCH = 2000;

/** @throws FileProblem where the file as a whole cannot be read; StoreError `lease-lost` */
export async function checkRows(
  services: WorkerServices,
  task: ImportTask,
  form: Form,
  context: JobContext,
): Promise<CheckCounts> {
  const { pool, limits } = services;
  const counts: CheckCounts = { rowsRead: 0, rowsRejected: 0, errors: 0 };
  const recorder = errorRecorder(services, task.upload.id, task.by);
  const pace = pacer(context, () =>
    inTransaction(pool, (tx) =>
      saveUploadProgress(tx, {
        uploadId: task.upload.id,
        holder: task.holder,
        leaseSeconds: limits.importLeaseSeconds,
        ...counts,
      }),
    ),
  );
  const sheet = await task.sheet.open();
  const options = { period: task.upload.period, rowsPerBlock: ROWS_PER_TRANSACTION };
  try {
    for await (const block of readSubmissionBlocks(form, sheet, options)) {
      counts.rowsRead += block.rows;
      counts.rowsRejected += block.rejected.length;
      for (const row of block.rejected) {
        counts.errors += row.issues.length;
        await recorder.add(row);
      }
      await task.spool.add(block.submissions);
      await pace.block();
    }
  } finally {
    // Also where the file breaks off half-way: the errors before that are worth having.
    await recorder.flush();
    await sheet.close();
  }
  return counts;
}

function errorRecorder({ pool }: WorkerServices, uploadId: string, by: Provenance) {
  let waiting: RowErrors[] = [];
  let issues = 0;
  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    issues = 0;
    await recordUploadErrors(pool, uploadId, batch, by);
  };
  return {
    flush,
    async add(row: RowErrors): Promise<void> {
      waiting.push(row);
      issues += row.issues.length;
      if (issues >= ERRORS_PER_BATCH) await flush();
    },
  };
}
