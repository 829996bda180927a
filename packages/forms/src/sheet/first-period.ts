/** The period that a file's first row names: it tells which version's form the file is, where nobody said so. */
import { parsePeriod, type Period } from '@tanxiao/contracts';

import { foldWidth } from '../fields/text-folding';
import { FileProblem } from '../file-problem';
import { isBlank, isNote } from './header';
import type { Sheet, SheetRecord } from './sheet-types';

/**
 * Null where the first row of data names none, or the file cannot be read: its reading will then say why.
 * @param open gives the file from its start; it is closed again
 */
export async function firstPeriod(open: () => Promise<Sheet>): Promise<Period | null> {
  try {
    const sheet = await open();
    try {
      return await periodOfFirstRow(sheet);
    } finally {
      await sheet.close();
    }
  } catch (error) {
    if (error instanceof FileProblem) return null;
    throw error;
  }
}

async function periodOfFirstRow(sheet: Sheet): Promise<Period | null> {
  let header: SheetRecord | null = null;
  for await (const records of sheet.records()) {
    for (const record of records) {
      if (isBlank(record) || isNote(record)) continue;
      if (header === null) header = record;
      else return periodIn(record, header);
    }
  }
  return null;
}

function periodIn(row: SheetRecord, header: SheetRecord): Period | null {
  const at = header.cells.findIndex((cell) => foldWidth(cell).toLowerCase() === 'period');
  return parsePeriod(foldWidth(row.cells[at] ?? '').toUpperCase());
}
