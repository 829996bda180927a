/**
 * The exact totals of a ratio: by the inputs' totals where its values are linear forms of the inputs, subject by subject
 * where they are not, or where a subject states what the forms assume unknown.
 */
import type { Plan, PlanStatistic } from '../plan/plan';
import { type AtomTotals, Total } from './atom-totals';
import { type Atoms, atomsOf } from './atoms';
import { type Forms, type FormsByAtom, InputSums } from './input-sums';
import { LinearMeasure } from './linear-measure';
import type { PeerPopulation, Peers } from './peers';

export function ratioTotals(
  peers: PeerPopulation,
  statistic: number,
  { members }: Peers,
): AtomTotals {
  const { population } = peers;
  const { plan, size } = population;
  const measure = linearMeasureOf(plan, statistic);
  const { atoms, forms } = atomsWithForms(peers, statistic, measure);
  const totals = atoms.cells.map(() => new Total());
  const { inputs, used } = population.kernelInput([]);
  const stating = measure.assumedUnknown.map((input) => inputs[input]!);
  const atomOf = new Int32Array(size).fill(-1);
  for (let i = 0; i < size; i++) {
    if (members[i] === 0) continue;
    const atom = atoms.ofCell[population.cellOf(i)]!;
    totals[atom]!.size += 1;
    if (
      forms.distinct[forms.ofAtom[atom]!] !== null &&
      stating.every((column) => Number.isNaN(column[i]))
    ) {
      atomOf[i] = atom;
    } else {
      const [numerator, denominator] = peers.exactValues(statistic, i);
      totals[atom]!.add(numerator!, denominator!);
    }
  }
  const sums = new InputSums(forms, atomOf);
  plan.inputs.forEach((_, input) => sums.addInput(input, inputs[input]!, used[input]!));
  totals.forEach((total, atom) => {
    const [numerator, denominator] = sums.totalsOf(atom) ?? [];
    if (numerator && denominator) total.add(numerator, denominator);
  });
  return { atoms, totals };
}

const measures = new WeakMap<PlanStatistic, LinearMeasure>();

function linearMeasureOf(plan: Plan, statistic: number): LinearMeasure {
  const of = plan.statistics[statistic]!;
  let measure = measures.get(of);
  if (!measure) {
    measure = new LinearMeasure(plan, statistic);
    measures.set(of, measure);
  }
  return measure;
}

interface AtomForms {
  readonly atoms: Atoms;
  readonly forms: FormsByAtom;
}

function atomsWithForms(
  { population }: PeerPopulation,
  statistic: number,
  measure: LinearMeasure,
): AtomForms {
  const found = measure.lookups.map((lookup) => population.foundAt(lookup));
  const distinct = new Map<Forms, number>();
  const ofCell = Array.from({ length: population.cellCount }, (_, cell) => {
    const forms = measure.forms(found.map((values) => values[cell]!));
    if (!distinct.has(forms)) distinct.set(forms, distinct.size);
    return distinct.get(forms)!;
  });
  const atoms = atomsOf(population, statistic, (cell) => ofCell[cell]!);
  const ofAtom = atoms.cells.map((cell) => ofCell[cell]!);
  return { atoms, forms: { distinct: [...distinct.keys()], ofAtom } };
}
