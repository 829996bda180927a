/** Two exact totals and a number of peers, of an atom or of a group. */
import type { BenchmarkTotals } from '../evaluate/referee';
import { Rational } from '../exact/rational';
import type { Atoms } from './atoms';

export interface AtomTotals {
  readonly atoms: Atoms;
  readonly totals: readonly Total[];
}

export class Total implements BenchmarkTotals {
  size = 0;
  numerator = Rational.ZERO;
  denominator = Rational.ZERO;

  add(numerator: Rational, denominator: Rational): void {
    this.numerator = this.numerator.plus(numerator);
    this.denominator = this.denominator.plus(denominator);
  }
}
