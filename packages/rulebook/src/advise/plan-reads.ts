/** What a plan's values, reasons and checks read, by slot: which inputs matter for a grade, and what an input moves. */
import { type Expression, namesIn, requiredNames } from '../formula/expression';
import type { NodeOrigin, Plan, PlanGrading, PlanNode } from '../plan/plan';

export interface PlanReads {
  /** By slot: what its formula, its condition and the rules that withhold it read; of a table, the choice it goes by. */
  readonly nodes: readonly (readonly number[])[];
  /** By reason. */
  readonly reasons: readonly (readonly number[])[];
  /** By check. */
  readonly checks: readonly (readonly number[])[];
  /** By grading: its value, its limits, and what its gates and conditions read. */
  readonly gradings: readonly (readonly number[])[];
  /** What one of the plan's expressions requires: unknown where one of these is. */
  required(expression: Expression): readonly number[];
}

const known = new WeakMap<Plan, PlanReads>();

export function readsOf(plan: Plan): PlanReads {
  let reads = known.get(plan);
  if (!reads) {
    const slotsOf = (names: Iterable<string>): number[] =>
      [...names].map((name) => plan.slotOf.get(name)!);
    // A formula is asked for in every cell of every input's line: walking its tree each time cost a third of all.
    const bySyntax = new WeakMap<Expression, readonly number[]>();
    const required = (expression: Expression): readonly number[] => {
      const asked = bySyntax.get(expression);
      if (asked) return asked;
      const found = slotsOf(requiredNames(expression));
      bySyntax.set(expression, found);
      return found;
    };
    const slots = (expression: Expression | null): readonly number[] =>
      expression === null ? [] : slotsOf(namesIn(expression));
    const reasons = plan.reasons.map(({ when }) => slots(when));
    const ofNode = ({ origin, withheldBy }: PlanNode): number[] => {
      const own = ownReads(plan, origin, slots);
      return [...new Set([...own, ...withheldBy.flatMap((reason) => reasons[reason]!)])];
    };
    const checks = plan.checks.map(({ require }) => slots(require));
    const gradings = plan.gradings.map((grading) => gradingReads(grading, slots));
    reads = { nodes: plan.nodes.map(ofNode), reasons, checks, gradings, required };
    known.set(plan, reads);
  }
  return reads;
}

type SlotsOf = (expression: Expression | null) => readonly number[];

function ownReads(plan: Plan, origin: NodeOrigin, slots: SlotsOf): readonly number[] {
  if (origin.kind === 'calculation') return [...slots(origin.formula), ...slots(origin.onlyIf)];
  if (origin.kind !== 'lookup' || origin.lookup.kind !== 'table') return [];
  const { by } = origin.lookup;
  return typeof by === 'string' ? [] : [plan.slotOf.get(plan.inputs[by.input]!.name)!];
}

function gradingReads(grading: PlanGrading, slots: SlotsOf): readonly number[] {
  return [
    ...(grading.slot === null ? [] : [grading.slot]),
    ...grading.gates.flatMap(({ require }) => slots(require)),
    ...grading.bands.flatMap(({ limit, when }) => [...(limit ? [limit.slot] : []), ...slots(when)]),
  ];
}

/** Every slot that a grading's band depends on. */
export function upstreamOf(plan: Plan, grading: PlanGrading): ReadonlySet<number> {
  const { nodes, gradings } = readsOf(plan);
  const found = new Set(gradings[plan.gradings.indexOf(grading)]);
  // A set yields what is added while it is walked.
  for (const at of found) for (const read of nodes[at]!) found.add(read);
  return found;
}

/** Every slot that depends on one of `slots`, themselves included. Nodes read only earlier ones. */
export function downstreamOf(plan: Plan, slots: Iterable<number>): ReadonlySet<number> {
  const { nodes } = readsOf(plan);
  const found = new Set(slots);
  nodes.forEach((read, slot) => {
    if (read.some((from) => found.has(from))) found.add(slot);
  });
  return found;
}
