/** The rows of a file as submissions, or as all the issues each has, one by one; many at once: `submission-blocks.ts`. */
import { FileProblem } from './file-problem';
import type { Form } from './form';
import { RowReader, type RowReading, SeenSubjects } from './row-reader';
import { isBlank, isNote, readHeader } from './sheet/header';
import type { Sheet } from './sheet/sheet-types';

export interface ReadOptions {
  /** For rows that state none of their own; null where every row must. */
  readonly period: string | null;
}

/**
 * Reads a file to its end; blank rows and notes are passed over.
 * @throws FileProblem where the file as a whole cannot be read, at its start or at the row where that shows
 */
export async function* readSubmissions(
  form: Form,
  sheet: Sheet,
  options: ReadOptions,
): AsyncGenerator<RowReading> {
  let reader: RowReader | null = null;
  let rows = 0;
  for await (const records of sheet.records()) {
    for (const record of records) {
      if (isBlank(record) || isNote(record)) continue;
      if (reader === null) {
        const header = readHeader(form, record, sheet.limits, options.period);
        reader = new RowReader(form, header, { sheet, seen: new SeenSubjects(), ...options });
        continue;
      }
      rows += 1;
      if (rows > sheet.limits.rows) {
        throw new FileProblem('too-many-rows', { limit: String(sheet.limits.rows) });
      }
      yield reader.read(record);
    }
  }
  if (reader === null) throw new FileProblem('empty');
  if (rows === 0) throw new FileProblem('no-data-rows');
}
