/**
 * Reads PostgreSQL's binary COPY format row by row, without an object, a text or a call of Buffer's a row: a million rows
 * are some hundred million bytes.
 */
import { StoreError } from '../errors';
import { ARRAY_HEADER_BYTES, HEADER_BYTES, NULL_LENGTH, SIGNATURE, viewOf } from './binary-format';

/** Goes through the rows of a COPY TO; every read moves on. A field of another length than asked for is an error. */
export class BinaryRowReader {
  private readonly view: DataView;
  private at = HEADER_BYTES;

  /** @param bytes all of a COPY's output */
  constructor(readonly bytes: Buffer) {
    this.view = viewOf(bytes);
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

  /** Passes over some fields. Their bytes from {@link offset} on, lengths included, are equal where all of them are. */
  skipFields(count: number): void {
    for (let field = 0; field < count; field++) this.skip();
  }

  /** The texts of some fields from an offset on. */
  texts(count: number, start: number): string[] {
    let at = start;
    return Array.from({ length: count }, () => {
      const length = this.view.getInt32(at);
      const text = this.bytes.toString('utf8', at + 4, at + 4 + length);
      at += 4 + length;
      return text;
    });
  }

  /** A bytea, in place; null: NULL. */
  blob(): Buffer | null {
    const length = this.view.getInt32(this.at);
    const start = this.at + 4;
    this.at = start + Math.max(0, length);
    return length === NULL_LENGTH ? null : this.bytes.subarray(start, this.at);
  }

  get offset(): number {
    return this.at;
  }

  /**
   * A float8[] into `columns[target[k]][row]`; elements without a target and NULLs are left out.
   * @param target by element: position among the columns; −1: not wanted
   */
  float8s(columns: readonly Float64Array[], target: Int32Array, row: number): void {
    const { view } = this;
    const end = this.at + 4 + view.getInt32(this.at);
    const count = view.getInt32(this.at + 4) === 0 ? 0 : view.getInt32(this.at + 16);
    if (count > target.length) throw notACopy(`${count} inputs in place of ${target.length}`);
    let at = this.at + 4 + ARRAY_HEADER_BYTES;
    for (let k = 0; k < count; k++) {
      if (view.getInt32(at) === NULL_LENGTH) {
        at += 4;
        continue;
      }
      const to = target[k]!;
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

function notACopy(what: string): StoreError {
  return new StoreError('bad-copy', {
    zh: `数据库以二进制 COPY 送来的内容不是预期的格式：${what}`,
    en: `what the database sent by binary COPY has not the expected form: ${what}`,
  });
}
