/** Ratings by columns, as the kernel fills them, and how they stand in a row of COPY: of runs and of a file's rows alike. */
import { textsField } from './copy/binary-fields';
import type { BinaryRowWriter } from './copy/binary-row-writer';

export interface RatingColumnsToKeep {
  /** By result, by rating; NaN is unknown. */
  readonly results: readonly Float64Array[];
  /** By grading, by rating: 0-based band, −1 unknown. */
  readonly bands: readonly Int8Array[];
  /** Gradings of the headline. */
  readonly headline: { readonly grade: number; readonly level: number | null };
  /** By rating: what it is ranked by; NaN: it isn't ranked. */
  readonly rankValues: Float64Array;
  /** By rating: a set of reasons, as a key of `reasonSets`; 0: rated. */
  readonly reasons: Int32Array;
  readonly reasonSets: ReadonlyMap<number, readonly string[]>;
  /** By rating: position among `benchmarkIds`; −1: none. */
  readonly benchmarks: Int32Array;
  readonly benchmarkIds: readonly string[];
  /** By rating: 1 where there is none after all; no row is written. */
  readonly failed: Uint8Array;
}

/** By set of reasons: the field of their codes. */
export function reasonFields({
  reasonSets,
}: Pick<RatingColumnsToKeep, 'reasonSets'>): Map<number, Buffer> {
  return new Map([...reasonSets].map(([key, codes]) => [key, textsField(codes)]));
}

/** What a rating's two bands and its rank value take at most. */
export const HEADLINE_BYTES = 2 * 6 + 12;

/** The bands of the headline, 1-based in the tables. */
export function writeHeadlineBands(
  writer: BinaryRowWriter,
  { bands, headline }: RatingColumnsToKeep,
  i: number,
): void {
  const grade = bands[headline.grade]![i]!;
  const level = headline.level === null ? -1 : bands[headline.level]![i]!;
  writer.int2(grade === -1 ? null : grade + 1);
  writer.int2(level === -1 ? null : level + 1);
}

export function writeRankValue(
  writer: BinaryRowWriter,
  { rankValues }: RatingColumnsToKeep,
  i: number,
): void {
  const value = rankValues[i]!;
  writer.float8(value === value ? value : null);
}
