/**
 * The records of a CSV file, streamed. A record's number is its row in a spreadsheet: blank records count, and a
 * record whose quoted cell holds line breaks is one row. Up to the first quote lines are split, which is what the
 * format says of them; from there on csv-parse reads. Measured on 52 columns: see README.
 */
import { FileProblem } from '../file-problem';
import type { SheetLimits } from '../sheet/limits';
import type { PlainLines, SheetPiece, SheetRecord } from '../sheet/sheet-types';
import { type Delimiter, delimiterOf } from './delimiter';
import { quotedRecords } from './quoted-records';
import { type ByteSource, utf8Bytes } from './text-encoding';

/** Yields the records of each chunk together: one step of the iteration a chunk instead of one a record. */
export async function* csvRecords(
  source: ByteSource,
  limits: SheetLimits,
): AsyncGenerator<readonly SheetRecord[]> {
  for await (const piece of csvPieces(source, limits))
    yield 'bytes' in piece ? recordsOf(piece, limits) : piece;
}

/** The same records, lines without quotes left as they are: reading their cells in place is three times as fast. */
export async function* csvPieces(
  source: ByteSource,
  limits: SheetLimits,
): AsyncGenerator<SheetPiece> {
  const bytes = utf8Bytes(source);
  try {
    const { head, delimiter } = await headOf(bytes, limits);
    yield* pieces(head, bytes, delimiter, limits);
  } finally {
    await bytes.return(undefined);
  }
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;

async function* pieces(
  head: Buffer,
  bytes: AsyncGenerator<Buffer>,
  delimiter: Delimiter,
  limits: SheetLimits,
): AsyncGenerator<SheetPiece> {
  let before = 0;
  let left: Buffer = Buffer.alloc(0);
  for (let chunk: Buffer | null = head; chunk !== null; chunk = await nextOf(bytes)) {
    // Every chunk ends with a whole character.
    left = left.length === 0 ? chunk : Buffer.concat([left, chunk]);
    const quote = left.indexOf(QUOTE);
    const end = endOfLastLine(left, quote < 0 ? left.length : quote);
    if (end > 0) {
      const lines = { bytes: left.subarray(0, end), delimiter, before };
      before += linesIn(lines.bytes);
      yield lines;
      left = left.subarray(end);
    }
    if (quote >= 0) {
      yield* quotedRecords(left, bytes, { delimiter, before, limits });
      return;
    }
    if (left.length > limits.recordCharacters && left.toString().length > limits.recordCharacters)
      throw tooLong(before + 1, limits);
  }
  if (left.length > 0) yield { bytes: Buffer.concat([left, Buffer.from('\n')]), delimiter, before };
}

/** Position after the last line break before `limit`; a `\r` at the very end may be the first half of one. */
function endOfLastLine(bytes: Buffer, limit: number): number {
  const feed = bytes.subarray(0, limit).lastIndexOf(LINE_FEED);
  const beforeLast = Math.max(0, Math.min(limit, bytes.length - 1));
  return Math.max(feed, bytes.subarray(0, beforeLast).lastIndexOf(CARRIAGE_RETURN)) + 1;
}

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[at + 1] !== LINE_FEED)) lines++;
  }
  return lines;
}

/** @throws FileProblem where a line is longer than a record may be */
export function recordsOf(
  { bytes, delimiter, before }: PlainLines,
  limits: SheetLimits,
): SheetRecord[] {
  const text = bytes.toString('utf8');
  const lines = text.includes('\r') ? text.split(/\r\n|\n|\r/) : text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, index) => lineRecord(line, before + index + 1, { delimiter, limits }));
}

/** @throws FileProblem where the line is longer than a record may be */
export function lineRecord(
  line: string,
  row: number,
  { delimiter, limits }: { readonly delimiter: Delimiter; readonly limits: SheetLimits },
): SheetRecord {
  if (line.length > limits.recordCharacters) throw tooLong(row, limits);
  return { row, cells: line.split(delimiter) };
}

function tooLong(row: number, limits: SheetLimits): FileProblem {
  return new FileProblem('record-too-long', {
    row: String(row),
    limit: String(limits.recordCharacters),
  });
}

/** The first bytes, as many as the header's end takes, and the delimiter found in them. */
async function headOf(
  bytes: AsyncGenerator<Buffer>,
  limits: SheetLimits,
): Promise<{ head: Buffer; delimiter: Delimiter }> {
  let head: Buffer = Buffer.alloc(0);
  for (;;) {
    const chunk = await nextOf(bytes);
    if (chunk !== null) head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    const delimiter = delimiterOf(head.toString('utf8'), chunk === null);
    if (delimiter !== null) return { head, delimiter };
    if (head.length > limits.recordCharacters) throw tooLong(1, limits);
  }
}

async function nextOf(bytes: AsyncGenerator<Buffer>): Promise<Buffer | null> {
  const result = await bytes.next();
  return result.done === true ? null : result.value;
}
