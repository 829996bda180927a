/**
 * Exact rational numbers over BigInt: what the referee computes with. A value is n/d with d > 0, not necessarily
 * in lowest terms: reducing after every step would cost more than it saves, since denominators here are
 * products of powers of ten and a few small factors. Comparisons don't need lowest terms; texts reduce.
 */

/** Above this many bits of the denominator a result is reduced, so that long chains can't grow without end. */
const REDUCE_ABOVE = 1n << 256n;

export class Rational {
  private text: string | undefined;

  private constructor(
    readonly n: bigint,
    readonly d: bigint,
  ) {}

  static readonly ZERO = new Rational(0n, 1n);
  static readonly ONE = new Rational(1n, 1n);

  /** @throws RangeError for a zero denominator */
  static of(n: bigint, d = 1n): Rational {
    if (d === 0n) throw new RangeError('a rational needs a denominator other than zero');
    return d < 0n ? new Rational(-n, -d) : new Rational(n, d);
  }

  /**
   * The decimal that a double's shortest representation writes: for a decimal of at most 15 significant
   * digits read into a double, exactly that decimal.
   * @throws RangeError for NaN and infinities
   */
  static fromNumber(value: number): Rational {
    if (value === 0) return Rational.ZERO;
    if (Number.isSafeInteger(value)) return new Rational(BigInt(value), 1n);
    // Most quantities have few decimal places. A decimal of at most 15 digits that rounds to the double is the
    // one decimal that does; finding it by division is four times as fast as by its text.
    for (let places = 1; places <= 6; places++) {
      const scale = TENS[places]!;
      const units = Math.round(value * scale);
      if (Math.abs(units) < 1e15 && units / scale === value) {
        return new Rational(BigInt(units), powerOfTen(places));
      }
    }
    return Rational.parse(String(value));
  }

  /** Reads `-12.5`, `1e-7`, `.5` or `22/7`. @throws RangeError for anything else */
  static parse(text: string): Rational {
    const fraction = /^(-?\d+)\/(\d+)$/.exec(text);
    if (fraction) return Rational.of(BigInt(fraction[1]!), BigInt(fraction[2]!));
    const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
    const digits = (match?.[2] ?? '') + (match?.[3] ?? '');
    if (!match || digits === '') throw new RangeError(`not a decimal or fraction: ${text}`);
    const magnitude = BigInt(digits);
    const n = match[1] === '-' ? -magnitude : magnitude;
    const exponent = Number(match[4] ?? 0) - (match[3]?.length ?? 0);
    return exponent >= 0
      ? new Rational(n * powerOfTen(exponent), 1n)
      : new Rational(n, powerOfTen(-exponent));
  }

  plus(other: Rational): Rational {
    if (other.n === 0n) return this;
    if (this.n === 0n) return other;
    if (this.d === other.d) return bounded(this.n + other.n, this.d);
    if (this.d > other.d) {
      if (this.d % other.d === 0n) return bounded(this.n + other.n * (this.d / other.d), this.d);
    } else if (other.d % this.d === 0n) {
      return bounded(this.n * (other.d / this.d) + other.n, other.d);
    }
    const shared = gcd(this.d, other.d);
    const scale = other.d / shared;
    return bounded(this.n * scale + other.n * (this.d / shared), this.d * scale);
  }

  minus(other: Rational): Rational {
    return this.plus(other.negated());
  }

  times(other: Rational): Rational {
    if (this.n === 0n || other.n === 0n) return Rational.ZERO;
    return bounded(this.n * other.n, this.d * other.d);
  }

  /** @throws RangeError for a zero divisor */
  over(other: Rational): Rational {
    if (other.n === 0n) throw new RangeError('division by zero');
    const negative = other.n < 0n;
    return bounded(
      negative ? -this.n * other.d : this.n * other.d,
      this.d * (negative ? -other.n : other.n),
    );
  }

  negated(): Rational {
    return this.n === 0n ? this : new Rational(-this.n, this.d);
  }

  absolute(): Rational {
    return this.n < 0n ? new Rational(-this.n, this.d) : this;
  }

  /** Negative, zero or positive as this is less than, equal to or greater than the other. */
  compare(other: Rational): number {
    const difference = this.d === other.d ? this.n - other.n : this.n * other.d - other.n * this.d;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  equals(other: Rational): boolean {
    return this.compare(other) === 0;
  }

  isZero(): boolean {
    return this.n === 0n;
  }

  sign(): number {
    return this.n < 0n ? -1 : this.n > 0n ? 1 : 0;
  }

  reduced(): Rational {
    const shared = gcd(this.n < 0n ? -this.n : this.n, this.d);
    return shared === 1n ? this : new Rational(this.n / shared, this.d / shared);
  }

  /** The nearest double, within a relative error of 2^-53 · (1 + 2^-10). */
  toNumber(): number {
    if (this.n === 0n) return 0;
    const [n, d] = [Number(this.n), Number(this.d)];
    // Both are doubles themselves: the division of doubles rounds to the nearest.
    if (Math.abs(n) <= Number.MAX_SAFE_INTEGER && d <= Number.MAX_SAFE_INTEGER) return n / d;
    const magnitude = this.n < 0n ? -this.n : this.n;
    // 66 bits of quotient: what truncation loses is far below half a unit in the last place.
    const shift = 66 - bitLength(magnitude) + bitLength(this.d);
    const quotient =
      shift >= 0 ? (magnitude << BigInt(shift)) / this.d : magnitude / (this.d << BigInt(-shift));
    const value =
      Number(quotient) * 2 ** -Math.trunc(shift / 2) * 2 ** -(shift - Math.trunc(shift / 2));
    return this.n < 0n ? -value : value;
  }

  /** Exact plain decimal where one exists, otherwise the reduced fraction `n/d`. */
  toString(): string {
    return (this.text ??= this.written());
  }

  private written(): string {
    const zeros = zerosOf(this.d);
    if (zeros !== null) return fixedText(this.n, zeros);
    const { n, d } = this.reduced();
    let rest = d;
    let twos = 0;
    let fives = 0;
    for (; rest % 2n === 0n; rest /= 2n) twos++;
    for (; rest % 5n === 0n; rest /= 5n) fives++;
    if (rest !== 1n) return `${n}/${d}`;
    const places = Math.max(twos, fives);
    return fixedText(n * (powerOfTen(places) / d), places);
  }
}

/** `units` of 10^-places in plain notation, without superfluous zeros. */
export function fixedText(units: bigint, places: number): string {
  if (places === 0) return units.toString();
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

const TENS: readonly number[] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6];
const POWERS: bigint[] = [1n];

export function powerOfTen(exponent: number): bigint {
  for (let i = POWERS.length; i <= exponent; i++) POWERS.push(POWERS[i - 1]! * 10n);
  return POWERS[exponent]!;
}

function bounded(n: bigint, d: bigint): Rational {
  const value = Rational.of(n, d);
  return d > REDUCE_ABOVE ? value.reduced() : value;
}

const GREATEST_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** Euclid's. @param b not negative, as a */
function gcd(a: bigint, b: bigint): bigint {
  while (b > GREATEST_SAFE) [a, b] = [b, a % b];
  return b === 0n ? a : BigInt(safeGcd(Number(b), Number(a % b)));
}

/**
 * Of integers that doubles hold. For x below 2^53 the quotient x / y rounds to no integer that it does not reach: it is
 * at least 1 / y below the next one, and its rounding moves it by less. So the floor, its product and the rest are exact.
 */
function safeGcd(x: number, y: number): number {
  while (y !== 0) [x, y] = [y, x - Math.floor(x / y) * y];
  return x;
}

/** The power of ten that a number is; null where it is none. */
function zerosOf(positive: bigint): number | null {
  if (positive === 1n) return 0;
  const magnitude = Number(positive);
  // A power of ten that overflows a double is found by its digits.
  const zeros = Number.isFinite(magnitude)
    ? Math.round(Math.log10(magnitude))
    : positive.toString().length - 1;
  return positive === powerOfTen(zeros) ? zeros : null;
}

function bitLength(positive: bigint): number {
  return positive.toString(16).length * 4;
}
