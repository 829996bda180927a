/** The rows of a worksheet as text: what a person sees at full precision, not what a cell's format hides. */
import { decimalText } from '@tanxiao/contracts';

import { plainNumber } from '../fields/quantity-text';
import { FileProblem } from '../file-problem';
import type { SheetLimits } from '../sheet/limits';
import type { SheetRecord } from '../sheet/sheet-types';
import { withoutEscapes } from './parts';
import { attributeOf, type XmlEvents } from './xml-scanner';

export interface CellTexts {
  readonly shared: readonly string[];
  /** By the cell's format number. */
  readonly dates: readonly boolean[];
  readonly date1904: boolean;
}

/** Columns and rows of the largest spreadsheet there is. */
const LAST_COLUMN = 16_384;
const LAST_ROW = 1_048_576;

/** Gathers rows from the scanner's events; `take` hands over those complete so far. */
export class WorksheetRows implements XmlEvents {
  private rows: SheetRecord[] = [];
  private row = 0;
  private column = 0;
  private cells: string[] = [];
  private type = '';
  private format = 0;
  private value = '';
  private depth: 'value' | 'text' | null = null;
  private phonetic = 0;
  private ended = false;

  constructor(
    private readonly texts: CellTexts,
    private readonly limits: SheetLimits,
    private readonly part: string,
  ) {}

  take(): SheetRecord[] {
    const rows = this.rows;
    this.rows = [];
    return rows;
  }

  /** @throws FileProblem where the worksheet's end was not seen */
  finish(): void {
    if (!this.ended) throw this.damaged();
  }

  open(name: string, text: string): void {
    if (name === 'c') this.openCell(text);
    else if (name === 'row') this.openRow(attributeOf(text, 'r'));
    else if (name === 'v') this.depth = 'value';
    else if (name === 't') this.depth = 'text';
    else if (name === 'rPh') this.phonetic += 1;
  }

  text(text: string): void {
    if (this.depth !== null && this.phonetic === 0) this.value += text;
  }

  close(name: string): void {
    if (name === 'c') this.closeCell();
    else if (name === 'row') this.closeRow();
    else if (name === 'v' || name === 't') this.depth = null;
    else if (name === 'rPh') this.phonetic -= 1;
    else if (name === 'worksheet') this.ended = true;
  }

  private openRow(reference: string | undefined): void {
    const row = reference === undefined ? this.row + 1 : Number(reference);
    // Rows ascend; anything else is a file that no spreadsheet program wrote.
    if (!Number.isInteger(row) || row <= this.row || row > LAST_ROW) throw this.damaged();
    this.row = row;
    this.column = 0;
    this.cells = [];
  }

  private openCell(attributes: string): void {
    const reference = attributeOf(attributes, 'r');
    const column = reference === undefined ? this.column + 1 : columnOf(reference);
    if (column <= this.column || column > LAST_COLUMN) throw this.damaged();
    this.column = column;
    this.type = attributeOf(attributes, 't') ?? 'n';
    this.format = Number(attributeOf(attributes, 's') ?? 0);
    this.value = '';
  }

  private closeCell(): void {
    const text = this.cellText();
    if (text === '') return;
    if (this.column > this.limits.columns) {
      throw new FileProblem('too-many-columns', { limit: String(this.limits.columns) });
    }
    while (this.cells.length < this.column - 1) this.cells.push('');
    this.cells.push(text);
  }

  private closeRow(): void {
    if (this.cells.length > 0) this.rows.push({ row: this.row, cells: this.cells });
  }

  private cellText(): string {
    switch (this.type) {
      case 's': {
        if (this.value === '') return '';
        const text = this.texts.shared[Number(this.value)];
        if (text === undefined) throw this.damaged();
        return text;
      }
      case 'inlineStr':
      case 'str':
        return withoutEscapes(this.value);
      case 'b':
        return this.value === '1' ? 'TRUE' : this.value === '' ? '' : 'FALSE';
      case 'e':
      case 'd':
        return this.value;
      default:
        return this.numberText();
    }
  }

  private numberText(): string {
    const plain = plainNumber(this.value);
    const isDate = this.texts.dates[this.format] === true;
    // Most numbers: short, plain, and with a notation of their own that needs no exponent.
    if (!isDate && (plain === 0 || plain >= 1e-6)) return String(plain);
    if (this.value.trim() === '') return '';
    const value = Number(this.value);
    if (!Number.isFinite(value)) throw this.damaged();
    if (isDate) return dateText(value, this.texts.date1904);
    // A spreadsheet computes in doubles and shows 15 digits: 0.1 + 0.2 is 0.3 there, and so it is here.
    return decimalText(Number(value.toPrecision(15)));
  }

  private damaged(): FileProblem {
    return new FileProblem('xlsx-damaged', { part: `${this.part}, row ${this.row}` });
  }
}

/** "AB12" → 28; 0 where the reference has no letters. */
function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length && i < 8; i++) {
    const letter = reference.charCodeAt(i) & 0xdf;
    if (letter < 0x41 || letter > 0x5a) break;
    column = column * 26 + letter - 0x40;
  }
  return column;
}

const DAY_MS = 86_400_000;

/** The day as ISO 8601, with the time where there is one: no quantity, so that a column rejects it by what was seen. */
function dateText(serial: number, date1904: boolean): string {
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const date = new Date(epoch + Math.round(serial * DAY_MS));
  if (Number.isNaN(date.getTime())) return `date ${serial}`;
  const text = date.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19);
}
