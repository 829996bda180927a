/**
 * Spans of an input's line that all serve, and the decimal in one that is nearest to the present value: of at most 15
 * significant digits, since a submission takes no more, and rounded towards the inside, so that it serves as well.
 */
import { MAX_DECIMAL_PLACES, MAX_SIGNIFICANT_DIGITS } from '@tanxiao/contracts';

import { powerOfTen, Rational } from '../exact/rational';
import type { Cell } from './cell-algebra';

export interface Span extends Cell {
  readonly lowIncluded: boolean;
  readonly highIncluded: boolean;
}

/** Neighbouring cells (in ascending order) merged, nearest to `present` first; `present` lies in none of them. */
export function spansFrom(cells: readonly Cell[], present: Rational): Span[] {
  const spans: Span[] = [];
  for (const { low, high } of cells) {
    const isPoint = low.equals(high);
    const last = spans.at(-1);
    if (last?.high.equals(low) && (isPoint || last.highIncluded))
      spans[spans.length - 1] = { ...last, high, highIncluded: isPoint };
    else spans.push({ low, high, lowIncluded: isPoint, highIncluded: isPoint });
  }
  const distance = (span: Span): Rational => edgeOf(span, present).minus(present).absolute();
  return spans.sort((a, b) => distance(a).compare(distance(b)));
}

/** The end of a span that is nearest to `present`, exactly. */
export function edgeOf(span: Span, present: Rational): Rational {
  return span.low.compare(present) >= 0 ? span.low : span.high;
}

/** The decimal of a span that is nearest to `present`; null where it holds none of at most 15 digits. */
export function decimalIn(span: Span, present: Rational): Rational | null {
  const upwards = span.low.compare(present) >= 0;
  const edge = upwards ? span.low : span.high;
  const included = upwards ? span.lowIncluded : span.highIncluded;
  const value = roundedTo(edge, { digits: MAX_SIGNIFICANT_DIGITS, upwards, past: !included });
  return isWithin(span, value) ? value : null;
}

export function isWithin(span: Span, value: Rational): boolean {
  const fromLow = value.compare(span.low);
  const toHigh = span.high.compare(value);
  return (
    (fromLow > 0 || (fromLow === 0 && span.lowIncluded)) &&
    (toHigh > 0 || (toHigh === 0 && span.highIncluded))
  );
}

/** The nearest decimal of so many significant digits on one side of a value; `past`: never the value itself. */
export function roundedTo(
  value: Rational,
  how: { readonly digits: number; readonly upwards: boolean; readonly past: boolean },
): Rational {
  if (!how.upwards) return roundedTo(value.negated(), { ...how, upwards: true }).negated();
  const places = Math.min(MAX_DECIMAL_PLACES, how.digits - wholeDigits(value));
  const scale = powerOfTen(Math.abs(places));
  const scaled = places >= 0 ? value.times(Rational.of(scale)) : value.over(Rational.of(scale));
  const { n, d } = scaled;
  const floor = n / d - (n % d < 0n ? 1n : 0n);
  const units = floor * d === n && !how.past ? floor : floor + 1n;
  return places >= 0 ? Rational.of(units, scale) : Rational.of(units * scale);
}

/** Digits before the decimal point; zero or negative for a value below one, by its leading zeros. */
function wholeDigits(value: Rational): number {
  const { n, d } = value.absolute();
  if (n === 0n) return 0;
  let digits = n.toString().length - d.toString().length;
  // n / d lies in [10^(digits-1), 10^(digits+1)).
  const reaches = digits >= 0 ? n >= d * powerOfTen(digits) : n * powerOfTen(-digits) >= d;
  if (reaches) digits += 1;
  return digits;
}
