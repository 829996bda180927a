/** A file of rows, whatever its format: opened once, read as records that keep the numbers a spreadsheet shows. */
import { createReadStream } from 'node:fs';

import type { UploadFormat } from '@tanxiao/contracts';

import { csvRecords } from '../csv/csv-records';
import type { ByteSource } from '../csv/text-encoding';
import { openWorkbook } from '../xlsx/workbook';
import { DEFAULT_LIMITS, type SheetLimits } from './limits';

/** One row as it stands in the file: cells as text, not trimmed, missing ones at the end left out. */
export interface SheetRecord {
  /** 1-based, as a spreadsheet program numbers rows. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** A path can be read any number of times; a stream once. */
export type SheetSource = { readonly path: string } | ByteSource;

export interface Sheet {
  readonly format: UploadFormat;
  readonly limits: SheetLimits;
  /** Every row of the file from the first, in batches; blank rows may be left out. @throws FileProblem */
  records(): AsyncGenerator<readonly SheetRecord[]>;
  /** Removes what was spooled. Needed only where the records aren't read to their end. */
  close(): Promise<void>;
}

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
  return {
    format,
    limits: all,
    records: () => csvRecords('path' in source ? createReadStream(source.path) : source, all),
    close: () => Promise.resolve(),
  };
}
