/** Comparisons on the line of exact values. */
import { Rational } from '../exact/rational';

export function halfway(low: Rational, high: Rational): Rational {
  return low.plus(high).over(Rational.of(2n));
}

export function lesser(a: Rational, b: Rational): Rational {
  return a.compare(b) <= 0 ? a : b;
}

export function greater(a: Rational, b: Rational): Rational {
  return a.compare(b) >= 0 ? a : b;
}
