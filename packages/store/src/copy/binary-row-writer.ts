/** Writes rows in PostgreSQL's binary COPY format: nothing is turned into text and parsed again. */
import { StoreError } from '../errors';
import {
  ARRAY_HEADER_BYTES,
  copyUuid,
  FLOAT8,
  HEADER_BYTES,
  INT2,
  NULL_LENGTH,
  SIGNATURE,
  TEXT,
  TRAILER_BYTES,
  UUID_BYTES,
  viewOf,
} from './binary-format';
import { giveBytesBack, movedToLarger, takeBytes } from './byte-space';

const SHORT_BYTES = 64;

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
    this.bytes = takeBytes(HEADER_BYTES + TRAILER_BYTES + Math.max(1024, expectedBytes));
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
  uuidFrom(source: Uint8Array, offset: number): void {
    this.view.setInt32(this.at, UUID_BYTES);
    copyUuid(source, offset, this.bytes, this.at + 4);
    this.at += 4 + UUID_BYTES;
  }

  uuid(id: string | null): void {
    if (id === null) {
      this.null();
      return;
    }
    this.view.setInt32(this.at, 16);
    this.bytes.write(id.replaceAll('-', ''), this.at + 4, 16, 'hex');
    this.at += 20;
  }

  text(text: string | null): void {
    if (text === null) {
      this.null();
      return;
    }
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
    const { bytes, at } = this;
    const { length } = field;
    // A call of copy takes longer than a short field.
    if (length > SHORT_BYTES) field.copy(bytes, at);
    else for (let k = 0; k < length; k++) bytes[at + k] = field[k]!;
    this.at = at + length;
  }

  int4(value: number): void {
    this.view.setInt32(this.at, 4);
    this.view.setInt32(this.at + 4, value);
    this.at += 8;
  }

  int2(value: number | null): void {
    if (value === null) {
      this.null();
      return;
    }
    this.view.setInt32(this.at, 2);
    this.view.setInt16(this.at + 4, value);
    this.at += 6;
  }

  /** @throws StoreError `not-a-quantity` */
  float8(value: number | null): void {
    if (value === null) {
      this.null();
      return;
    }
    this.view.setInt32(this.at, 8);
    this.view.setFloat64(this.at + 4, finite(value));
    this.at += 12;
  }

  /** A bytea. Brings its own room. */
  blob(bytes: Uint8Array): void {
    this.reserve(4 + bytes.length);
    this.view.setInt32(this.at, bytes.length);
    this.bytes.set(bytes, this.at + 4);
    this.at += 4 + bytes.length;
  }

  /** A bytea of int32s, the highest byte first. Brings its own room. */
  int4sBlob(values: Int32Array): void {
    const bytes = values.length * 4;
    this.reserve(4 + bytes);
    const { view } = this;
    view.setInt32(this.at, bytes);
    for (let k = 0, at = this.at + 4; k < values.length; k++, at += 4)
      view.setInt32(at, values[k]!);
    this.at += 4 + bytes;
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

  /** Bytes so far. */
  get size(): number {
    return this.at;
  }

  /** The whole, for one COPY FROM. */
  take(): Buffer {
    this.view.setInt16(this.at, NULL_LENGTH);
    return this.bytes.subarray(0, this.at + TRAILER_BYTES);
  }

  /** Nobody reads what {@link take} returned any more, and nothing is written any more. */
  giveBack(): void {
    giveBytesBack(this.bytes);
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
    this.bytes = movedToLarger(this.bytes, this.at, needed);
    this.view = viewOf(this.bytes);
  }
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new StoreError('not-a-quantity', {
    zh: `${value} 不是有限数；未知值请用 null`,
    en: `${value} is not a finite number; send null for an unknown value`,
  });
}
