/**
 * The exact totals of a ratio: by the inputs' totals where its values are linear forms of the inputs, subject by subject
 * where they are not, or where a subject states what the forms assume unknown.
 */
import type { Population } from '../evaluate/population';
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
  const measure = linearMeasureOf(population.plan, statistic);
  const { atoms, forms } = atomsWithForms(population, statistic, measure);
  const totals = atoms.cells.map(() => new Total());
  const stated = statesAssumed(population, measure);
  const atomOf = new Int32Array(population.size).fill(-1);
  for (let i = 0; i < atomOf.length; i++) {
    if (members[i] === 0) continue;
    const atom = atoms.ofCell[population.cellOf(i)]!;
    totals[atom]!.size += 1;
    if (stated[i] === 0 && forms.distinct[forms.ofAtom[atom]!] !== null) {
      atomOf[i] = atom;
    } else {
      const [numerator, denominator] = peers.exactValues(statistic, i);
      totals[atom]!.add(numerator!, denominator!);
    }
  }
  addForms(population, totals, new InputSums(forms, atomOf));
  return { atoms, totals };
}

/** By subject: 1 where it states an input that the forms assume unknown. */
function statesAssumed(population: Population, { assumedUnknown }: LinearMeasure): Uint8Array {
  const { inputs } = population.kernelInput([]);
  const stated = new Uint8Array(population.size);
  for (const input of assumedUnknown) {
    const column = inputs[input]!;
    for (let i = 0; i < stated.length; i++) if (!Number.isNaN(column[i])) stated[i] = 1;
  }
  return stated;
}

function addForms(population: Population, totals: readonly Total[], sums: InputSums): void {
  const { inputs, used } = population.kernelInput([]);
  inputs.forEach((column, input) => sums.addInput(input, column, used[input]!));
  totals.forEach((total, atom) => {
    const [numerator, denominator] = sums.totalsOf(atom) ?? [];
    if (numerator && denominator) total.add(numerator, denominator);
  });
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
  population: Population,
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
