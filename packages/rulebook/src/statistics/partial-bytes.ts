/** Bytes in the making, and their reading back: numbers of variable length, texts, doubles, exact rationals. */
import { Rational } from '../exact/rational';

const FIRST_SIZE = 4096;

export class ByteWriter {
  private bytes = Buffer.alloc(FIRST_SIZE);
  private length = 0;
  /** Totals of a chunk have few denominators: each is written once. */
  private readonly denominators = new Map<bigint, number>();

  done(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  /** An integer from 0 to 2^53, seven bits a byte, the lowest first. */
  count(value: number): void {
    this.room(8);
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80))
      this.bytes[this.length++] = (rest % 0x80) | 0x80;
    this.bytes[this.length++] = rest;
  }

  /** An integer from −1 on. */
  position(value: number): void {
    this.count(value + 1);
  }

  text(value: string): void {
    this.raw(Buffer.from(value, 'utf8'));
  }

  doubles(values: Float64Array): void {
    this.room(8 * values.length);
    for (const value of values) this.length = this.bytes.writeDoubleLE(value, this.length);
  }

  rational({ n, d }: Rational): void {
    this.integer(n);
    const known = this.denominators.get(d);
    this.count(known ?? this.denominators.size);
    if (known !== undefined) return;
    this.denominators.set(d, this.denominators.size);
    this.integer(d);
  }

  /** Sign, then the magnitude's bytes, the highest first. */
  private integer(value: bigint): void {
    const digits = (value < 0n ? -value : value).toString(16);
    this.count(value < 0n ? 1 : 0);
    this.raw(Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex'));
  }

  private raw(bytes: Uint8Array): void {
    this.count(bytes.length);
    this.room(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  private room(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const larger = Buffer.alloc(2 * Math.max(this.bytes.length, this.length + size));
    this.bytes.copy(larger);
    this.bytes = larger;
  }
}

/** Every method throws a RangeError where the bytes end too early. */
export class ByteReader {
  private at = 0;
  private readonly denominators: bigint[] = [];

  constructor(private readonly bytes: Buffer) {}

  count(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = this.bytes.readUInt8(this.at++);
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  position(): number {
    return this.count() - 1;
  }

  text(): string {
    return this.raw().toString('utf8');
  }

  doubles(count: number): Float64Array {
    const values = this.take(8 * count);
    return Float64Array.from({ length: count }, (_, i) => values.readDoubleLE(8 * i));
  }

  rational(): Rational {
    const n = this.integer();
    const index = this.count();
    if (index === this.denominators.length) this.denominators.push(this.integer());
    const d = this.denominators[index];
    if (d === undefined) throw new RangeError('a denominator is not among those before');
    return Rational.of(n, d);
  }

  /** So many things, each read by `read`. */
  list<T>(read: () => T): T[] {
    return Array.from({ length: this.count() }, read);
  }

  private integer(): bigint {
    const negative = this.count() === 1;
    const magnitude = BigInt(`0x${this.raw().toString('hex')}`);
    return negative ? -magnitude : magnitude;
  }

  private raw(): Buffer {
    return this.take(this.count());
  }

  private take(length: number): Buffer {
    const end = this.at + length;
    if (end > this.bytes.length) throw new RangeError('the bytes end too early');
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }
}
