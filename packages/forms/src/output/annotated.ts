/**
 * Gives an uploaded file back with its errors beside the rows: two columns more, in both languages, named `x_…` so that
 * the file can be mended and sent again as it is. XLSX also gets coloured cells with notes. Streamed in both formats.
 */
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';

import { type Issue, issueTexts, readDecimal, type UploadFormat } from '@tanxiao/contracts';

import { foldWidth } from '../fields/text-folding';
import type { Form } from '../form';
import { isBlank, isNote } from '../sheet/header';
import type { Sheet, SheetRecord } from '../sheet/sheet-types';
import { CSV_BOM, csvLine, harmlessText } from './csv-line';

export const ERROR_COLUMNS = ['x_errors_zh', 'x_errors_en'] as const;

/** Issues in the order of their rows; those without a row are passed over. */
export type IssuesByRow = AsyncIterable<Issue> | Iterable<Issue>;

export interface AnnotateOptions {
  /** The format to write; that of the original where it is left out. */
  readonly format?: UploadFormat;
}

export function writeAnnotated(
  form: Form,
  original: Sheet,
  issues: IssuesByRow,
  options: AnnotateOptions = {},
): AsyncGenerator<Buffer> {
  return (options.format ?? original.format) === 'csv'
    ? annotatedCsv(original, issues)
    : annotatedXlsx(form, original, issues);
}

interface AnnotatedRow {
  readonly kind: 'header' | 'note' | 'data';
  readonly record: SheetRecord;
  readonly issues: readonly Issue[];
  /** Columns of the header, error columns of an earlier round left out. */
  readonly kept: readonly number[];
}

/** Rows in order, each with its issues; notes and blank rows too, so that row numbers stay what they were. */
async function* annotatedRows(
  original: Sheet,
  issues: IssuesByRow,
): AsyncGenerator<AnnotatedRow[]> {
  const queue = new IssueQueue(issues);
  let kept: number[] | null = null;
  for await (const records of original.records()) {
    const rows: AnnotatedRow[] = [];
    for (const record of records) {
      const note = isBlank(record) || isNote(record);
      if (!note && kept === null) {
        kept = keptColumns(record);
        rows.push({ kind: 'header', record, issues: [], kept });
      } else {
        const own = await queue.of(record.row);
        const all = record.cells.map((_, index) => index);
        rows.push({ kind: note ? 'note' : 'data', record, issues: own, kept: kept ?? all });
      }
    }
    yield rows;
  }
}

function keptColumns(header: SheetRecord): number[] {
  return header.cells.flatMap((cell, index) =>
    ERROR_COLUMNS.some((name) => name === foldWidth(cell).toLowerCase()) ? [] : [index],
  );
}

class IssueQueue {
  private readonly iterator: AsyncIterator<Issue> | Iterator<Issue>;
  private next: Issue | null | undefined = undefined;

  constructor(issues: IssuesByRow) {
    this.iterator =
      Symbol.asyncIterator in issues ? issues[Symbol.asyncIterator]() : issues[Symbol.iterator]();
  }

  /** The issues of a row; rows are asked for in ascending order. */
  async of(row: number): Promise<Issue[]> {
    const found: Issue[] = [];
    for (;;) {
      if (this.next === undefined) {
        const result = await this.iterator.next();
        this.next = result.done === true ? null : result.value;
      }
      if (this.next === null || (this.next.row ?? 0) > row) return found;
      if (this.next.row === row) found.push(this.next);
      this.next = undefined;
    }
  }
}

interface ErrorTexts {
  readonly zh: string;
  readonly en: string;
}

function errorTexts(issues: readonly Issue[]): ErrorTexts {
  const texts = issues.map((issue) => issueTexts(issue));
  return {
    zh: harmlessText(texts.map(({ message, hint }) => `${message.zh}（${hint.zh}）`).join('；')),
    en: harmlessText(texts.map(({ message, hint }) => `${message.en} (${hint.en})`).join('; ')),
  };
}

async function* annotatedCsv(original: Sheet, issues: IssuesByRow): AsyncGenerator<Buffer> {
  yield Buffer.from(CSV_BOM);
  // A workbook leaves blank rows out; in its CSV they are written again.
  let written = 0;
  for await (const rows of annotatedRows(original, issues)) {
    let text = '';
    for (const { kind, record, kept, issues: own } of rows) {
      for (written += 1; written < record.row; written++) text += '\r\n';
      const cells = kept.map((index) => record.cells[index] ?? '');
      // Cells that the header has no column for are not lost.
      if (kind === 'data') cells.push(...extraCells(record, kept));
      const errors = errorTexts(own);
      if (kind === 'header') cells.push(...ERROR_COLUMNS);
      else if (kind === 'data') cells.push(errors.zh, errors.en);
      text += csvLine(cells, '\r\n');
    }
    yield Buffer.from(text);
  }
}

/** Cells right of the header's last column, where the row is wider than the header: they follow the kept ones. */
function extraCells(record: SheetRecord, kept: readonly number[]): string[] {
  const last = kept.at(-1) ?? -1;
  const extra = record.cells.slice(last + 1 + ERROR_COLUMNS.length);
  return extra.some((cell) => cell.trim() !== '') ? extra : [];
}

const ERROR_FILL = {
  type: 'pattern',
  pattern: 'solid',
  fgColor: { argb: 'FFFFC7CE' },
} as const;

/** Notes are drawings, kept in memory until the file's end; after so many, cells are only coloured. */
const MOST_NOTES = 5000;

async function* annotatedXlsx(
  form: Form,
  original: Sheet,
  issues: IssuesByRow,
): AsyncGenerator<Buffer> {
  const output = new PassThrough();
  const writing = writeWorkbook(form, original, issues, output).catch((error: unknown) => {
    output.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    for await (const chunk of output as AsyncIterable<Buffer>) yield chunk;
  } finally {
    output.destroy();
  }
  await writing;
}

async function writeWorkbook(
  form: Form,
  original: Sheet,
  issues: IssuesByRow,
  output: PassThrough,
): Promise<void> {
  const { stream } = (await import('exceljs')).default;
  const workbook = new stream.xlsx.WorkbookWriter({ stream: output, useStyles: true });
  const sheet = workbook.addWorksheet('填报 Data');
  const inputs = new Set(form.inputs.map(({ name }) => name));
  let names: string[] = [];
  let notes = 0;
  for await (const rows of annotatedRows(original, issues)) {
    for (const { kind, record, kept, issues: own } of rows) {
      const row = sheet.getRow(record.row);
      if (kind === 'header') names = kept.map((index) => foldWidth(record.cells[index] ?? ''));
      const errors = errorTexts(own);
      const cells = kept.map((index) => record.cells[index] ?? '');
      cells.forEach((text, at) => {
        if (text === '') return;
        const cell = row.getCell(at + 1);
        cell.value =
          kind === 'data' && inputs.has(names[at]!.toLowerCase()) ? numberOr(text) : text;
        if (typeof cell.value === 'string') cell.numFmt = '@';
      });
      const added =
        kind === 'header' ? ERROR_COLUMNS : kind === 'data' ? [errors.zh, errors.en] : [];
      added.forEach((text, at) => {
        if (text !== '') row.getCell(names.length + at + 1).value = text;
      });
      for (const [at, text] of offendingCells(own, names)) {
        const cell = row.getCell(at + 1);
        cell.fill = ERROR_FILL;
        if (notes++ < MOST_NOTES) cell.note = text;
      }
      row.commit();
    }
    // The writer has no backpressure of its own: let what it wrote drain.
    await setImmediate();
    if (output.destroyed) return;
  }
  sheet.commit();
  await workbook.commit();
}

/** A plain number as such, so that the sheet can still be calculated with; anything else as it was typed. */
function numberOr(text: string): string | number {
  const reading = readDecimal(text);
  return reading.ok ? reading.value : text;
}

/** Position of each cell that an issue names, with all that is wrong with it. */
function offendingCells(issues: readonly Issue[], names: readonly string[]): Map<number, string> {
  const cells = new Map<number, string>();
  for (const issue of issues) {
    const { message } = issueTexts(issue);
    const columns =
      (issue.column === undefined ? undefined : [issue.column]) ??
      issue.params?.inputs?.split(' ') ??
      [];
    for (const column of columns) {
      const at = names.findIndex((name) => name.toLowerCase() === column);
      if (at < 0) continue;
      const before = cells.get(at);
      const text = `${message.zh}\n${message.en}`;
      cells.set(at, before === undefined ? text : `${before}\n${text}`);
    }
  }
  return cells;
}
