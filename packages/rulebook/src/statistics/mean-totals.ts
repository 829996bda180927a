/** The exact totals of a mean: values rounded to its decimals, added as integers, and the number of peers. */
import { powerOfTen, Rational } from '../exact/rational';
import { roundToPlaces } from '../exact/rounding';
import { type AtomTotals, Total } from './atom-totals';
import { atomsOf } from './atoms';
import { addColumn } from './exact-sums';
import type { PeerPopulation, Peers } from './peers';

/** The kernel has rounded already; the referee rounds where that was not certain. */
export function meanTotals(
  peers: PeerPopulation,
  statistic: number,
  { members, values }: Peers,
  decimals: number,
): AtomTotals {
  const { population } = peers;
  const atoms = atomsOf(population, statistic, () => 0);
  const totals = atoms.cells.map(() => new Total());
  const groupOf = new Int32Array(population.size).fill(-1);
  for (let i = 0; i < groupOf.length; i++) {
    if (members[i] === 0) continue;
    groupOf[i] = atoms.ofCell[population.cellOf(i)]!;
    totals[groupOf[i]!]!.size += 1;
  }
  const scale = powerOfTen(decimals);
  const add = (atom: number, numerator: Rational): void =>
    totals[atom]!.add(numerator, Rational.ZERO);
  const addUnits = (atom: number, units: number): void =>
    add(atom, Rational.of(BigInt(units), scale));
  const sums = new Float64Array(atoms.count);
  addColumn({ values, used: null, groupOf, scale: 1 }, sums, {
    units: addUnits,
    value: (atom, i) => add(atom, roundToPlaces(peers.exactValues(statistic, i)[0]!, decimals)),
  });
  totals.forEach((total, atom) => {
    addUnits(atom, sums[atom]!);
    total.denominator = Rational.of(BigInt(total.size));
  });
  return { atoms, totals };
}
