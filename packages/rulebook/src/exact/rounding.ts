/**
 * Rounding of GB/T 8170-2008 on exact values: half to even on decimal digits, once; and comparing a measured
 * value with a limit by the full value (全数值比较法) or by the rounded value (修约值比较法).
 */
import { MEETS } from './comparison';
import { fixedText, powerOfTen, Rational } from './rational';

/** A displayed result has at most so many significant digits, so that a double holds it without loss. */
const RESULT_DIGITS = 15;

/** The nearest multiple of `interval`, half to even multiple (GB/T 8170, 3.2 to 3.4). @throws RangeError unless interval > 0 */
export function roundToInterval(value: Rational, interval: Rational): Rational {
  if (interval.sign() <= 0) throw new RangeError('a rounding interval is greater than zero');
  return Rational.of(nearestInteger(value.over(interval))).times(interval);
}

/** Rounds to decimal places (GB/T 8170, 3.2 to 3.4). */
export function roundToPlaces(value: Rational, places: number): Rational {
  const scale = powerOfTen(places);
  return Rational.of(nearestInteger(value.times(Rational.of(scale))), scale);
}

/** Rounds to multiples of half the interval: double, round to the interval, halve (GB/T 8170, 3.5.1). */
export function roundToHalfInterval(value: Rational, interval: Rational): Rational {
  const two = Rational.of(2n);
  return roundToInterval(value.times(two), interval).over(two);
}

/** Rounds to multiples of a fifth of the interval: times five, round, a fifth (GB/T 8170, 3.5.2). */
export function roundToFifthInterval(value: Rational, interval: Rational): Rational {
  const five = Rational.of(5n);
  return roundToInterval(value.times(five), interval).over(five);
}

/**
 * A result as it is shown and kept: rounded once, to `decimals` places or to 15 significant digits, whichever
 * is coarser. The double returned is the nearest to that decimal, so its shortest text is the decimal.
 */
export function roundResult(value: Rational, decimals: number): number {
  if (value.sign() === 0) return 0;
  let places = decimals;
  let units = nearestInteger(value.times(Rational.of(powerOfTen(places))));
  while ((units < 0n ? -units : units) >= powerOfTen(RESULT_DIGITS) && places > -300) {
    places -= 1;
    units = nearestInteger(
      places >= 0
        ? value.times(Rational.of(powerOfTen(places)))
        : value.over(Rational.of(powerOfTen(-places))),
    );
  }
  const power = EXACT_POWERS[places];
  // Units below 10^15 and such a power are doubles, and so their quotient is the nearest to the decimal.
  if (power !== undefined) return Number(units) / power;
  return Number(places >= 0 ? fixedText(units, places) : `${units}e${-places}`);
}

/** The powers of ten that are doubles. */
const EXACT_POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

export type LimitOperator = '<' | '<=' | '>' | '>=';

/** Whether `measured` meets the limit, by its full value. */
export function meetsLimit(measured: Rational, operator: LimitOperator, limit: Rational): boolean {
  return MEETS[operator](measured.compare(limit));
}

/** Whether `measured`, first rounded to the limit's interval, meets the limit (GB/T 8170, 4.3.3). */
export function roundedMeetsLimit(
  measured: Rational,
  operator: LimitOperator,
  limit: Rational,
  interval: Rational,
): boolean {
  return meetsLimit(roundToInterval(measured, interval), operator, limit);
}

/** The nearest integer, a tie to the even one. */
export function nearestInteger(value: Rational): bigint {
  const { n, d } = value;
  let floor = n / d;
  let rest = n % d;
  if (rest < 0n) {
    floor -= 1n;
    rest += d;
  }
  const twice = 2n * rest;
  if (twice < d) return floor;
  if (twice > d) return floor + 1n;
  return floor % 2n === 0n ? floor : floor + 1n;
}
