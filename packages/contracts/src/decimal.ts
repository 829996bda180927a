/**
 * Quantities as they cross a border: decimals of at most 15 significant digits. A double then holds each
 * without loss: its shortest representation *is* the decimal (IEEE 754 guarantees 15 digits there and back).
 */

export const MAX_SIGNIFICANT_DIGITS = 15;
/** Quantities stay below this magnitude, so that a plain notation never needs more than 15 digits before the point. */
export const MAX_MAGNITUDE = 1e15;
/** At most so many digits after the decimal point. */
export const MAX_DECIMAL_PLACES = 15;

export type DecimalProblem =
  'not-a-number' | 'too-many-digits' | 'too-large' | 'too-many-decimal-places';

export type DecimalReading =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly problem: DecimalProblem };

const DECIMAL = /^[+-]?(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d{1,4}))?$/;

/**
 * Reads a decimal in plain or exponent notation, with ASCII digits and no grouping marks.
 * Minus zero becomes zero.
 */
export function readDecimal(text: string): DecimalReading {
  const match = DECIMAL.exec(text);
  if (!match) return { ok: false, problem: 'not-a-number' };
  const whole = match[1] ?? '';
  const fraction = match[2] ?? match[3] ?? '';
  const exponent = Number(match[4] ?? 0);
  const digits = whole + fraction;
  const significant = digits.replace(/^0+/, '').replace(/0+$/, '');
  if (significant === '') return { ok: true, value: 0 };
  if (significant.length > MAX_SIGNIFICANT_DIGITS) return { ok: false, problem: 'too-many-digits' };
  const trailingZeros = digits.length - digits.replace(/0+$/, '').length;
  const decimalPlaces = fraction.length - trailingZeros - exponent;
  if (significant.length - decimalPlaces > MAX_DECIMAL_PLACES)
    return { ok: false, problem: 'too-large' };
  if (decimalPlaces > MAX_DECIMAL_PLACES) return { ok: false, problem: 'too-many-decimal-places' };
  return { ok: true, value: Number(text) };
}

/**
 * Plain decimal notation of a finite double's shortest representation: no exponent, no superfluous zero.
 * @throws RangeError for NaN and infinities, which are no quantities.
 */
export function decimalText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  const shortest = String(value === 0 ? 0 : value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(shortest);
  if (!match) return shortest;
  const [, sign = '', first = '', rest = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  const digits = first + rest;
  return exponent < 0
    ? `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
    : sign + digits.padEnd(exponent + 1, '0');
}
