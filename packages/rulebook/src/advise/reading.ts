/** Differences and percentages as an advice shows them. */
import { Rational } from '../exact/rational';
import { shownText } from '../explain/number-text';
import { roundedTo } from './span';

const HUNDRED = Rational.of(100n);
const PERCENT_DIGITS = 3;

/** `part` in per cent of the magnitude of `whole`, three digits, rounded away from zero; null where that is zero. */
export function percentOf(part: Rational, whole: Rational): string | null {
  if (whole.sign() === 0) return null;
  const percent = part.over(whole.absolute()).times(HUNDRED);
  const how = { digits: PERCENT_DIGITS, upwards: percent.sign() > 0, past: false };
  return roundedTo(percent, how).toString();
}

/** A fraction as per cent, for reading: 0.02 is 2. */
export function asPercent(fraction: Rational): string {
  return shownText(fraction.times(HUNDRED), null);
}
