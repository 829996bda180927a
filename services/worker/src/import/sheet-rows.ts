/** Good rows read from the file itself: where an import resumes, what an earlier attempt's first pass found is gone. */
import { type Form, readSubmissions } from '@tanxiao/forms';
import type { UploadRowToKeep } from '@tanxiao/store';

import type { ImportTask } from './import-task';

/** A row at a time, in the file's order, also those before the checkpoint. */
export async function* rowsOfSheet(
  { sheet: file, upload }: ImportTask,
  form: Form,
): AsyncGenerator<readonly UploadRowToKeep[]> {
  const sheet = await file.open();
  try {
    for await (const reading of readSubmissions(form, sheet, { period: upload.period }))
      yield 'issues' in reading ? [] : [{ submission: reading.submission, rowNumber: reading.row }];
  } finally {
    await sheet.close();
  }
}
