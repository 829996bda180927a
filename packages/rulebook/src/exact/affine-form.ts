/** Affine forms `constant + Σ coefficient · input` over a plan's inputs, with exact coefficients. */
import { Rational } from './rational';

export class AffineForm {
  private constructor(
    readonly constant: Rational,
    /** By slot of the input; none is zero. */
    readonly coefficients: ReadonlyMap<number, Rational>,
  ) {}

  static constant(value: Rational): AffineForm {
    return new AffineForm(value, NO_COEFFICIENTS);
  }

  /** The input itself. */
  static input(slot: number): AffineForm {
    return new AffineForm(Rational.ZERO, new Map([[slot, Rational.ONE]]));
  }

  get isConstant(): boolean {
    return this.coefficients.size === 0;
  }

  get isZero(): boolean {
    return this.isConstant && this.constant.sign() === 0;
  }

  coefficient(slot: number): Rational {
    return this.coefficients.get(slot) ?? Rational.ZERO;
  }

  plus(other: AffineForm): AffineForm {
    const constant = this.constant.plus(other.constant);
    if (other.isConstant) return new AffineForm(constant, this.coefficients);
    if (this.isConstant) return new AffineForm(constant, other.coefficients);
    const coefficients = new Map(this.coefficients);
    for (const [slot, coefficient] of other.coefficients) {
      const sum = this.coefficient(slot).plus(coefficient);
      if (sum.sign() === 0) coefficients.delete(slot);
      else coefficients.set(slot, sum);
    }
    return new AffineForm(constant, coefficients);
  }

  times(factor: Rational): AffineForm {
    const constant = this.constant.times(factor);
    if (this.isConstant || factor.sign() === 0) return AffineForm.constant(constant);
    return new AffineForm(
      constant,
      new Map([...this.coefficients].map(([slot, c]) => [slot, c.times(factor)])),
    );
  }

  /** The `t` with `this = t · other`, which must not be zero; null where there is none. */
  proportionTo(other: AffineForm): Rational | null {
    const [pivot] = other.coefficients.keys();
    const t =
      pivot === undefined
        ? this.constant.over(other.constant)
        : this.coefficient(pivot).over(other.coefficient(pivot));
    return this.plus(other.times(t.negated())).isZero ? t : null;
  }

  at(valueOf: (slot: number) => Rational): Rational {
    let sum = this.constant;
    for (const [slot, coefficient] of this.coefficients)
      sum = sum.plus(coefficient.times(valueOf(slot)));
    return sum;
  }
}

const NO_COEFFICIENTS: ReadonlyMap<number, Rational> = new Map();
