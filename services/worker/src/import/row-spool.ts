/**
 * The good rows of an upload's first pass, in a file of this process, so that the second pass need not read and check them
 * again. It is no truth: where it is gone, the upload is read anew.
 */
import { type FileHandle, open, rm } from 'node:fs/promises';

import type { SubmissionColumns } from '@tanxiao/contracts';

const FLOAT_BYTES = Float64Array.BYTES_PER_ELEMENT;
const INT_BYTES = Int32Array.BYTES_PER_ELEMENT;

/** Where a block's parts are, in bytes: floats first, so that they lie on their boundaries. */
interface Block {
  readonly at: number;
  readonly size: number;
  readonly width: number;
  /** Inputs that some row states; their columns follow one another. */
  readonly stated: readonly number[];
  readonly textBytes: number;
}

type Texts = Pick<SubmissionColumns, 'schemes' | 'codes' | 'names' | 'periods' | 'places'>;

export class RowSpool {
  private file: FileHandle | null = null;
  private readonly blocks: Block[] = [];
  private end = 0;

  /** @param path made with the first rows */
  constructor(private readonly path: string) {}

  async add(columns: SubmissionColumns): Promise<void> {
    const { size, inputs, rowNumbers, periodOf, placeOf } = columns;
    if (size === 0) return;
    const stated = inputs.flatMap((column, input) => (column === null ? [] : [input]));
    const { schemes, codes, names, periods, places } = columns;
    const texts = Buffer.from(
      JSON.stringify({ schemes, codes, names, periods, places } satisfies Texts),
    );
    const parts = [
      ...stated.map((input) => bytesOf(inputs[input]!.subarray(0, size))),
      ...[rowNumbers, periodOf, placeOf].map((column) => bytesOf(column.subarray(0, size))),
      texts,
    ];
    this.file ??= await open(this.path, 'w+', 0o600);
    const at = this.end;
    const { bytesWritten } = await this.file.writev(parts, at);
    this.end += bytesWritten;
    const block = { at, size, width: inputs.length, stated, textBytes: texts.length };
    if (bytesWritten !== bytesIn(block))
      throw new Error(`${bytesWritten} of ${bytesIn(block)} bytes written to ${this.path}`);
    this.blocks.push(block);
  }

  /** What was added, in its order. Nothing can be added any more. */
  async *rows(): AsyncGenerator<SubmissionColumns> {
    for (const block of this.blocks) yield await this.read(block);
  }

  async remove(): Promise<void> {
    await this.file?.close();
    await rm(this.path, { force: true });
  }

  private async read(block: Block): Promise<SubmissionColumns> {
    const { at, size, width, stated } = block;
    // Memory of its own: the columns are used in place, longer than another buffer's pool would leave them alone.
    const bytes = Buffer.allocUnsafeSlow(bytesIn(block));
    const { bytesRead } = await this.file!.read(bytes, 0, bytes.length, at);
    if (bytesRead !== bytes.length)
      throw new Error(`${bytesRead} of ${bytes.length} bytes read from ${this.path}`);
    const inputs = new Array<Float64Array | null>(width).fill(null);
    stated.forEach((input, k) => {
      inputs[input] = new Float64Array(bytes.buffer, k * size * FLOAT_BYTES, size);
    });
    const intsAt = stated.length * size * FLOAT_BYTES;
    const ints = (k: number): Int32Array =>
      new Int32Array(bytes.buffer, intsAt + k * size * INT_BYTES, size);
    const texts = JSON.parse(
      bytes.toString('utf8', bytes.length - block.textBytes),
    ) as unknown as Texts;
    return {
      ...{ size, inputs, rowNumbers: ints(0), periodOf: ints(1), placeOf: ints(2) },
      ...texts,
    };
  }
}

/** Row numbers, periods and places. */
const INT_COLUMNS = 3;

function bytesIn({ size, stated, textBytes }: Block): number {
  return size * (stated.length * FLOAT_BYTES + INT_COLUMNS * INT_BYTES) + textBytes;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Int32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
