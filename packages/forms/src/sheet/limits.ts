/** How large a file may be: far above any real form, small enough that no file can exhaust the reader. */

export interface SheetLimits {
  /** Data rows. A spreadsheet program shows 1,048,576. */
  readonly rows: number;
  /** The widest rulebook has some 60 columns. */
  readonly columns: number;
  /** Characters in one cell; a spreadsheet cell holds 32,767. */
  readonly cellCharacters: number;
  /** Characters in one CSV record: what an unclosed quote may swallow before we say so. */
  readonly recordCharacters: number;
  /** Parts of an XLSX package; real ones have 10 to 50. */
  readonly zipEntries: number;
  /** Bytes of all parts of an XLSX package together, unpacked. 200,000 rows × 50 columns are about 600 MB. */
  readonly unpackedBytes: number;
  /** Bytes of the shared texts and styles of an XLSX package: they are held in memory. */
  readonly sharedBytes: number;
}

export const DEFAULT_LIMITS: SheetLimits = {
  rows: 1_000_000,
  columns: 500,
  cellCharacters: 10_000,
  recordCharacters: 1_000_000,
  zipEntries: 10_000,
  unpackedBytes: 1024 ** 3,
  sharedBytes: 200 * 1024 ** 2,
};
