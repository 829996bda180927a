/**
 * Rows in PostgreSQL's binary COPY format: nothing is turned into text and parsed again. 1,000 submissions of 50 inputs
 * took the server a quarter of what the same rows as arrays of an INSERT took.
 */
import { finished } from 'node:stream/promises';

import { from } from 'pg-copy-streams';

import { StoreError } from './errors';
import type { Transaction } from './transaction';

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const FLOAT8 = 701;
const INT2 = 21;
const TEXT = 25;
/** Dimensions, has-null flag, element type, length, lower bound. */
const ARRAY_HEADER = 20;

/** Builds the rows of one COPY. Call {@link row} before each row's fields, in the order of the columns. */
export class CopyRows {
  private buffer = Buffer.allocUnsafe(256 * 1024);
  private length = SIGNATURE.copy(this.buffer);

  row(columns: number): this {
    this.room(2);
    this.length = this.buffer.writeInt16BE(columns, this.length);
    return this;
  }

  null(): this {
    this.room(4);
    this.length = this.buffer.writeInt32BE(-1, this.length);
    return this;
  }

  /** @param value as `newId` and the driver write it; null: NULL */
  uuid(value: string | null): this {
    if (value === null) return this.null();
    this.room(20);
    this.length = this.buffer.writeInt32BE(16, this.length);
    this.length += this.buffer.write(value.replaceAll('-', ''), this.length, 16, 'hex');
    return this;
  }

  text(value: string | null): this {
    if (value === null) return this.null();
    this.room(4 + value.length * 3);
    const bytes = this.buffer.write(value, this.length + 4, 'utf8');
    this.buffer.writeInt32BE(bytes, this.length);
    this.length += 4 + bytes;
    return this;
  }

  int4(value: number | null): this {
    if (value === null) return this.null();
    this.room(8);
    this.length = this.buffer.writeInt32BE(4, this.length);
    this.length = this.buffer.writeInt32BE(value, this.length);
    return this;
  }

  int2(value: number | null): this {
    if (value === null) return this.null();
    this.room(6);
    this.length = this.buffer.writeInt32BE(2, this.length);
    this.length = this.buffer.writeInt16BE(value, this.length);
    return this;
  }

  /** @throws StoreError `not-a-quantity` */
  float8(value: number | null): this {
    if (value === null) return this.null();
    this.room(12);
    this.length = this.buffer.writeInt32BE(8, this.length);
    this.length = this.buffer.writeDoubleBE(finite(value), this.length);
    return this;
  }

  /** float8[] with NULL elements for null. @throws StoreError `not-a-quantity` */
  float8Array(values: readonly (number | null)[]): this {
    const start = this.openArray(values, FLOAT8, 12);
    for (const value of values) {
      if (value === null) this.length = this.buffer.writeInt32BE(-1, this.length);
      else {
        this.length = this.buffer.writeInt32BE(8, this.length);
        this.length = this.buffer.writeDoubleBE(finite(value), this.length);
      }
    }
    return this.closeArray(start);
  }

  int2Array(values: readonly (number | null)[]): this {
    const start = this.openArray(values, INT2, 6);
    for (const value of values) {
      if (value === null) this.length = this.buffer.writeInt32BE(-1, this.length);
      else {
        this.length = this.buffer.writeInt32BE(2, this.length);
        this.length = this.buffer.writeInt16BE(value, this.length);
      }
    }
    return this.closeArray(start);
  }

  textArray(values: readonly string[] | null): this {
    if (values === null) return this.null();
    const start = this.openArray(values, TEXT, 0);
    for (const value of values) this.text(value);
    return this.closeArray(start);
  }

  /** All rows so far, whole. */
  finished(): Buffer {
    this.room(2);
    this.length = this.buffer.writeInt16BE(-1, this.length);
    return this.buffer.subarray(0, this.length);
  }

  private openArray(values: readonly unknown[], type: number, elementBytes: number): number {
    this.room(4 + ARRAY_HEADER + values.length * elementBytes);
    const start = this.length;
    const header =
      values.length === 0
        ? [0, 0, type]
        : [1, values.includes(null) ? 1 : 0, type, values.length, 1];
    this.length += 4;
    for (const field of header) this.length = this.buffer.writeInt32BE(field, this.length);
    return start;
  }

  private closeArray(start: number): this {
    this.buffer.writeInt32BE(this.length - start - 4, start);
    return this;
  }

  private room(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + bytes));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new StoreError('not-a-quantity', {
    zh: `${value} 不是有限数；未知值请用 null`,
    en: `${value} is not a finite number; send null for an unknown value`,
  });
}

/** @param into table and columns, such as `tanxiao.submissions (id, …)`; never of a client's making */
export async function copyIn(tx: Transaction, into: string, rows: CopyRows): Promise<void> {
  const stream = tx.query(from(`COPY ${into} FROM STDIN (FORMAT binary)`));
  const ended = finished(stream);
  stream.end(rows.finished());
  await ended;
}
