/** Numbers as a reader of an explanation meets them. */
import { decimalText } from '@tanxiao/contracts';

import type { Rational } from '../exact/rational';
import { roundResult } from '../exact/rounding';

/** A fraction with more digits than this is shown by its first digits, marked with an ellipsis. */
const LONGEST = 60;
/** A decimal of at most so many characters is shown whole. */
const LONGEST_DECIMAL = 24;
const READING_DIGITS = 6;

/** The exact value: a decimal, or `n/d`. Very long ones are cut for reading, marked by `…`; the value itself stays exact. */
export function exactText(value: Rational): string {
  const text = value.toString();
  if (text.length <= LONGEST) return text;
  return `${decimalText(roundResult(value, 12))}…`;
}

/** Rounded once: to a result's places, or for other values to six places or significant digits, whichever shows more. */
export function shownText(value: Rational, decimals: number | null): string {
  return decimalText(roundResult(value, decimals ?? readingPlaces(value)));
}

/** A decimal for reading: the exact one where it is short, else its first digits, marked with an ellipsis. */
export function readingText(value: Rational): string {
  const exact = value.toString();
  return exact.length <= LONGEST_DECIMAL && !exact.includes('/')
    ? exact
    : `${shownText(value, null)}…`;
}

function readingPlaces(value: Rational): number {
  const magnitude = Math.abs(value.toNumber());
  const leadingZeros =
    magnitude === 0 || magnitude >= 1 ? 0 : -Math.floor(Math.log10(magnitude)) - 1;
  return READING_DIGITS + leadingZeros;
}
