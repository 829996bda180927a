/**
 * The rows of a file as columns, some thousand at a time, or as all the issues each has: what the worker imports. Where a
 * CSV's lines are plain they are read from their bytes (`plain-row-reader.ts`), everything else as `readSubmissions` reads it.
 */
import type { Issue, SubmissionColumns } from '@tanxiao/contracts';

import { lineRecord } from './csv/csv-records';
import { FileProblem } from './file-problem';
import type { Form } from './form';
import { lineEndFrom, NOT_PLAIN, PlainRowReader } from './plain-row-reader';
import type { ReadOptions } from './read-submissions';
import { RowReader, SeenSubjects } from './row-reader';
import { isBlank, isNote, readHeader } from './sheet/header';
import type { PlainLines, Sheet, SheetRecord } from './sheet/sheet-types';
import { SubmissionBlock } from './submission-block';

export interface RejectedRow {
  readonly row: number;
  readonly issues: readonly Issue[];
}

/** Some rows of a file, in its order. */
export interface RowsRead {
  /** All, good and rejected. */
  readonly rows: number;
  readonly submissions: SubmissionColumns;
  readonly rejected: readonly RejectedRow[];
}

/**
 * Reads a file to its end; blank rows and notes are passed over.
 * @throws FileProblem where the file as a whole cannot be read, after what was read before that
 */
export async function* readSubmissionBlocks(
  form: Form,
  sheet: Sheet,
  options: ReadOptions & { readonly rowsPerBlock: number },
): AsyncGenerator<RowsRead> {
  const reader = new BlockReader(form, sheet, options);
  try {
    for await (const piece of sheet.pieces()) {
      if ('bytes' in piece) yield* reader.lines(piece);
      else yield* reader.records(piece);
    }
    reader.end();
  } catch (error) {
    if (error instanceof FileProblem) yield* reader.left();
    throw error;
  }
  yield* reader.left();
}

/** The readers of rows, once the header is known. */
interface Readers {
  readonly any: RowReader;
  readonly plain: PlainRowReader;
}

class BlockReader {
  private readers: Readers | null = null;
  private readonly seen = new SeenSubjects();
  private block: SubmissionBlock;
  private rejected: RejectedRow[] = [];
  /** Of the file, and of those not yielded yet. */
  private rows = 0;
  private waiting = 0;

  constructor(
    private readonly form: Form,
    private readonly sheet: Sheet,
    private readonly options: ReadOptions & { readonly rowsPerBlock: number },
  ) {
    this.block = this.newBlock();
  }

  *records(records: readonly SheetRecord[]): Generator<RowsRead> {
    for (const record of records) {
      this.record(record);
      if (this.waiting === this.options.rowsPerBlock) yield* this.left();
    }
  }

  *lines(lines: PlainLines): Generator<RowsRead> {
    const { bytes, delimiter } = lines;
    const { limits } = this.sheet;
    let row = lines.before;
    for (let at = 0; at < bytes.length;) {
      row += 1;
      // Beyond the limit it matters whether the line is a row at all.
      const plain = this.rows < limits.rows ? this.readers?.plain : undefined;
      const next = plain?.read(bytes, at, { delimiter, row, into: this.block }) ?? NOT_PLAIN;
      if (next !== NOT_PLAIN) {
        at = next;
        this.countRow();
      } else {
        const end = lineEndFrom(bytes, at);
        this.record(lineRecord(bytes.toString('utf8', at, end.at), row, { delimiter, limits }));
        at = end.next;
      }
      if (this.waiting === this.options.rowsPerBlock) yield* this.left();
    }
  }

  /** What was read since the last time. */
  *left(): Generator<RowsRead> {
    if (this.waiting === 0) return;
    const { rejected, waiting, block } = this;
    this.rejected = [];
    this.waiting = 0;
    this.block = this.newBlock();
    yield { rows: waiting, submissions: block.columns(), rejected };
  }

  end(): void {
    if (this.readers === null) throw new FileProblem('empty');
    if (this.rows === 0) throw new FileProblem('no-data-rows');
  }

  private newBlock(): SubmissionBlock {
    return new SubmissionBlock(this.form.inputs.length, this.options.rowsPerBlock);
  }

  private record(record: SheetRecord): void {
    if (isBlank(record) || isNote(record)) return;
    if (this.readers === null) {
      this.readers = this.readersOf(record);
      return;
    }
    this.countRow();
    const reading = this.readers.any.read(record);
    if ('issues' in reading) this.rejected.push({ row: reading.row, issues: reading.issues });
    else this.block.add(reading.row, reading.submission);
  }

  private readersOf(record: SheetRecord): Readers {
    const { form, sheet, seen } = this;
    const { period } = this.options;
    const header = readHeader(form, record, sheet.limits, period);
    return {
      any: new RowReader(form, header, { period, sheet, seen }),
      plain: new PlainRowReader(form, header, { period, limits: sheet.limits, seen }),
    };
  }

  private countRow(): void {
    const { rows } = this.sheet.limits;
    if (this.rows === rows) throw new FileProblem('too-many-rows', { limit: String(rows) });
    this.rows += 1;
    this.waiting += 1;
  }
}
