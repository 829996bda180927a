/** A file of rows, whatever its format: opened once, read as records that keep the numbers a spreadsheet shows. */
import { createReadStream } from 'node:fs';

import type { UploadFormat } from '@tanxiao/contracts';

import { csvPieces, csvRecords } from '../csv/csv-records';
import { openWorkbook } from '../xlsx/workbook';
import { DEFAULT_LIMITS, type SheetLimits } from './limits';
import type { Sheet, SheetSource } from './sheet-types';

/**
 * Opens a file. A CSV stream is read as it comes; an XLSX stream is spooled to a temporary file first, because the
 * table of contents of a zip stands at its end.
 * @throws FileProblem where the file is no workbook (CSV: once its records are read)
 */
export async function openSheet(
  source: SheetSource,
  format: UploadFormat,
  limits: Partial<SheetLimits> = {},
): Promise<Sheet> {
  const all = { ...DEFAULT_LIMITS, ...limits };
  if (format === 'xlsx') return openWorkbook(source, all);
  const bytes = () => ('path' in source ? createReadStream(source.path) : source);
  return {
    format,
    limits: all,
    records: () => csvRecords(bytes(), all),
    pieces: () => csvPieces(bytes(), all),
    close: () => Promise.resolve(),
  };
}
