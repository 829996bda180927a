/**
 * Values over a box: each uncertain input anywhere in its interval. A ratio of two affine forms has its exact least and
 * greatest value (an input above and below the line counts once, not twice); anything else is interval arithmetic,
 * which may be wider than the truth, never narrower.
 */
import type { AffineForm } from '../exact/affine-form';
import type { Comparison } from '../exact/comparison';
import { Rational } from '../exact/rational';
import { LinearRatio } from './linear-ratio';
import { greater, lesser } from './order';
import type { Algebra, Truth } from './symbolic-plan';

/** By slot. */
export type Box = ReadonlyMap<
  number,
  { readonly low: Rational; readonly present: Rational; readonly high: Rational }
>;

export interface Range {
  readonly ratio: LinearRatio | null;
  /** Both null: without bounds. */
  readonly bounds: { readonly low: Rational; readonly high: Rational } | null;
  /** Whether it may be unknown in a part of the box. */
  readonly perhapsUnknown: boolean;
}

export class BoxAlgebra implements Algebra<Range> {
  constructor(private readonly box: Box) {}

  constant(value: Rational): Range {
    return this.ofRatio(LinearRatio.constant(value));
  }

  /** The value of a ratio whose denominator is nowhere zero in the box. */
  ofRatio(ratio: LinearRatio): Range {
    const bounds = { low: this.extremeOf(ratio, -1), high: this.extremeOf(ratio, 1) };
    return { ratio, bounds, perhapsUnknown: false };
  }

  constantOf({ ratio }: Range): Rational | null {
    return ratio?.constantValue ?? null;
  }

  plus(a: Range, b: Range): Range {
    return this.combined(a, b, a.ratio && b.ratio && a.ratio.plus(b.ratio), (x, y) => ({
      low: x.low.plus(y.low),
      high: x.high.plus(y.high),
    }));
  }

  times(a: Range, b: Range): Range {
    return this.combined(a, b, a.ratio && b.ratio && a.ratio.times(b.ratio), (x, y) => {
      const corners = [x.low, x.high].flatMap((p) => [p.times(y.low), p.times(y.high)]);
      return { low: corners.reduce(lesser), high: corners.reduce(greater) };
    });
  }

  negated({ ratio, bounds, perhapsUnknown }: Range): Range {
    return {
      ratio: ratio?.negated() ?? null,
      bounds: bounds && { low: bounds.high.negated(), high: bounds.low.negated() },
      perhapsUnknown,
    };
  }

  over(a: Range, b: Range): Range | null {
    const { bounds } = b;
    if (bounds?.low.sign() === 0 && bounds.high.sign() === 0) return null;
    if (!bounds || bounds.low.sign() * bounds.high.sign() <= 0)
      return { ratio: null, bounds: null, perhapsUnknown: true };
    return this.times(a, {
      ratio: b.ratio?.inverted() ?? null,
      bounds: { low: Rational.ONE.over(bounds.high), high: Rational.ONE.over(bounds.low) },
      perhapsUnknown: b.perhapsUnknown,
    });
  }

  extreme(of: 'min' | 'max', values: readonly Range[]): Range {
    const choose = of === 'max' ? greater : lesser;
    return values.reduce((best, value) => {
      const perhapsUnknown = best.perhapsUnknown || value.perhapsUnknown;
      const first = this.compare(of === 'max' ? '>=' : '<=', best, value);
      if (first !== 'open') return { ...(first ? best : value), perhapsUnknown };
      const bounds = best.bounds &&
        value.bounds && {
          low: choose(best.bounds.low, value.bounds.low),
          high: choose(best.bounds.high, value.bounds.high),
        };
      return { ratio: null, bounds, perhapsUnknown };
    });
  }

  compare(operator: Comparison, a: Range, b: Range): Truth {
    const { bounds, perhapsUnknown } = this.plus(a, this.negated(b));
    if (!bounds) return 'open';
    const [low, high] = [bounds.low.sign(), bounds.high.sign()];
    const truth = SIGNS[operator](low, high);
    // A comparison that needs a division by zero is false.
    return perhapsUnknown && truth === true ? 'open' : truth;
  }

  either(a: Range | null, b: Range | null): Range | null {
    if (a === null || b === null) {
      const known = a ?? b;
      return known && this.perhapsUnknown(known);
    }
    const bounds = a.bounds &&
      b.bounds && {
        low: lesser(a.bounds.low, b.bounds.low),
        high: greater(a.bounds.high, b.bounds.high),
      };
    return { ratio: null, bounds, perhapsUnknown: a.perhapsUnknown || b.perhapsUnknown };
  }

  perhapsUnknown(a: Range): Range {
    return { ...a, perhapsUnknown: true };
  }

  known({ perhapsUnknown }: Range): Truth {
    return perhapsUnknown ? 'open' : true;
  }

  reading(reads: readonly Range[], result: Range): Range {
    return reads.some(({ perhapsUnknown }) => perhapsUnknown)
      ? this.perhapsUnknown(result)
      : result;
  }

  private combined(
    a: Range,
    b: Range,
    ratio: LinearRatio | null,
    intervals: (
      x: NonNullable<Range['bounds']>,
      y: NonNullable<Range['bounds']>,
    ) => NonNullable<Range['bounds']>,
  ): Range {
    const perhapsUnknown = a.perhapsUnknown || b.perhapsUnknown;
    if (ratio) return { ...this.ofRatio(ratio), perhapsUnknown };
    const bounds = a.bounds && b.bounds && intervals(a.bounds, b.bounds);
    return { ratio: null, bounds, perhapsUnknown };
  }

  /**
   * The least (−1) or greatest (1) value of a ratio over the box. Dinkelbach's method: the corner that is best for
   * `numerator − t · denominator` improves on `t` until none does; there are finitely many corners.
   */
  private extremeOf(ratio: LinearRatio, direction: 1 | -1): Rational {
    const { numerator, denominator } = ratio;
    const constant = ratio.constantValue;
    if (constant !== null) return constant;
    const sign = denominator.at((slot) => this.box.get(slot)!.present).sign();
    let best = ratio.at((slot) => this.box.get(slot)!.present);
    for (;;) {
      const gain = numerator.plus(denominator.times(best.negated()));
      const value = ratio.at(this.corner(gain, sign * direction));
      if (value.equals(best)) return best;
      best = value;
    }
  }

  /** The corner where an affine form, times a sign, is greatest. */
  private corner(form: AffineForm, sign: number): (slot: number) => Rational {
    return (slot) => {
      const { low, high } = this.box.get(slot)!;
      return form.coefficient(slot).sign() * sign > 0 ? high : low;
    };
  }
}

/** By the signs of the least and the greatest difference. */
const SIGNS: Readonly<Record<Comparison, (low: number, high: number) => Truth>> = {
  '<': (low, high) => (high < 0 ? true : low >= 0 ? false : 'open'),
  '<=': (low, high) => (high <= 0 ? true : low > 0 ? false : 'open'),
  '>': (low, high) => (low > 0 ? true : high <= 0 ? false : 'open'),
  '>=': (low, high) => (low >= 0 ? true : high < 0 ? false : 'open'),
  '==': (low, high) => (low === 0 && high === 0 ? true : low > 0 || high < 0 ? false : 'open'),
  '!=': (low, high) => (low === 0 && high === 0 ? false : low > 0 || high < 0 ? true : 'open'),
};
