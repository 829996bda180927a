/**
 * The text cells of a row that need no folding, from their bytes: what `SubjectReader` makes of them, where it has nothing
 * to fold and nothing to report. Anything else is not plain.
 */
import { type Issue, isUsccAt, type SubjectScheme, type SubmissionPlace } from '@tanxiao/contracts';

import type { Form, SubjectColumn } from '../form';
import { type Header, textPositions } from '../sheet/header';
import { Report } from './report';
import { LOCAL_ID, NAME_CHARACTERS, SubjectReader } from './subject-fields';

/** By column of the file; an entry more stands for columns that are not there, and is empty. */
export interface TextCells {
  readonly start: Int32Array;
  readonly end: Int32Array;
}

const USCC_CHARACTERS = 18;
const SPACE = 0x20;
const DELETE = 0x7f;

/** As many as are worth remembering: a city has some hundred places where factories stand. */
const KNOWN_PLACES = 20_000;

/** Only asked whether there is anything. */
class AnyIssue extends Report {
  protected where(): Pick<Issue, 'row'> {
    return {};
  }
}

export class PlainCells {
  private readonly subjectReader: SubjectReader;
  private readonly admitted: Readonly<Record<SubjectScheme, boolean>>;
  private readonly at: Readonly<Record<SubjectColumn, number>>;
  private readonly places = new Map<string, SubmissionPlace>();

  constructor(form: Form, header: Header) {
    this.subjectReader = new SubjectReader(form);
    const admits = (scheme: SubjectScheme): boolean => form.identifiers.includes(scheme);
    this.admitted = { uscc: admits('uscc'), local: admits('local') };
    this.at = textPositions(header, header.width);
  }

  /** By what the row is identified; null where that is not plain. */
  scheme(bytes: Buffer, { start, end }: TextCells): SubjectScheme | null {
    const { uscc, local_id: local } = this.at;
    const usccBytes = end[uscc]! - start[uscc]!;
    const localBytes = end[local]! - start[local]!;
    if (usccBytes > 0 && localBytes > 0) return null;
    if (usccBytes > 0)
      return this.admitted.uscc && usccBytes === USCC_CHARACTERS && isUsccAt(bytes, start[uscc]!)
        ? 'uscc'
        : null;
    const admitted = this.admitted.local && localBytes > 0;
    return admitted && LOCAL_ID.test(textOf(bytes, { start, end }, local)) ? 'local' : null;
  }

  /** A text of its own. */
  code(bytes: Buffer, texts: TextCells, scheme: SubjectScheme): string {
    return textOf(bytes, texts, scheme === 'uscc' ? this.at.uscc : this.at.local_id);
  }

  /** As written, byte for byte. */
  period(bytes: Buffer, texts: TextCells): string {
    return textOf(bytes, texts, this.at.period);
  }

  /** Null where there is none; undefined where it is not plain. */
  name(bytes: Buffer, { start, end }: TextCells): string | null | undefined {
    const from = start[this.at.name]!;
    const to = end[this.at.name]!;
    if (from === to) return null;
    if (to - from > NAME_CHARACTERS || !isPlainText(bytes, from, to)) return undefined;
    return bytes.toString('utf8', from, to);
  }

  place(bytes: Buffer, texts: TextCells): SubmissionPlace | null {
    const { region_code: region, industry_classification: classification } = this.at;
    const { industry_code: industry } = this.at;
    const key = this.placeKey(bytes, texts);
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const cell = (column: number): string =>
      bytes.toString('utf8', texts.start[column], texts.end[column]);
    const report = new AnyIssue();
    const place = this.subjectReader.place(
      {
        region_code: cell(region),
        industry_classification: cell(classification),
        industry_code: cell(industry),
      },
      report,
    );
    if (place === null || report.issues.length > 0) return null;
    if (this.places.size >= KNOWN_PLACES) this.places.clear();
    this.places.set(key, place);
    return place;
  }

  /** The bytes of the three cells; as they stand where they are neighbours, as in a template. */
  private placeKey(bytes: Buffer, texts: TextCells): string {
    const { region_code: region, industry_classification: classification } = this.at;
    const { industry_code: industry } = this.at;
    if (classification === region + 1 && industry === classification + 1)
      return bytes.toString('latin1', texts.start[region], texts.end[industry]);
    const cell = (column: number): string => textOf(bytes, texts, column);
    return `${cell(region)}\n${cell(classification)}\n${cell(industry)}`;
  }
}

/** Of a cell of ASCII; of any other it is no text, but still tells it from others. */
function textOf(bytes: Buffer, { start, end }: TextCells, column: number): string {
  return bytes.toString('latin1', start[column], end[column]);
}

/** Nothing to trim, and no character that cannot be seen: see `text-folding.ts`. Some that are neither are left out too. */
function isPlainText(bytes: Buffer, from: number, to: number): boolean {
  if (bytes[from] === SPACE || bytes[to - 1] === SPACE) return false;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte < SPACE || byte === DELETE) return false;
    // The lead bytes of U+0080 to U+00BF and of U+1000 to U+2FFF, and what begins as U+3000 and U+FEFF do.
    if (byte === 0xc2 || byte === 0xe1 || byte === 0xe2) return false;
    if (byte === 0xe3 && bytes[at + 1] === 0x80) return false;
    if (byte === 0xef && bytes[at + 1] === 0xbb) return false;
  }
  return true;
}
