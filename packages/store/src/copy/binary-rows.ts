/**
 * PostgreSQL's binary COPY format (https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format"): a header,
 * rows of length-prefixed fields, a trailer. Read and written row by row without an object or a text a row: a million
 * rows are some hundred million bytes.
 */
import { StoreError } from '../errors';

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** Signature, flags, length of the header's extension. */
const HEADER_BYTES = SIGNATURE.length + 8;
const TRAILER_BYTES = 2;
const NULL_LENGTH = -1;
const FLOAT8 = 701;
const INT2 = 21;
const TEXT = 25;
/** Of an array: dimensions, flags, element type, length, lower bound. */
const ARRAY_HEADER_BYTES = 20;

/** Goes through the rows of a COPY TO; every read moves on. A field of another length than asked for is an error. */
export class BinaryRowReader {
  private readonly view: DataView;
  private at = HEADER_BYTES;

  /** @param bytes all of a COPY's output */
  constructor(readonly bytes: Buffer) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw notACopy('signature');
    this.at += this.view.getInt32(HEADER_BYTES - 4);
  }

  /** Whether another row begins here. @throws StoreError `bad-copy` where it has not so many fields */
  next(fields: number): boolean {
    const count = this.view.getInt16(this.at);
    this.at += 2;
    if (count === NULL_LENGTH) return false;
    if (count !== fields) throw notACopy(`${count} fields in place of ${fields}`);
    return true;
  }

  /** Offset of a UUID's 16 bytes; null: NULL. */
  uuid(): number | null {
    return this.fixed(16);
  }

  int(): number {
    const start = this.fixed(4);
    if (start === null) throw notACopy('NULL');
    return this.view.getInt32(start);
  }

  /** The bytes of some fields one after the other, as a key: their lengths are part of it. */
  fieldsKey(count: number): string {
    const start = this.at;
    for (let field = 0; field < count; field++) this.skip();
    return this.bytes.toString('latin1', start, this.at);
  }

  /** The texts behind a {@link fieldsKey}, which begins at its offset. */
  texts(count: number, start: number): string[] {
    let at = start;
    return Array.from({ length: count }, () => {
      const length = this.view.getInt32(at);
      const text = this.bytes.toString('utf8', at + 4, at + 4 + length);
      at += 4 + length;
      return text;
    });
  }

  get offset(): number {
    return this.at;
  }

  /**
   * A float8[] into `columns[target[k]][row]`; elements without a target are left out, NULL becomes NaN.
   * @param target by element: position among the columns; −1: not wanted
   */
  float8s(columns: readonly Float64Array[], target: Int32Array, row: number): void {
    const { view } = this;
    const end = this.at + 4 + view.getInt32(this.at);
    const count = view.getInt32(this.at + 4) === 0 ? 0 : view.getInt32(this.at + 16);
    if (count > target.length) throw notACopy(`${count} inputs in place of ${target.length}`);
    let at = this.at + 4 + ARRAY_HEADER_BYTES;
    for (let k = 0; k < count; k++) {
      const length = view.getInt32(at);
      const to = target[k]!;
      if (length === NULL_LENGTH) {
        at += 4;
        if (to >= 0) columns[to]![row] = NaN;
        continue;
      }
      if (to >= 0) columns[to]![row] = view.getFloat64(at + 4);
      at += 12;
    }
    this.at = end;
  }

  private fixed(bytes: number): number | null {
    const length = this.view.getInt32(this.at);
    const start = this.at + 4;
    if (length === NULL_LENGTH) {
      this.at = start;
      return null;
    }
    if (length !== bytes) throw notACopy(`a field of ${length} bytes in place of ${bytes}`);
    this.at = start + bytes;
    return start;
  }

  private skip(): void {
    const length = this.view.getInt32(this.at);
    this.at += 4 + Math.max(0, length);
  }
}

/**
 * Writes rows for a COPY FROM. Grows as needed; {@link take} ends it. Texts and arrays of values (`text`, `texts`,
 * `numbers`, `smallints`) bring their own room; that of all other fields is said at the row's beginning.
 */
export class BinaryRowWriter {
  private bytes: Buffer;
  private view: DataView;
  private at = 0;
  /** As far as the row goes at most, as its fields are known. */
  private reserved = 0;

  /** @param expectedBytes of all rows; a good guess saves copying */
  constructor(expectedBytes: number) {
    this.bytes = Buffer.allocUnsafe(HEADER_BYTES + TRAILER_BYTES + Math.max(1024, expectedBytes));
    this.view = viewOf(this.bytes);
    SIGNATURE.copy(this.bytes);
    this.view.setInt32(SIGNATURE.length, 0);
    this.view.setInt32(SIGNATURE.length + 4, 0);
    this.at = HEADER_BYTES;
  }

  /** @param maximumBytes of the row, lengths included, but for fields that bring their own room */
  row(fields: number, maximumBytes: number): void {
    this.reserved = this.at;
    this.reserve(2 + maximumBytes);
    this.view.setInt16(this.at, fields);
    this.at += 2;
  }

  null(): void {
    this.view.setInt32(this.at, NULL_LENGTH);
    this.at += 4;
  }

  /** Sixteen bytes of another buffer. */
  uuidFrom(source: Buffer, offset: number): void {
    this.view.setInt32(this.at, 16);
    source.copy(this.bytes, this.at + 4, offset, offset + 16);
    this.at += 20;
  }

  uuid(id: string | null): void {
    if (id === null) return this.null();
    this.view.setInt32(this.at, 16);
    this.bytes.write(id.replaceAll('-', ''), this.at + 4, 16, 'hex');
    this.at += 20;
  }

  text(text: string | null): void {
    if (text === null) return this.null();
    this.reserve(4 + text.length * 3);
    const bytes = this.bytes.write(text, this.at + 4, 'utf8');
    this.view.setInt32(this.at, bytes);
    this.at += 4 + bytes;
  }

  /** A text[] without NULL elements. */
  texts(texts: readonly string[]): void {
    this.reserve(4 + ARRAY_HEADER_BYTES);
    const start = this.arrayHeader(TEXT, texts.length);
    for (const text of texts) this.text(text);
    this.endArray(start, 0);
  }

  /** A field as it stands, length included. */
  encoded(field: Buffer): void {
    field.copy(this.bytes, this.at);
    this.at += field.length;
  }

  int4(value: number): void {
    this.view.setInt32(this.at, 4);
    this.view.setInt32(this.at + 4, value);
    this.at += 8;
  }

  int2(value: number | null): void {
    if (value === null) return this.null();
    this.view.setInt32(this.at, 2);
    this.view.setInt16(this.at + 4, value);
    this.at += 6;
  }

  /** @throws StoreError `not-a-quantity` */
  float8(value: number | null): void {
    if (value === null) return this.null();
    this.view.setInt32(this.at, 8);
    this.view.setFloat64(this.at + 4, finite(value));
    this.at += 12;
  }

  /** A float8[]; null becomes NULL. @throws StoreError `not-a-quantity` */
  numbers(values: readonly (number | null)[]): void {
    this.reserve(4 + ARRAY_HEADER_BYTES + values.length * 12);
    const start = this.arrayHeader(FLOAT8, values.length);
    for (const value of values) this.float8(value);
    this.endArray(start, values.includes(null) ? 1 : 0);
  }

  /** A smallint[]; null becomes NULL. */
  smallints(values: readonly (number | null)[]): void {
    this.reserve(4 + ARRAY_HEADER_BYTES + values.length * 6);
    const start = this.arrayHeader(INT2, values.length);
    for (const value of values) this.int2(value);
    this.endArray(start, values.includes(null) ? 1 : 0);
  }

  /** Row `row` of columns as a float8[]; NaN becomes NULL. */
  float8s(columns: readonly Float64Array[], row: number): void {
    const start = this.arrayHeader(FLOAT8, columns.length);
    const { view } = this;
    let nulls = 0;
    for (const column of columns) {
      const value = column[row]!;
      if (value !== value) {
        view.setInt32(this.at, NULL_LENGTH);
        this.at += 4;
        nulls = 1;
      } else {
        view.setInt32(this.at, 8);
        view.setFloat64(this.at + 4, value);
        this.at += 12;
      }
    }
    this.endArray(start, nulls);
  }

  /** Row `row` of columns as a smallint[]; −1 becomes NULL. */
  int2s(columns: readonly Int8Array[], row: number): void {
    const start = this.arrayHeader(INT2, columns.length);
    const { view } = this;
    let nulls = 0;
    for (const column of columns) {
      const value = column[row]!;
      if (value === -1) {
        view.setInt32(this.at, NULL_LENGTH);
        this.at += 4;
        nulls = 1;
      } else {
        view.setInt32(this.at, 2);
        view.setInt16(this.at + 4, value);
        this.at += 6;
      }
    }
    this.endArray(start, nulls);
  }

  /** The whole, for one COPY FROM. */
  take(): Buffer {
    this.view.setInt16(this.at, NULL_LENGTH);
    return this.bytes.subarray(0, this.at + TRAILER_BYTES);
  }

  private arrayHeader(type: number, length: number): number {
    const start = this.at;
    const { view } = this;
    view.setInt32(start + 4, 1);
    view.setInt32(start + 12, type);
    view.setInt32(start + 16, length);
    view.setInt32(start + 20, 1);
    this.at += 4 + ARRAY_HEADER_BYTES;
    return start;
  }

  private endArray(start: number, nulls: number): void {
    this.view.setInt32(start + 8, nulls);
    this.view.setInt32(start, this.at - start - 4);
  }

  private reserve(bytes: number): void {
    this.reserved += bytes;
    const needed = this.reserved + TRAILER_BYTES;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, needed));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
    this.view = viewOf(larger);
  }
}

/** A text as a field. */
export function textField(text: string): Buffer {
  const field = Buffer.alloc(4 + Buffer.byteLength(text));
  field.writeInt32BE(field.length - 4);
  field.write(text, 4);
  return field;
}

/** A UUID as a field. */
export function uuidField(id: string | null): Buffer {
  if (id === null) return Buffer.from([0xff, 0xff, 0xff, 0xff]);
  return Buffer.concat([Buffer.from([0, 0, 0, 16]), uuidBytes(id)]);
}

/** A text[] as a field; no element is null. */
export function textsField(texts: readonly string[]): Buffer {
  const elements = texts.map(textField);
  const header = Buffer.alloc(4 + ARRAY_HEADER_BYTES);
  [1, 0, TEXT, texts.length, 1].forEach((value, i) => header.writeInt32BE(value, 4 + i * 4));
  const field = Buffer.concat([header, ...elements]);
  field.writeInt32BE(field.length - 4);
  return field;
}

export function uuidBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

export function uuidText(bytes: Buffer, offset: number): string {
  const hex = bytes.toString('hex', offset, offset + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new StoreError('not-a-quantity', {
    zh: `${value} 不是有限数；未知值请用 null`,
    en: `${value} is not a finite number; send null for an unknown value`,
  });
}

function notACopy(what: string): StoreError {
  return new StoreError('bad-copy', {
    zh: `数据库以二进制 COPY 送来的内容不是预期的格式：${what}`,
    en: `what the database sent by binary COPY has not the expected form: ${what}`,
  });
}
