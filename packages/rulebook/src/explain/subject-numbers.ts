/** One subject's exact values by slot with their texts, each made once: lines, operands and gradings share them. */
import type { Rational } from '../exact/rational';
import { exactText, readingText } from './number-text';

/** By slot: what a choice's number stands for. */
export type OptionCodes = readonly (readonly string[] | null)[];

export class SubjectNumbers {
  private readonly readings: (string | undefined)[] = [];
  private readonly exacts: (string | undefined)[] = [];

  constructor(
    readonly values: readonly (Rational | null)[],
    private readonly options: OptionCodes,
  ) {}

  /** The exact value for a field of its own; null is unknown. */
  exact(slot: number): string | null {
    const value = this.values[slot] ?? null;
    return value === null ? null : (this.exacts[slot] ??= exactText(value));
  }

  /** For reading. */
  reading(slot: number): string | null {
    const value = this.values[slot] ?? null;
    return value === null ? null : (this.readings[slot] ??= readingText(value));
  }

  /** For reading: a number, or the option that a choice's number stands for. */
  shown(slot: number): string | null {
    const codes = this.options[slot] ?? null;
    const value = codes === null ? null : (this.values[slot] ?? null);
    const code = value === null ? undefined : codes![value.toNumber()];
    return code === undefined ? this.reading(slot) : `"${code}"`;
  }

  someZero(slots: readonly number[]): boolean {
    for (const slot of slots) if (this.values[slot]?.isZero() === true) return true;
    return false;
  }
}
