/**
 * Valid submissions of one form as columns: what a file's rows are from its reader to the tables. An object, its texts and
 * an array of inputs a row kept the collector at work for a third of an import's time.
 */
import type { SubjectScheme } from './submission';

export interface SubmissionPlace {
  readonly regionCode: string;
  readonly industryClassification: string;
  readonly industryCode: string;
}

/** Every column has at least `size` entries, one a row. */
export interface SubmissionColumns {
  readonly size: number;
  /** 1-based lines of the sheet, ascending. */
  readonly rowNumbers: Int32Array;
  readonly schemes: readonly SubjectScheme[];
  readonly codes: readonly string[];
  readonly names: readonly (string | null)[];
  readonly periods: readonly string[];
  /** Positions among the periods. */
  readonly periodOf: Int32Array;
  readonly places: readonly SubmissionPlace[];
  /** Positions among the places. */
  readonly placeOf: Int32Array;
  /** By the form's numeric input; NaN is unknown. Null: no row states it. */
  readonly inputs: readonly (Float64Array | null)[];
}

/** The rows from position `from` on; the same memory. */
export function submissionsFrom(columns: SubmissionColumns, from: number): SubmissionColumns {
  if (from === 0) return columns;
  return {
    size: columns.size - from,
    rowNumbers: columns.rowNumbers.subarray(from),
    schemes: columns.schemes.slice(from),
    codes: columns.codes.slice(from),
    names: columns.names.slice(from),
    periods: columns.periods,
    periodOf: columns.periodOf.subarray(from),
    places: columns.places,
    placeOf: columns.placeOf.subarray(from),
    inputs: columns.inputs.map((column) => column?.subarray(from) ?? null),
  };
}
