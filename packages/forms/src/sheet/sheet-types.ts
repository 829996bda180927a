/** A sheet as its readers see it, whatever its format. */
import type { UploadFormat } from '@tanxiao/contracts';

import type { Delimiter } from '../csv/delimiter';
import type { ByteSource } from '../csv/text-encoding';
import type { SheetLimits } from './limits';

/** One row as it stands in the file: cells as text, not trimmed, missing ones at the end left out. */
export interface SheetRecord {
  /** 1-based, as a spreadsheet program numbers rows. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** Lines of a CSV in which no quote stands: whoever wants records splits them (`recordsOf`). */
export interface PlainLines {
  /** UTF-8; the last line ends with a line break too. */
  readonly bytes: Buffer;
  readonly delimiter: Delimiter;
  /** Rows of the file before these. */
  readonly before: number;
}

export type SheetPiece = PlainLines | readonly SheetRecord[];

/** A path can be read any number of times; a stream once. */
export type SheetSource = { readonly path: string } | ByteSource;

export interface Sheet {
  readonly format: UploadFormat;
  readonly limits: SheetLimits;
  /** Every row of the file from the first, in batches; blank rows may be left out. @throws FileProblem */
  records(): AsyncGenerator<readonly SheetRecord[]>;
  /** The same, lines of a CSV without quotes unsplit. @throws FileProblem */
  pieces(): AsyncGenerator<SheetPiece>;
  /** Removes what was spooled. Needed only where the records aren't read to their end. */
  close(): Promise<void>;
}
