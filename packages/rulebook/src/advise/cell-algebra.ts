/**
 * Values as functions of one input over a cell of its line: an open interval or a single point. Where a sign changes
 * inside the cell the place is noted in `splits`, and the caller divides the cell there; on the parts it is decided.
 */
import type { AffineForm } from '../exact/affine-form';
import { type Comparison, MEETS } from '../exact/comparison';
import type { Rational } from '../exact/rational';
import { LinearRatio } from './linear-ratio';
import { halfway } from './order';
import type { Algebra, Truth } from './symbolic-plan';

/** An open interval; a point where `low` equals `high`. */
export interface Cell {
  readonly low: Rational;
  readonly high: Rational;
}

/** `unsolved`: no ratio of two affine forms, or not decided on this cell. */
export type CellValue = LinearRatio | 'unsolved';

export class CellAlgebra implements Algebra<CellValue> {
  /** Where the cell must be divided. */
  readonly splits: Rational[] = [];

  constructor(private readonly cell: Cell) {}

  constant(value: Rational): CellValue {
    return LinearRatio.constant(value);
  }

  constantOf(value: CellValue): Rational | null {
    return value === 'unsolved' ? null : value.constantValue;
  }

  plus(a: CellValue, b: CellValue): CellValue {
    return a === 'unsolved' || b === 'unsolved' ? 'unsolved' : (a.plus(b) ?? 'unsolved');
  }

  times(a: CellValue, b: CellValue): CellValue {
    return a === 'unsolved' || b === 'unsolved' ? 'unsolved' : (a.times(b) ?? 'unsolved');
  }

  negated(a: CellValue): CellValue {
    return a === 'unsolved' ? a : a.negated();
  }

  over(a: CellValue, b: CellValue): CellValue | null {
    if (b === 'unsolved') return b;
    const sign = this.sign(b);
    if (sign === 0) return null;
    return sign === null ? 'unsolved' : this.times(a, b.inverted());
  }

  extreme(of: 'min' | 'max', values: readonly CellValue[]): CellValue {
    return values.reduce((best, value) => {
      const better = this.compare(of === 'max' ? '>' : '<', value, best);
      return better === 'open' ? 'unsolved' : better ? value : best;
    });
  }

  compare(operator: Comparison, a: CellValue, b: CellValue): Truth {
    const difference = this.plus(a, this.negated(b));
    const sign = difference === 'unsolved' ? null : this.sign(difference);
    return sign === null ? 'open' : MEETS[operator](sign);
  }

  either(): CellValue {
    return 'unsolved';
  }

  perhapsUnknown(): CellValue {
    return 'unsolved';
  }

  known(a: CellValue): Truth {
    return a === 'unsolved' ? 'open' : true;
  }

  reading(reads: readonly CellValue[], result: CellValue): CellValue {
    return reads.includes('unsolved') ? 'unsolved' : result;
  }

  /** Null where it changes inside the cell, which is then noted. */
  private sign(value: LinearRatio): number | null {
    const numerator = this.formSign(value.numerator);
    const denominator = this.formSign(value.denominator);
    return numerator === null || denominator === null ? null : numerator * denominator;
  }

  private formSign(form: AffineForm): number | null {
    const { low, high } = this.cell;
    const [slope] = form.coefficients.values();
    if (slope === undefined) return form.constant.sign();
    const root = form.constant.negated().over(slope);
    if (root.compare(low) > 0 && root.compare(high) < 0) {
      this.splits.push(root);
      return null;
    }
    const within = halfway(low, high);
    return form.at(() => within).sign();
  }
}
