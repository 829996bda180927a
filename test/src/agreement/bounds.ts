/**
 * The bounds of a plan: every value at which an answer of it turns. A grading's limits, and the comparisons of its
 * conditions (gates, not-rated rules, `onlyIf`, membership among peers, choices within formulas).
 */
import {
  type ExactEvaluation,
  type Expression,
  expressionParts,
  type Plan,
  Rational,
} from '@tanxiao/rulebook';

export interface Bound {
  /** `carbon_level: carbon_intensity at 0.6`. */
  readonly name: string;
  /** Of the value that is compared. */
  readonly slot: number;
  /** What it is compared with: a number, or another value (a statistic, a table's). */
  readonly at: Rational | { readonly slot: number };
  /** Whether values below it exist at all: not where it is zero and the value is never negative. */
  readonly hasBelow: boolean;
}

export interface Bounds {
  readonly bounds: readonly Bound[];
  /** Comparisons of other things than named values: they cannot be aimed at. */
  readonly unaimed: readonly string[];
}

export function boundsOf(plan: Plan): Bounds {
  const bounds = new Map<string, Bound>();
  const unaimed = new Set<string>();
  const add = (where: string, slot: number, at: Rational | { readonly slot: number }): void => {
    const node = plan.nodes[slot]!;
    const zero = at instanceof Rational && at.sign() === 0;
    const other = at instanceof Rational ? at.toString() : plan.nodes[at.slot]!.name;
    const name = `${where}: ${node.name} at ${other}`;
    bounds.set(name, { name, slot, at, hasBelow: !(zero && node.nonNegative) });
  };
  const compare = (where: string, left: Expression, right: Expression): void => {
    // An option has nothing beside it.
    if ([left, right].some((side) => side.kind === 'literal' && side.option)) return;
    const fixed = constantOf(plan, left) ? left : right;
    const moving = fixed === left ? right : left;
    const constant = constantOf(plan, fixed);
    if (moving.kind !== 'name' || (!constant && fixed.kind !== 'name')) {
      unaimed.add(where);
      return;
    }
    const slot = plan.slotOf.get(moving.name)!;
    if (constantOf(plan, moving)) return;
    const at = constant ?? { slot: plan.slotOf.get((fixed as { name: string }).name)! };
    // A fact is 0 or 1, a table's value one of its rows': nothing is a unit beside a number.
    if (constant && isLookup(plan, slot)) return;
    add(where, slot, at);
  };
  const walk = (where: string, expression: Expression | null): void => {
    if (!expression) return;
    if (expression.kind === 'compare') compare(where, expression.left, expression.right);
    for (const part of expressionParts(expression)) walk(where, part);
  };
  for (const { name, slot, bands, gates } of plan.gradings) {
    for (const { limit, when } of bands) {
      const origin = limit ? plan.nodes[limit.slot]!.origin : null;
      if (limit && slot !== null)
        add(name, slot, origin?.kind === 'parameter' ? origin.value : { slot: limit.slot });
      walk(name, when);
    }
    for (const gate of gates) walk(`${name} ${gate.code}`, gate.require);
  }
  for (const node of plan.nodes) {
    if (node.origin.kind !== 'calculation') continue;
    walk(`${node.name} only if`, node.origin.onlyIf);
    walk(node.name, node.origin.formula);
  }
  for (const reason of plan.reasons) walk(reason.code, reason.when);
  for (const statistic of plan.statistics) walk(`peers of ${statistic.name}`, statistic.members);
  return { bounds: [...bounds.values()], unaimed: [...unaimed] };
}

function isLookup(plan: Plan, slot: number): boolean {
  return plan.nodes[slot]!.origin.kind === 'lookup';
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
export function sideOf(bound: Bound, values: ExactEvaluation['values']): Side | null {
  const value = values[bound.slot] ?? null;
  const at = bound.at instanceof Rational ? bound.at : (values[bound.at.slot] ?? null);
  if (value === null || at === null) return null;
  const distance = value.minus(at);
  if (distance.sign() === 0) return 'on';
  // A statistic moved beside a value of zero is some 1e-15 itself.
  const atZero = at.sign() === 0 || value.sign() === 0;
  const reach = atZero ? BESIDE_ZERO : at.absolute().times(BESIDE_RELATIVE);
  if (distance.absolute().compare(reach) > 0) return null;
  return distance.sign() < 0 ? 'below' : 'above';
}
