/**
 * Exact sums of decimals by group, without a big integer a subject: a value that is a whole number of units (of 10^-6 for
 * quantities) is added as such in doubles, which hold every integer below 2^53. Before a sum could pass that, it is
 * handed over to the big integers; a value that is no such number of units (many places, or huge) is handed over by itself.
 */
import { BLOCK_SUBJECTS } from '../evaluate/column-sums';

/** Decimals of at most 15 digits are told from their neighbours by a double, those of more are not. */
const UNITS_LIMIT = 1e15;
/** A sum below it and a value below UNITS_LIMIT make less than 2^53. */
const SUM_LIMIT = 2 ** 52;

export interface SummedColumn {
  readonly values: Float64Array;
  /** By block of BLOCK_SUBJECTS: 0 where all values are zero. Null: any may be other than zero. */
  readonly used: Uint8Array | null;
  /** By subject: −1 is left out. */
  readonly groupOf: Int32Array;
  /** Units of one: a power of ten that a double holds. */
  readonly scale: number;
}

export interface Overflow {
  /** A group's units that are no longer in its sum. */
  readonly units: (group: number, units: number) => void;
  /** A subject's value that is in no sum. */
  readonly value: (group: number, subject: number) => void;
}

/** Adds a column to the sums, which are integers of less than 2^52 before and after. */
export function addColumn(
  { values, used, groupOf, scale }: SummedColumn,
  sums: Float64Array,
  overflow: Overflow,
): void {
  const size = groupOf.length;
  for (let from = 0, block = 0; from < size; from += BLOCK_SUBJECTS, block++) {
    if (used !== null && used[block] === 0) continue;
    const to = Math.min(size, from + BLOCK_SUBJECTS);
    for (let i = from; i < to; i++) {
      const group = groupOf[i]!;
      const value = values[i]!;
      if (group < 0 || value === 0) continue;
      const units = Math.round(value * scale);
      // The one decimal of at most 15 digits that rounds to the double is the quantity (as in Rational.fromNumber).
      if (!(units > -UNITS_LIMIT && units < UNITS_LIMIT && units / scale === value)) {
        overflow.value(group, i);
        continue;
      }
      const sum = sums[group]! + units;
      if (sum > -SUM_LIMIT && sum < SUM_LIMIT) {
        sums[group] = sum;
      } else {
        sums[group] = 0;
        overflow.units(group, sum);
      }
    }
  }
}
