/**
 * The good rows of an upload's first pass, in a file of this process, so that the second pass need not parse and check
 * them again (half of what an import costs this process). It is no truth: where it is gone, the upload is read anew.
 */
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';

import type { ValidSubmission } from '@tanxiao/contracts';
import type { UploadRowToKeep } from '@tanxiao/store';

const ROWS_PER_BLOCK = 1000;
/** Bytes of the texts, numbers that follow, inputs of a row. */
const HEADER = 3;
const NUMBER_BYTES = 8;

type Texts = Omit<ValidSubmission, 'inputs'>;

export class RowSpool {
  private file: FileHandle | null = null;
  private block: UploadRowToKeep[] = [];

  /** @param path made with the first rows */
  constructor(private readonly path: string) {}

  async add(row: UploadRowToKeep): Promise<void> {
    this.block.push(row);
    if (this.block.length >= ROWS_PER_BLOCK) await this.flush();
  }

  /** In the order in which they were added. Nothing can be added any more. */
  async *rows(): AsyncGenerator<readonly UploadRowToKeep[]> {
    await this.flush();
    if (this.file === null) return;
    let left = Buffer.alloc(0);
    for await (const piece of createReadStream(this.path, { highWaterMark: 1024 * 1024 })) {
      left = Buffer.concat([left, piece as Buffer]);
      for (let block = wholeBlock(left); block !== null; block = wholeBlock(left)) {
        yield block.rows;
        left = left.subarray(block.bytes);
      }
    }
  }

  async remove(): Promise<void> {
    await this.file?.close();
    await rm(this.path, { force: true });
  }

  private async flush(): Promise<void> {
    const rows = this.block;
    this.block = [];
    if (rows.length === 0) return;
    this.file ??= await open(this.path, 'w', 0o600);
    await this.file.appendFile(blockOf(rows));
  }
}

/** Texts as JSON, then a row's number, how many inputs it states, and place and value of each. */
function blockOf(rows: readonly UploadRowToKeep[]): Buffer {
  const texts = Buffer.from(
    JSON.stringify(rows.map(({ submission }) => ({ ...submission, inputs: undefined }))),
    'utf8',
  );
  const numbers: number[] = [];
  for (const { rowNumber, submission } of rows) {
    const at = numbers.push(rowNumber, 0) - 1;
    submission.inputs.forEach((value, place) => {
      if (value === null) return;
      numbers.push(place, value);
      numbers[at]! += 1;
    });
  }
  const width = rows[0]!.submission.inputs.length;
  const header = Float64Array.of(texts.length, numbers.length, width);
  return Buffer.concat([bytesOf(header), texts, bytesOf(Float64Array.from(numbers))]);
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Null where the block is not whole yet. */
function wholeBlock(
  bytes: Buffer,
): { readonly rows: readonly UploadRowToKeep[]; readonly bytes: number } | null {
  const textsFrom = HEADER * NUMBER_BYTES;
  if (bytes.length < textsFrom) return null;
  const [textBytes, count, width] = numbersOf(bytes, 0, HEADER) as unknown as [
    number,
    number,
    number,
  ];
  const numbersFrom = textsFrom + textBytes;
  const end = numbersFrom + count * NUMBER_BYTES;
  if (bytes.length < end) return null;
  const texts = JSON.parse(bytes.toString('utf8', textsFrom, numbersFrom)) as Texts[];
  const numbers = numbersOf(bytes, numbersFrom, count);
  let at = 0;
  const rows = texts.map((of): UploadRowToKeep => {
    const rowNumber = numbers[at++]!;
    const inputs = new Array<number | null>(width).fill(null);
    for (let stated = numbers[at++]!; stated > 0; stated--) inputs[numbers[at++]!] = numbers[at++]!;
    return { rowNumber, submission: { ...of, inputs } };
  });
  return { rows, bytes: end };
}

/** A copy: texts of any length stand before them, so they lie at no double's boundary. */
function numbersOf(bytes: Buffer, from: number, count: number): Float64Array {
  const numbers = new Float64Array(count);
  bytes.copy(bytesOf(numbers), 0, from, from + count * NUMBER_BYTES);
  return numbers;
}
