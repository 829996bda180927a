/** Reads the package's CSV files into rows of text, and cells into the types the loaders need. */
import { parse } from 'csv-parse/sync';

import { StandardsDataError } from './data-error';
import { isStatus, type Status } from './status';

export type CsvRow<Column extends string> = Readonly<Record<Column, string>>;

/**
 * The rows of a CSV text whose header must be exactly `columns`, in that order: a column that moved or was renamed
 * is an error here instead of an `undefined` somewhere else.
 */
export function readCsvTable<Column extends string>(
  file: string,
  text: string,
  columns: readonly Column[],
): CsvRow<Column>[] {
  const [header, ...rows] = parse(text, { bom: true, skip_empty_lines: true });
  if (header?.join() !== columns.join()) {
    const seen = header?.join() ?? 'nothing';
    throw new StandardsDataError(file, 'header', `found ${seen}, expected ${columns.join()}`);
  }
  return rows.map(
    (cells) =>
      Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])) as CsvRow<Column>,
  );
}

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** A decimal as text, never a float; `undefined` for an empty cell, which is "none", never zero. */
export function decimalCell(file: string, where: string, text: string): string | undefined {
  if (text === '') return undefined;
  if (!DECIMAL.test(text)) {
    throw new StandardsDataError(file, where, `"${text}" is not a plain decimal number`);
  }
  return text;
}

export function statusCell(file: string, where: string, text: string): Status {
  if (!isStatus(text)) {
    throw new StandardsDataError(
      file,
      where,
      `status "${text}" is not official, reported or assumed`,
    );
  }
  return text;
}

export function flagCell(file: string, where: string, text: string): boolean {
  if (text !== '0' && text !== '1') {
    throw new StandardsDataError(file, where, `"${text}" is neither 0 nor 1`);
  }
  return text === '1';
}

/** One of the `admitted` words. */
export function wordCell<Word extends string>(
  file: string,
  where: string,
  text: string,
  admitted: readonly Word[],
): Word {
  const word = admitted.find((candidate) => candidate === text);
  if (word === undefined) {
    throw new StandardsDataError(file, where, `"${text}" is not one of ${admitted.join(', ')}`);
  }
  return word;
}

/** Indexes rows by a key that must be unique. */
export function indexUnique<Row>(
  file: string,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): ReadonlyMap<string, Row> {
  const index = new Map<string, Row>();
  for (const row of rows) {
    const key = keyOf(row);
    if (index.has(key)) throw new StandardsDataError(file, key, 'stands in the file twice');
    index.set(key, row);
  }
  return index;
}
