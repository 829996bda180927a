/**
 * The bounds of a plan: every value at which an answer of it turns. A grading's limits, and the comparisons of its
 * conditions (not-rated rules, `onlyIf`, membership among peers, choices within formulas).
 */
import { type Expression, expressionParts, type Plan, Rational } from '@tanxiao/rulebook';

export interface Bound {
  /** `carbon_level: carbon_intensity at 0.6`. */
  readonly name: string;
  /** Of the value that is compared. */
  readonly slot: number;
  readonly value: Rational;
  /** Whether values below it exist at all: not where it is zero and the value is never negative. */
  readonly hasBelow: boolean;
}

/** @throws where a condition compares other things than a named value with a number: then no bound can be aimed at */
export function boundsOf(plan: Plan): Bound[] {
  const bounds = new Map<string, Bound>();
  const add = (where: string, slot: number, value: Rational): void => {
    const node = plan.nodes[slot]!;
    // A parameter never moves, so nothing can be brought near it.
    if (node.origin.kind === 'parameter' || node.origin.kind === 'factor') return;
    const name = `${where}: ${node.name} at ${value.toString()}`;
    const hasBelow = !(value.sign() === 0 && node.nonNegative);
    bounds.set(name, { name, slot, value, hasBelow });
  };
  const walk = (where: string, expression: Expression | null): void => {
    if (!expression) return;
    if (expression.kind === 'compare') {
      const { left, right } = expression;
      const [of, at] = constantOf(plan, left) ? [right, left] : [left, right];
      const value = constantOf(plan, at);
      if (of.kind !== 'name' || !value)
        throw new Error(`${where}: a comparison that is not of a named value with a number`);
      add(where, plan.slotOf.get(of.name)!, value);
    }
    for (const part of expressionParts(expression)) walk(where, part);
  };
  for (const grading of plan.gradings) {
    for (const band of grading.bands) {
      const origin = band.limit === null ? null : plan.nodes[band.limit]!.origin;
      if (origin?.kind === 'parameter') add(grading.name, grading.slot, origin.value);
    }
  }
  for (const node of plan.nodes) {
    if (node.origin.kind !== 'calculation') continue;
    walk(`${node.name} only if`, node.origin.onlyIf);
    walk(node.name, node.origin.formula);
  }
  for (const reason of plan.reasons) walk(reason.code, reason.when);
  if (plan.peers) walk('peers', plan.peers.members);
  return [...bounds.values()];
}

function constantOf(plan: Plan, expression: Expression): Rational | null {
  if (expression.kind === 'literal') return Rational.fromNumber(expression.value);
  if (expression.kind !== 'name') return null;
  const { origin } = plan.nodes[plan.slotOf.get(expression.name)!]!;
  return origin.kind === 'parameter' ? origin.value : null;
}

export type Side = 'on' | 'below' | 'above';

/** One unit of a 15th digit moves a value by at most some 1e-14 of itself; at zero, by some 1e-15 times a factor. */
const BESIDE_RELATIVE = Rational.of(1n, 10n ** 13n);
const BESIDE_ZERO = Rational.of(1n, 10n ** 11n);

/** Where an exact value lies, seen from a bound; null: farther away than a unit of the last place can move it. */
export function sideOf(bound: Bound, value: Rational | null): Side | null {
  if (value === null) return null;
  const distance = value.minus(bound.value);
  if (distance.sign() === 0) return 'on';
  const reach =
    bound.value.sign() === 0 ? BESIDE_ZERO : bound.value.absolute().times(BESIDE_RELATIVE);
  if (distance.absolute().compare(reach) > 0) return null;
  return distance.sign() < 0 ? 'below' : 'above';
}
