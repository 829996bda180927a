/** CSV with quotes, read by csv-parse; its errors become sentences that name the row. */
import { type CsvError, parse } from 'csv-parse';

import { FileProblem } from '../file-problem';
import type { SheetLimits } from '../sheet/limits';
import type { SheetRecord } from '../sheet/sheet-types';
import type { Delimiter } from './delimiter';

interface QuotedOptions {
  readonly delimiter: Delimiter;
  /** Records read before these. */
  readonly before: number;
  readonly limits: SheetLimits;
}

/** `head` and what follows it in `bytes`, from the start of a record on. */
export async function* quotedRecords(
  head: Buffer,
  bytes: AsyncGenerator<Buffer>,
  { delimiter, before, limits }: QuotedOptions,
): AsyncGenerator<SheetRecord[]> {
  let records: SheetRecord[] = [];
  let row = before;
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    // A quote inside an unquoted cell is text: names hold them.
    relax_quotes: true,
    max_record_size: limits.recordCharacters,
    // Returning nothing keeps the record out of the stream's own buffer.
    on_record: (cells: string[]) => {
      row += 1;
      records.push({ row, cells });
      return null;
    },
  });
  const steps = stepsOf(parser);
  try {
    for await (const chunk of following(head, bytes)) {
      await steps.write(chunk).catch((error: unknown) => {
        throw problemOf(error, row + 1, limits);
      });
      const ready = records;
      records = [];
      if (ready.length > 0) yield ready;
    }
    await steps.end().catch((error: unknown) => {
      throw problemOf(error, row + 1, limits);
    });
    if (records.length > 0) yield records;
  } finally {
    parser.destroy();
  }
}

async function* following(head: Buffer, bytes: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* bytes;
}

/** The parser's writes as promises. */
function stepsOf(parser: NodeJS.ReadWriteStream): {
  write(chunk: Buffer): Promise<void>;
  end(): Promise<void>;
} {
  let failure: Error | null = null;
  let failed: (error: Error) => void = () => undefined;
  parser.on('error', (error: Error) => {
    failure = error;
    failed(error);
  });
  parser.resume();
  const step = (start: (done: () => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      if (failure) reject(failure);
      failed = reject;
      start(resolve);
    });
  return {
    write: (chunk) =>
      step((done) => {
        parser.write(chunk, (error) => {
          if (error) failed(error);
          else done();
        });
      }),
    end: () => step((done) => parser.end(done)),
  };
}

function problemOf(error: unknown, row: number, limits: SheetLimits): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const { code, message } = error as CsvError;
  if (!code.startsWith('CSV_')) return error;
  if (code === 'CSV_MAX_RECORD_SIZE') {
    const limit = String(limits.recordCharacters);
    return new FileProblem('record-too-long', { row: String(row), limit });
  }
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    return new FileProblem('quote-not-closed', { row: String(row) });
  }
  return new FileProblem('not-csv', { row: String(row), reason: message });
}
