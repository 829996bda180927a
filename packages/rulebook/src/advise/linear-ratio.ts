/**
 * Ratios of two affine forms. In one input that is a Möbius function, which takes each value at most once and so can
 * be solved; sums, products with constants and quotients of affine values stay of this shape. An operation whose
 * result is of another shape (x · x, x + 1 / x) answers null.
 */
import { AffineForm } from '../exact/affine-form';
import { Rational } from '../exact/rational';

const ONE = AffineForm.constant(Rational.ONE);

export class LinearRatio {
  private constructor(
    readonly numerator: AffineForm,
    /** Never zero as a form; 1 where it is constant. */
    readonly denominator: AffineForm,
  ) {}

  static constant(value: Rational): LinearRatio {
    return new LinearRatio(AffineForm.constant(value), ONE);
  }

  static input(slot: number): LinearRatio {
    return new LinearRatio(AffineForm.input(slot), ONE);
  }

  private static of(numerator: AffineForm, denominator: AffineForm): LinearRatio {
    const constant = numerator.proportionTo(denominator);
    if (constant !== null) return LinearRatio.constant(constant);
    if (!denominator.isConstant) return new LinearRatio(numerator, denominator);
    return new LinearRatio(numerator.times(Rational.ONE.over(denominator.constant)), ONE);
  }

  /** Its value where it is the same everywhere, else null. */
  get constantValue(): Rational | null {
    return this.denominator.isConstant && this.numerator.isConstant
      ? this.numerator.constant
      : null;
  }

  plus(other: LinearRatio): LinearRatio | null {
    const { numerator, denominator } = this;
    const ours = this.constantValue;
    const theirs = other.constantValue;
    if (ours !== null && theirs !== null) return LinearRatio.constant(ours.plus(theirs));
    if (theirs !== null)
      return LinearRatio.of(numerator.plus(denominator.times(theirs)), denominator);
    const t = denominator.proportionTo(other.denominator);
    if (t !== null) return LinearRatio.of(numerator.plus(other.numerator.times(t)), denominator);
    return ours === null ? null : other.plus(this);
  }

  negated(): LinearRatio {
    return new LinearRatio(this.numerator.times(MINUS_ONE), this.denominator);
  }

  times(other: LinearRatio): LinearRatio | null {
    const ours = this.constantValue;
    const theirs = other.constantValue;
    if (theirs !== null) {
      return ours !== null
        ? LinearRatio.constant(ours.times(theirs))
        : LinearRatio.of(this.numerator.times(theirs), this.denominator);
    }
    if (ours !== null) return other.times(this);
    return this.cancelled(other) ?? other.cancelled(this) ?? this.timesReciprocal(other);
  }

  /** @throws RangeError where this is zero everywhere */
  inverted(): LinearRatio {
    if (this.numerator.isZero) throw new RangeError('zero has no reciprocal');
    return LinearRatio.of(this.denominator, this.numerator);
  }

  at(valueOf: (slot: number) => Rational): Rational {
    return this.numerator.at(valueOf).over(this.denominator.at(valueOf));
  }

  /** The product where our numerator is a multiple of the other's denominator: (t · d₂ / d₁) · (n₂ / d₂). */
  private cancelled(other: LinearRatio): LinearRatio | null {
    const t = this.numerator.proportionTo(other.denominator);
    return t === null ? null : LinearRatio.of(other.numerator.times(t), this.denominator);
  }

  /** The product of an affine value and a reciprocal of one, either way round. */
  private timesReciprocal(other: LinearRatio): LinearRatio | null {
    if (other.numerator.isConstant && this.denominator.isConstant)
      return LinearRatio.of(this.numerator.times(other.numerator.constant), other.denominator);
    if (this.numerator.isConstant && other.denominator.isConstant)
      return LinearRatio.of(other.numerator.times(this.numerator.constant), this.denominator);
    return null;
  }
}

const MINUS_ONE = Rational.of(-1n);
