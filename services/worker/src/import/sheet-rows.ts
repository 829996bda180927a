/** Good rows read from the file itself: where an import resumes, what an earlier attempt's first pass found is gone. */
import { type SubmissionColumns, submissionsFrom } from '@tanxiao/contracts';
import { type Form, readSubmissionBlocks } from '@tanxiao/forms';

import { ROWS_PER_TRANSACTION } from './import-progress';
import type { ImportTask } from './import-task';

/** In the file's order; of the blocks before the checkpoint nothing is left. */
export async function* rowsOfSheet(
  { sheet: file, upload }: ImportTask,
  form: Form,
): AsyncGenerator<SubmissionColumns> {
  const sheet = await file.open();
  const options = { period: upload.period, rowsPerBlock: ROWS_PER_TRANSACTION };
  try {
    for await (const { submissions } of readSubmissionBlocks(form, sheet, options))
      yield submissionsFrom(submissions, keptOf(submissions, upload.checkpointRow));
  } finally {
    await sheet.close();
  }
}

/** How many of the rows are not after the checkpoint. */
function keptOf({ size, rowNumbers }: SubmissionColumns, checkpointRow: number): number {
  const next = rowNumbers.subarray(0, size).findIndex((row) => row > checkpointRow);
  return next < 0 ? size : next;
}
