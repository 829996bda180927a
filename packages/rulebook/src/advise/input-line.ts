/**
 * One input's line divided into cells on each of which the rating is the same: solved for, never searched. What the
 * input would have to be for a better band is then read off.
 */
import { MAX_MAGNITUDE } from '@tanxiao/contracts';

import type { ExactEvaluation } from '../evaluate/referee';
import { Rational } from '../exact/rational';
import type { Plan, PlanGrading } from '../plan/plan';
import { type Cell, CellAlgebra, type CellValue } from './cell-algebra';
import { LinearRatio } from './linear-ratio';
import { SymbolicPlan } from './symbolic-plan';

export interface LineCell extends Cell {
  /** By grading asked for: the band; null where it is unknown, `unsolved` where it isn't decided. */
  readonly bands: readonly (number | null | 'unsolved')[];
  /** By grading asked for: the graded value; null where it is unknown, or the grading has none. */
  readonly values: readonly (CellValue | null)[];
  /** The first check that fails here and passes at present. */
  readonly failedCheck: number | null;
  /** The first not-rated reason that holds here and doesn't at present. */
  readonly newReason: number | null;
  /** Whether a check or a reason could not be decided. */
  readonly undecided: boolean;
}

export interface Line {
  /** In ascending order; intervals and points alternate. */
  readonly cells: readonly LineCell[];
  readonly present: Rational;
  readonly minimum: Rational | null;
  readonly maximum: Rational | null;
}

/** Quantities stay below this (see the contracts), so the line ends there. */
const END = Rational.fromNumber(MAX_MAGNITUDE);

export function lineOf(
  plan: Plan,
  base: ExactEvaluation,
  of: { readonly input: number; readonly gradings: readonly PlanGrading[] },
): Line {
  const slot = plan.slotOf.get(plan.inputs[of.input]!.name)!;
  const present = base.values[slot]!;
  const { minimum: least, maximum: most } = plan.inputs[of.input]!;
  const minimum = least === null ? null : Rational.fromNumber(least);
  const maximum = most === null ? null : Rational.fromNumber(most);
  const bounds = [minimum, maximum].filter((bound) => bound !== null);
  const open = divided({ low: END.negated(), high: END }, [present, ...bounds]);
  const cells: LineCell[] = [];
  for (let cell = open.shift(); cell; cell = open.shift()) {
    const algebra = new CellAlgebra(cell);
    const decided = lineCell(plan, base, { ...of, slot, cell, algebra });
    // What was undecided for a sign that changes inside the cell is decided on its parts.
    if (algebra.splits.length > 0) open.unshift(...divided(cell, algebra.splits));
    else cells.push(decided);
  }
  return { cells, present, minimum, maximum };
}

function lineCell(
  plan: Plan,
  base: ExactEvaluation,
  at: {
    readonly slot: number;
    readonly cell: Cell;
    readonly algebra: CellAlgebra;
    readonly gradings: readonly PlanGrading[];
  },
): LineCell {
  const { cell, algebra, gradings } = at;
  const isPoint = cell.low.equals(cell.high);
  const input = isPoint ? LinearRatio.constant(cell.low) : LinearRatio.input(at.slot);
  const symbolic = new SymbolicPlan<CellValue>(plan, base, new Map([[at.slot, input]]), algebra);
  const bands = gradings.map((grading) => {
    const { bands: possible, perhapsNone } = symbolic.bands(grading);
    const [only] = possible;
    return only === undefined ? null : possible.length > 1 || perhapsNone ? 'unsolved' : only;
  });
  const checks = plan.checks.map((_, i) => !symbolic.movesCheck(i) || symbolic.check(i));
  const reasons = plan.reasons.map((_, i) => !base.reasons.includes(i) && symbolic.reason(i));
  return {
    low: cell.low,
    high: cell.high,
    bands,
    values: gradings.map(({ slot }) => (slot === null ? null : symbolic.value(slot))),
    failedCheck: indexOrNull(checks, false),
    newReason: indexOrNull(reasons, true),
    undecided: checks.includes('open') || reasons.includes('open'),
  };
}

function indexOrNull<T>(values: readonly T[], wanted: T): number | null {
  const index = values.indexOf(wanted);
  return index === -1 ? null : index;
}

/** The parts of an interval between places inside it, those places as points among them. */
function divided({ low, high }: Cell, places: readonly Rational[]): Cell[] {
  const sorted = places
    .filter((place) => place.compare(low) > 0 && place.compare(high) < 0)
    .sort((a, b) => a.compare(b))
    .filter((place, index, all) => index === 0 || !place.equals(all[index - 1]!));
  const ends = [...sorted, high];
  return ends.flatMap((end, index) => {
    const part = { low: ends[index - 1] ?? low, high: end };
    return index < sorted.length ? [part, { low: end, high: end }] : [part];
  });
}
