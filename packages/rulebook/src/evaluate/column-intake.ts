/** One input's values on their way into a population: within their limits, defaults in place, zeros marked. */
import type { NumericInput } from '../document/names';
import { BLOCK_SUBJECTS } from './column-sums';

/** What an input asks of its values, as numbers that compare without a branch for "none". */
export class ColumnRules {
  private readonly minimum: number;
  private readonly maximum: number;
  /** What counts where the value is unknown; NaN: it stays unknown. */
  readonly fallback: number;

  constructor(private readonly input: NumericInput) {
    this.minimum = input.minimum ?? -Infinity;
    this.maximum = input.maximum ?? Infinity;
    this.fallback = 'value' in input.missing ? input.missing.value : NaN;
  }

  /** Why a stated value is refused (never kept, see the form); null where it is within its limits. */
  refusal(value: number): RangeError | null {
    const { name } = this.input;
    if (value < this.minimum)
      return new RangeError(`${name} is ${value}, below its minimum ${this.minimum}`);
    if (value > this.maximum)
      return new RangeError(`${name} is ${value}, above its maximum ${this.maximum}`);
    return null;
  }

  /**
   * Puts the default in place of unknown values, and marks the blocks in which some value isn't zero: of the first `size`
   * values, in one pass, since a column of a large chunk has to come from memory. Most blocks of a statistical form hold
   * nothing at all. Returns the positions of stated values beyond the limits.
   */
  settle(column: Float64Array, used: Uint8Array, size: number): number[] {
    const { fallback, minimum, maximum } = this;
    const beyond: number[] = [];
    for (let from = 0, block = 0; from < size; from += BLOCK_SUBJECTS, block++) {
      const to = Math.min(size, from + BLOCK_SUBJECTS);
      if (isBlank(column, from, to)) {
        column.fill(fallback, from, to);
        used[block] = fallback === 0 ? 0 : 1;
        continue;
      }
      let other = 0;
      for (let i = from; i < to; i++) {
        let value = column[i]!;
        if (value !== value) column[i] = value = fallback;
        else if (value < minimum || value > maximum) beyond.push(i);
        if (value !== 0) other = 1;
      }
      used[block] = other;
    }
    return beyond;
  }
}

function isBlank(column: Float64Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (column[i] === column[i]) return false;
  return true;
}
