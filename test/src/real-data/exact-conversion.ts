/**
 * Conversion of decimal texts by an exact ratio, rounded at most once by GB/T 8170 (half to even). Rational
 * throughout: a double would decide a tie by its own error.
 */
import { Rational, roundToInterval } from '@tanxiao/rulebook';

const PLAIN = /^[+-]?\d+(?:\.\d+)?$/;

/** `text` times the ratio, exactly; rounded to `decimals` places where they are given. Null for no plain decimal. */
export function convertExactly(text: string, ratio: Rational, decimals?: number): string | null {
  if (!PLAIN.test(text)) return null;
  const exact = Rational.parse(text).times(ratio);
  if (decimals === undefined) return exact.toString();
  return roundToInterval(exact, Rational.of(1n, 10n ** BigInt(decimals))).toString();
}
