/** A row of a file as a submission, or as all the issues it has. */
import type { Issue, SubjectScheme, ValidSubmission } from '@tanxiao/contracts';

import { plainNumber } from './fields/quantity-text';
import { type Place, Report } from './fields/report';
import { SubjectReader, type SubjectTexts } from './fields/subject-fields';
import { foldWidth } from './fields/text-folding';
import type { Form, FormColumn, SubjectColumn } from './form';
import { type Header, textPositions } from './sheet/header';
import type { Sheet, SheetRecord } from './sheet/sheet-types';
import { addFailedChecks, readInput } from './validate-item';

/** `key` is what a rejected row said of itself, as written, so that it can be named in a list. */
export type RowReading =
  | { readonly row: number; readonly submission: ValidSubmission }
  | { readonly row: number; readonly issues: readonly Issue[]; readonly key: RowKey };

export interface RowKey {
  readonly uscc: string;
  readonly localId: string;
  readonly name: string;
  readonly period: string;
  readonly regionCode: string;
  readonly industryClassification: string;
  readonly industryCode: string;
}

class RowReport extends Report {
  constructor(private readonly row: number) {
    super();
  }

  protected where(place: Place): Pick<Issue, 'row' | 'column'> {
    return place === null ? { row: this.row } : { row: this.row, column: place.name };
  }

  addOutsideForm(issue: Issue): void {
    this.issues.push({ ...issue, row: this.row });
  }
}

/** Where a subject and period were first seen: subjects appear once a file. */
export class SeenSubjects {
  /** By scheme and period, by code. */
  private readonly rows = new Map<string, Map<string, number>>();

  /** Row of the first, or null where this is it. */
  first({ subject, period }: Pick<ValidSubmission, 'subject' | 'period'>, row: number) {
    // A copy: the code may be a part of a text of a megabyte, which would stay with it.
    const code = Buffer.from(subject.code).toString();
    return firstIn(this.of(subject.scheme, period), code, row);
  }

  /** For {@link firstIn}. */
  of(scheme: SubjectScheme, period: string): Map<string, number> {
    const key = `${scheme} ${period}`;
    const known = this.rows.get(key) ?? new Map<string, number>();
    this.rows.set(key, known);
    return known;
  }
}

/** @param code a text of its own, which is kept */
export function firstIn(rows: Map<string, number>, code: string, row: number): number | null {
  const first = rows.get(code);
  if (first !== undefined) return first;
  rows.set(code, row);
  return null;
}

export class RowReader {
  private readonly subjectReader: SubjectReader;
  private readonly seen: SeenSubjects;
  /** Of rows that state none. */
  private readonly period: string | null;
  private readonly sheet: Pick<Sheet, 'format' | 'limits'>;
  /** Position of each text column in the file, -1 where it has none. */
  private readonly textAt: Readonly<Record<SubjectColumn, number>>;
  private readonly inputColumns: readonly { readonly at: number; readonly column: FormColumn }[];

  constructor(
    private readonly form: Form,
    private readonly header: Header,
    of: {
      readonly period: string | null;
      readonly sheet: Pick<Sheet, 'format' | 'limits'>;
      readonly seen: SeenSubjects;
    },
  ) {
    this.period = of.period;
    this.sheet = of.sheet;
    this.seen = of.seen;
    this.subjectReader = new SubjectReader(form);
    this.textAt = textPositions(header, -1);
    this.inputColumns = header.columns.flatMap((column, index) =>
      column?.role === 'input' ? [{ at: index, column }] : [],
    );
  }

  read(record: SheetRecord): RowReading {
    const report = new RowReport(record.row);
    const cells = this.checkedCells(record, report);
    const texts = this.texts(cells);
    const fields = this.subjectReader.read(texts, report);
    const period = this.periodOf(cells);
    const reading = period === '' ? null : this.form.period(period);
    if (reading === null) report.add('required', this.columnOf('period'), null);
    else if (!reading.ok) report.add(reading.code, this.columnOf('period'), period, reading.params);

    const before = report.issues.length;
    const inputs = this.inputs(cells, report);
    if (reading?.ok === true && report.issues.length === before) {
      addFailedChecks(reading.plan, inputs, report);
    }
    if (fields !== null && reading?.ok === true) {
      const first = this.seen.first({ subject: fields.subject, period }, record.row);
      if (first !== null) {
        report.add(
          'duplicate-subject',
          this.columnOf(fields.subject.scheme === 'uscc' ? 'uscc' : 'local_id'),
          fields.subject.code,
          {
            firstRow: String(first),
          },
        );
      }
      if (report.issues.length === 0) {
        return { row: record.row, submission: { ...fields, period, inputs } };
      }
    }
    return { row: record.row, issues: report.issues, key: keyOf(texts, period) };
  }

  /** The record's cells; where its shape is wrong that is reported, and cells too long are taken as blank. */
  private checkedCells(record: SheetRecord, report: RowReport): readonly string[] {
    const { cells } = record;
    const { width } = this.header;
    if (cells.length !== width && !this.fitsHeader(cells)) {
      report.addOutsideForm({
        code: 'row-width',
        seen: String(cells.length),
        params: { expected: String(width) },
      });
    }
    const { cellCharacters } = this.sheet.limits;
    for (const cell of cells) {
      if (cell.length > cellCharacters) return this.withoutLongCells(cells, report);
    }
    return cells;
  }

  /** A spreadsheet may write blanks beyond the header; only a workbook may leave cells out at a row's end. */
  private fitsHeader(cells: readonly string[]): boolean {
    const { width } = this.header;
    if (cells.length < width) return this.sheet.format === 'xlsx';
    return cells.slice(width).every((cell) => cell.trim() === '');
  }

  private withoutLongCells(cells: readonly string[], report: RowReport): string[] {
    const { cellCharacters } = this.sheet.limits;
    return cells.map((cell, index) => {
      if (cell.length <= cellCharacters) return cell;
      const column = this.header.columns[index] ?? null;
      const title = column?.title.zh ?? String(index + 1);
      report.addOutsideForm({
        code: 'text-too-long',
        ...(column ? { column: column.name } : {}),
        seen: cell.slice(0, 100),
        params: {
          title,
          titleEn: column?.title.en ?? title,
          maximum: String(cellCharacters),
        },
      });
      return '';
    });
  }

  private texts(cells: readonly string[]): SubjectTexts {
    const at = this.textAt;
    return {
      uscc: cells[at.uscc] ?? null,
      local_id: cells[at.local_id] ?? null,
      name: cells[at.name] ?? null,
      region_code: cells[at.region_code] ?? null,
      industry_classification: cells[at.industry_classification] ?? null,
      industry_code: cells[at.industry_code] ?? null,
    };
  }

  private periodOf(cells: readonly string[]): string {
    const own = foldWidth(cells[this.textAt.period] ?? '').toUpperCase();
    return own === '' ? (this.period ?? '') : own;
  }

  private columnOf(role: SubjectColumn): FormColumn {
    return this.form.columns.find((column) => column.role === role)!;
  }

  private inputs(cells: readonly string[], report: RowReport): (number | null)[] {
    const inputs = new Array<number | null>(this.form.inputs.length).fill(null);
    for (const { at, column } of this.inputColumns) {
      const cell = cells[at];
      if (cell === undefined || cell === '') continue;
      // NaN, which is what anything but a plain number reads as, passes neither limit.
      const value = column.options ? NaN : plainNumber(cell);
      inputs[column.input] =
        value >= (column.minimum ?? 0) && value <= (column.maximum ?? Infinity)
          ? value
          : readInput(column, cell, report);
    }
    return inputs;
  }
}

function keyOf(texts: SubjectTexts, period: string): RowKey {
  const kept = (text: string | null): string => (text ?? '').slice(0, 100);
  return {
    uscc: kept(texts.uscc),
    localId: kept(texts.local_id),
    name: kept(texts.name),
    period: period.slice(0, 100),
    regionCode: kept(texts.region_code),
    industryClassification: kept(texts.industry_classification),
    industryCode: kept(texts.industry_code),
  };
}
