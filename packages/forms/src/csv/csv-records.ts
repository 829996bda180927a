/**
 * The records of a CSV file, streamed. A record's number is its row in a spreadsheet: blank records count, and a
 * record whose quoted cell holds line breaks is one row. Up to the first quote lines are split, which is what the
 * format says of them; from there on csv-parse reads. Measured on 52 columns: see README.
 */
import { FileProblem } from '../file-problem';
import type { SheetLimits } from '../sheet/limits';
import type { SheetRecord } from '../sheet/sheet-types';
import { type Delimiter, delimiterOf } from './delimiter';
import { quotedRecords } from './quoted-records';
import { type ByteSource, utf8Bytes } from './text-encoding';

/** Yields the records of each chunk together: one step of the iteration a chunk instead of one a record. */
export async function* csvRecords(
  source: ByteSource,
  limits: SheetLimits,
): AsyncGenerator<SheetRecord[]> {
  const bytes = utf8Bytes(source);
  try {
    const { head, delimiter } = await headOf(bytes, limits);
    yield* records(head, bytes, delimiter, limits);
  } finally {
    await bytes.return(undefined);
  }
}

async function* records(
  head: Buffer,
  bytes: AsyncGenerator<Buffer>,
  delimiter: Delimiter,
  limits: SheetLimits,
): AsyncGenerator<SheetRecord[]> {
  let row = 0;
  let text = '';
  for (let chunk: Buffer | null = head; chunk !== null; chunk = await nextOf(bytes)) {
    // Every chunk ends with a whole character.
    text += chunk.toString('utf8');
    const quote = text.indexOf('"');
    const end = endOfLastLine(text, quote < 0 ? text.length : quote);
    if (end > 0) {
      const lines = plainLines(text.slice(0, end), delimiter, row, limits);
      row += lines.length;
      yield lines;
      text = text.slice(end);
    }
    if (quote >= 0) {
      yield* quotedRecords(Buffer.from(text), bytes, { delimiter, before: row, limits });
      return;
    }
    if (text.length > limits.recordCharacters) throw tooLong(row + 1, limits);
  }
  if (text !== '') yield plainLines(text, delimiter, row, limits);
}

/** Position after the last line break before `limit`; a `\r` at the very end may be the first half of one. */
function endOfLastLine(text: string, limit: number): number {
  const feed = text.slice(0, limit).lastIndexOf('\n');
  // By slices: lastIndexOf takes a negative place for 0, and a lone `\r` would count.
  const carriage = text.slice(0, Math.max(0, Math.min(limit, text.length - 1))).lastIndexOf('\r');
  return Math.max(feed, carriage) + 1;
}

/** Lines without any quote; the last may lack its line break. */
function plainLines(
  text: string,
  delimiter: Delimiter,
  before: number,
  limits: SheetLimits,
): SheetRecord[] {
  const lines = text.includes('\r') ? text.split(/\r\n|\n|\r/) : text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, index) => {
    const row = before + index + 1;
    if (line.length > limits.recordCharacters) throw tooLong(row, limits);
    return { row, cells: line.split(delimiter) };
  });
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
