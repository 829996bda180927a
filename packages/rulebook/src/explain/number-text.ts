/** Numbers as a reader of an explanation meets them. */
import { decimalText } from '@tanxiao/contracts';

import type { Rational } from '../exact/rational';
import { roundResult } from '../exact/rounding';

/** A fraction with more digits than this is shown by its first digits, marked with an ellipsis. */
const LONGEST = 60;
const READING_DIGITS = 6;

/** The exact value: a decimal, or `n/d`. Very long ones are cut for reading, marked by `…`; the value itself stays exact. */
export function exactText(value: Rational): string {
  const text = value.toString();
  if (text.length <= LONGEST) return text;
  return `${decimalText(roundResult(value, 12))}…`;
}

/** Rounded once: to a result's places, or for other values to six significant digits after the point at the least. */
export function shownText(value: Rational, decimals: number | null): string {
  return decimalText(roundResult(value, decimals ?? READING_DIGITS));
}
