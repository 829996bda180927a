/**
 * Reads a CSV's line from its bytes, without a text or an object a cell: a row whose cells are all in order takes a
 * quarter of the time. Whatever is not plain (a blank to fold, a number in words, an error) is left to `RowReader`, which
 * reads the same line from the start: what is taken here must be what that one would take.
 */
import type { SubjectScheme } from '@tanxiao/contracts';
import { type SureOfChecks, sureOfChecks } from '@tanxiao/rulebook';

import type { Delimiter } from './csv/delimiter';
import { PlainCells, type TextCells } from './fields/plain-cells';
import type { Form } from './form';
import { firstIn, type SeenSubjects } from './row-reader';
import type { Header } from './sheet/header';
import type { SheetLimits } from './sheet/limits';
import type { SubmissionBlock } from './submission-block';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const POINT = 0x2e;
const ZERO = 0x30;
/** As `plainNumber`: so many characters are below 2^53 without their point, and a quotient by a power of ten is exact. */
const NUMBER_CHARACTERS = 15;
const POWERS_OF_TEN = Array.from({ length: NUMBER_CHARACTERS + 1 }, (_, k) => 10 ** k);

export const NOT_PLAIN = -1;

/** A period that rows name, once it is known to be one of this form. */
interface KnownPeriod {
  readonly id: string;
  readonly sure: SureOfChecks;
  readonly seen: Readonly<Record<SubjectScheme, Map<string, number>>>;
}

export class PlainRowReader {
  private readonly cells: PlainCells;
  /** By column of the file: the form's input; −1: a text or nothing that is read. */
  private readonly inputOf: Int32Array;
  private readonly minimum: Float64Array;
  private readonly maximum: Float64Array;
  /** By column of the file: where each text cell begins and ends; the last place is for columns that are not there. */
  private readonly texts: TextCells;
  private readonly periods = new Map<string, KnownPeriod | null>();
  private readonly period: KnownPeriod | null;
  private readonly seen: SeenSubjects;
  private readonly cellBytes: number;

  constructor(
    private readonly form: Form,
    private readonly header: Header,
    of: {
      readonly period: string | null;
      readonly limits: SheetLimits;
      readonly seen: SeenSubjects;
    },
  ) {
    this.seen = of.seen;
    this.cellBytes = of.limits.cellCharacters;
    const { columns, width } = header;
    this.inputOf = Int32Array.from(columns, (column) => column?.input ?? -1);
    // Options are texts: no number lies within these limits.
    this.minimum = Float64Array.from(columns, (c) => (c?.options ? NaN : (c?.minimum ?? 0)));
    this.maximum = Float64Array.from(columns, (column) => column?.maximum ?? Infinity);
    this.texts = { start: new Int32Array(width + 1), end: new Int32Array(width + 1) };
    this.cells = new PlainCells(form, header);
    this.period = of.period === null ? null : this.knownPeriod(of.period);
  }

  /** Where the next line begins; `NOT_PLAIN` where this one is not: then nothing of it was taken. */
  read(
    bytes: Buffer,
    start: number,
    of: { readonly delimiter: Delimiter; readonly row: number; readonly into: SubmissionBlock },
  ): number {
    if (!mayBeginRow(bytes[start]!)) return NOT_PLAIN;
    const next = this.readCells(bytes, start, of);
    if (next !== NOT_PLAIN && this.endRow(bytes, of)) return next;
    of.into.clear();
    return NOT_PLAIN;
  }

  private readCells(
    bytes: Buffer,
    start: number,
    { delimiter, into }: { readonly delimiter: Delimiter; readonly into: SubmissionBlock },
  ): number {
    const { inputOf, minimum, maximum, texts } = this;
    const { width } = this.header;
    const separator = delimiter.charCodeAt(0);
    let at = start;
    for (let column = 0; ; column++) {
      if (column === width) return NOT_PLAIN;
      const from = at;
      let byte = bytes[at]!;
      const input = inputOf[column]!;
      if (input >= 0) {
        let digits = 0;
        let number = 0;
        let wholeDigits = -1;
        for (; ; byte = bytes[++at]!) {
          const digit = byte - ZERO;
          if (digit >= 0 && digit <= 9) {
            number = number * 10 + digit;
            digits += 1;
          } else if (byte === POINT && wholeDigits < 0) wholeDigits = digits;
          else break;
        }
        if (at > from) {
          if (digits === 0 || at - from > NUMBER_CHARACTERS) return NOT_PLAIN;
          const value = wholeDigits < 0 ? number : number / POWERS_OF_TEN[digits - wholeDigits]!;
          if (!(value >= minimum[column]! && value <= maximum[column]!)) return NOT_PLAIN;
          into.set(input, value);
        }
        if (byte !== separator && byte !== LINE_FEED && byte !== CARRIAGE_RETURN) return NOT_PLAIN;
      } else {
        while (byte !== separator && byte !== LINE_FEED && byte !== CARRIAGE_RETURN)
          byte = bytes[++at]!;
        if (at - from > this.cellBytes) return NOT_PLAIN;
        texts.start[column] = from;
        texts.end[column] = at;
      }
      at += 1;
      if (byte === separator) continue;
      if (column !== width - 1) return NOT_PLAIN;
      return byte === CARRIAGE_RETURN && bytes[at] === LINE_FEED ? at + 1 : at;
    }
  }

  private endRow(
    bytes: Buffer,
    { row, into }: { readonly row: number; readonly into: SubmissionBlock },
  ): boolean {
    const { cells, texts } = this;
    const period = this.periodOf(bytes);
    if (period === null) return false;
    const place = cells.place(bytes, texts);
    if (place === null) return false;
    const name = cells.name(bytes, texts);
    if (name === undefined) return false;
    const scheme = cells.scheme(bytes, texts);
    if (scheme === null) return false;
    const { inputs, row: position } = into.filling;
    if (!period.sure(inputs, position)) return false;
    const code = cells.code(bytes, texts, scheme);
    if (firstIn(period.seen[scheme], code, row) !== null) return false;
    into.end(row, { scheme, code, name, period: period.id, place });
    return true;
  }

  private periodOf(bytes: Buffer): KnownPeriod | null {
    const text = this.cells.period(bytes, this.texts);
    if (text === '') return this.period;
    let known = this.periods.get(text);
    if (known === undefined) {
      known = this.knownPeriod(text);
      // Only those that are one, which are few.
      if (known !== null) this.periods.set(text, known);
    }
    return known;
  }

  private knownPeriod(id: string): KnownPeriod | null {
    const reading = this.form.period(id);
    if (!reading.ok) return null;
    const seen = { uscc: this.seen.of('uscc', id), local: this.seen.of('local', id) };
    return { id, sure: sureOfChecks(reading.plan), seen };
  }
}

/** Neither a blank nor a note's mark: no row that is passed over begins so. */
function mayBeginRow(byte: number): boolean {
  if (byte < 0x80) return byte > 0x23 || byte === 0x21;
  // Lead bytes of blanks that are trimmed; Chinese characters have E4 to E9.
  return byte > 0xe3 && byte < 0xef;
}

/** The line break at or after a place, and what follows it. */
export function lineEndFrom(
  bytes: Buffer,
  start: number,
): { readonly at: number; readonly next: number } {
  let at = start;
  while (bytes[at] !== LINE_FEED && bytes[at] !== CARRIAGE_RETURN) at++;
  const two = bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED;
  return { at, next: at + (two ? 2 : 1) };
}
