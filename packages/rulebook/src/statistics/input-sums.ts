/** Exact totals of linear forms by atom, from the inputs' columns: the only work a subject is one addition an input. */
import { powerOfTen, Rational } from '../exact/rational';
import { addColumn } from './exact-sums';
import type { LinearForm } from './linear-measure';

/** Quantities are added in units of so many decimal places, where they have no more. */
const UNIT_PLACES = 6;

/** One form a value of the statistic; null where some value has none. */
export type Forms = readonly LinearForm[] | null;

export interface FormsByAtom {
  readonly distinct: readonly Forms[];
  /** By atom: a position among them. */
  readonly ofAtom: readonly number[];
}

/** Of an input: by value of the statistic, by position among the distinct forms. */
type Coefficients = readonly (readonly bigint[])[];

export class InputSums {
  /** By value of the statistic, by atom: in units, times the form's divisor. */
  private readonly units: readonly bigint[][];
  /** By value, by atom: of subjects whose quantity is no whole number of units. */
  private readonly rest: readonly Map<number, Rational>[];
  /** By atom: subjects added up here. */
  private readonly counts: Float64Array;
  private readonly sums: Float64Array;

  /** @param atomOf by subject; −1: not added up here. An atom of any other has forms */
  constructor(
    private readonly forms: FormsByAtom,
    private readonly atomOf: Int32Array,
  ) {
    const atoms = forms.ofAtom.length;
    const values = { length: 2 };
    this.units = Array.from(values, () => Array.from({ length: atoms }, () => 0n));
    this.rest = Array.from(values, () => new Map<number, Rational>());
    this.counts = new Float64Array(atoms);
    this.sums = new Float64Array(atoms);
    countAtoms(atomOf, this.counts);
  }

  /** An input's column is gone through once for all values. */
  addInput(input: number, values: Float64Array, used: Uint8Array): void {
    const coefficients = this.coefficientsOf(input);
    if (!coefficients.flat().some((coefficient) => coefficient !== 0n)) return;
    const { sums, atomOf: groupOf } = this;
    sums.fill(0);
    const fold = (atom: number, units: number): void => this.addUnits(atom, coefficients, units);
    addColumn({ values, used, groupOf, scale: 10 ** UNIT_PLACES }, sums, {
      units: fold,
      value: (atom, i) => this.addValue(atom, coefficients, Rational.fromNumber(values[i]!)),
    });
    for (let atom = 0; atom < sums.length; atom++) if (sums[atom] !== 0) fold(atom, sums[atom]!);
  }

  /** By value of the statistic; null where no subject of the atom was added up here. */
  totalsOf(atom: number): readonly Rational[] | null {
    const count = this.counts[atom]!;
    if (count === 0) return null;
    const scale = powerOfTen(UNIT_PLACES);
    return this.units.map((units, value) => {
      const { constant, divisor } = this.formOf(atom, value);
      const all = units[atom]! + constant * BigInt(count) * scale;
      const rest = this.rest[value]!.get(atom) ?? Rational.ZERO;
      return Rational.of(all, divisor * scale).plus(rest);
    });
  }

  private addUnits(atom: number, coefficients: Coefficients, units: number): void {
    const added = BigInt(units);
    const forms = this.forms.ofAtom[atom]!;
    coefficients.forEach((ofForms, value) => {
      const coefficient = ofForms[forms]!;
      if (coefficient !== 0n) this.units[value]![atom]! += coefficient * added;
    });
  }

  private addValue(atom: number, coefficients: Coefficients, quantity: Rational): void {
    const forms = this.forms.ofAtom[atom]!;
    coefficients.forEach((ofForms, value) => {
      const { divisor } = this.formOf(atom, value);
      const part = quantity.times(Rational.of(ofForms[forms]!, divisor));
      const rest = this.rest[value]!;
      rest.set(atom, rest.get(atom)?.plus(part) ?? part);
    });
  }

  private formOf(atom: number, value: number): LinearForm {
    return this.forms.distinct[this.forms.ofAtom[atom]!]![value]!;
  }

  private coefficientsOf(input: number): Coefficients {
    return Array.from(this.units, (_, value) =>
      Array.from(this.forms.distinct, (forms) => forms?.[value]?.coefficients.get(input) ?? 0n),
    );
  }
}

function countAtoms(atomOf: Int32Array, counts: Float64Array): void {
  for (const atom of atomOf) if (atom >= 0) counts[atom]! += 1;
}
