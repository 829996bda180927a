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

  /** The positions among the first `size` values that lie beyond the limits. NaN is unknown, and no violation. */
  violations(column: Float64Array, size: number): number[] {
    const { minimum, maximum } = this;
    const found: number[] = [];
    if (minimum === -Infinity && maximum === Infinity) return found;
    for (let i = 0; i < size; i++) if (column[i]! < minimum || column[i]! > maximum) found.push(i);
    return found;
  }

  /** Puts the default in place of unknown values, and marks the blocks in which some value isn't zero. */
  settle(column: Float64Array, used: Uint8Array, size: number): void {
    const { fallback } = this;
    for (let from = 0, block = 0; from < size; from += BLOCK_SUBJECTS, block++) {
      const to = Math.min(size, from + BLOCK_SUBJECTS);
      let other = 0;
      for (let i = from; i < to; i++) {
        let value = column[i]!;
        if (value !== value) column[i] = value = fallback;
        if (value !== 0) other = 1;
      }
      used[block] = other;
    }
  }
}
