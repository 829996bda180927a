/** Array literals for parameters: one text per column instead of one parameter per value (65,535 at most, and slow). */
import { StoreError } from './errors';

/** Literal of text[], uuid[]…; null elements are NULL. Everything is quoted, so no text can break out. */
export function textArray(values: readonly (string | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : quoted(value))).join(',')}}`;
}

function quoted(value: string): string {
  return /["\\]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : `"${value}"`;
}

/**
 * Literal of float8[], int[] or smallint[]; null elements are NULL. A double's shortest notation is sent, so it comes back the same.
 * @throws StoreError `not-a-quantity` for NaN and infinities.
 */
export function numberTextArray(values: readonly (number | null)[]): string {
  let sum = 0;
  for (const value of values) sum += value === null ? 0 : value - value;
  // x - x is NaN exactly for NaN and the infinities.
  if (sum !== 0)
    throw new StoreError('not-a-quantity', {
      zh: `第 ${values.findIndex((value) => value !== null && !Number.isFinite(value))} 个值不是有限数`,
      en: `value ${values.findIndex((value) => value !== null && !Number.isFinite(value))} is not a finite number; send null for an unknown value`,
    });
  return `{${values.map((value) => (value === null ? 'NULL' : String(value))).join(',')}}`;
}
