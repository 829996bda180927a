/**
 * The exact totals of a ratio: by the inputs' totals where its values are linear forms of the inputs, subject by subject
 * where they are not, or where a subject states what the forms assume unknown.
 */
import type { Population } from '../evaluate/population';
import type { Rational } from '../exact/rational';
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
  const totals = Array.from(atoms.cells, () => new Total());
  const atomOf = atomsOfPeers(members, population.cells, atoms.ofCell);
  countPeers(totals, atomOf);
  const isAlone = statesAssumed(population, measure);
  markFormless(isAlone, atomOf, forms);
  addAlone(totals, atomOf, isAlone, (i) => peers.exactValues(statistic, i));
  addForms(population, totals, new InputSums(forms, atomOf));
  return { atoms, totals };
}

/** By subject; −1: it is no peer. */
function atomsOfPeers(members: Uint8Array, cells: Int32Array, ofCell: Int32Array): Int32Array {
  const atomOf = new Int32Array(members.length).fill(-1);
  for (let i = 0; i < members.length; i++) if (members[i] === 1) atomOf[i] = ofCell[cells[i]!]!;
  return atomOf;
}

function countPeers(totals: readonly Total[], atomOf: Int32Array): void {
  for (const atom of atomOf) if (atom >= 0) totals[atom]!.size += 1;
}

/** Marks the subjects whose values are no linear forms. */
function markFormless(isAlone: Uint8Array, atomOf: Int32Array, forms: FormsByAtom): void {
  const { ofAtom, distinct } = forms;
  const isFormless = Uint8Array.from(ofAtom, (of) => (distinct[of] === null ? 1 : 0));
  if (!isFormless.includes(1)) return;
  for (let i = 0; i < atomOf.length; i++)
    if (atomOf[i]! >= 0 && isFormless[atomOf[i]!] === 1) isAlone[i] = 1;
}

/** Adds the subjects marked by their exact values; then they are of no atom any more. */
function addAlone(
  totals: readonly Total[],
  atomOf: Int32Array,
  isAlone: Uint8Array,
  exactValues: (i: number) => readonly Rational[],
): void {
  for (let i = isAlone.indexOf(1); i >= 0; i = isAlone.indexOf(1, i + 1)) {
    const total = totals[atomOf[i]!];
    if (total === undefined) continue;
    const [numerator, denominator] = exactValues(i);
    total.add(numerator!, denominator!);
    atomOf[i] = -1;
  }
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
  const found = Array.from(measure.lookups, (lookup) => population.foundAt(lookup));
  const distinct = new Map<Forms, number>();
  const ofCell = Array.from({ length: population.cellCount }, (_, cell) => {
    const forms = measure.forms(Array.from(found, (values) => values[cell]!));
    if (!distinct.has(forms)) distinct.set(forms, distinct.size);
    return distinct.get(forms)!;
  });
  const atoms = atomsOf(population, statistic, (cell) => ofCell[cell]!);
  const ofAtom = Array.from(atoms.cells, (cell) => ofCell[cell]!);
  return { atoms, forms: { distinct: [...distinct.keys()], ofAtom } };
}
