/**
 * A plan evaluated with some inputs left open: over one input's line (`cell-algebra.ts`), or over a box of uncertain
 * inputs (`box-algebra.ts`). What depends on none of them keeps the value that the referee found. Unknown values
 * spread as in the referee: a formula that reads one is unknown, a condition that reads one doesn't hold.
 */
import type { ExactEvaluation } from '../evaluate/referee';
import type { Comparison } from '../exact/comparison';
import { Rational } from '../exact/rational';
import type { Condition, NumberExpression } from '../formula/expression';
import type { Plan, PlanGrading, PlanNode } from '../plan/plan';
import { downstreamOf, readsOf } from './plan-reads';
import { fullValueBound } from './rounded-bound';

/** Whether something holds everywhere, nowhere, or can't be told for the whole domain. */
export type Truth = boolean | 'open';

/** Arithmetic on values over a domain; null is unknown everywhere. */
export interface Algebra<Value> {
  constant(value: Rational): Value;
  /** The value where it is the same everywhere, else null. */
  constantOf(value: Value): Rational | null;
  plus(a: Value, b: Value): Value;
  times(a: Value, b: Value): Value;
  negated(a: Value): Value;
  /** Null where the divisor is zero everywhere. */
  over(a: Value, b: Value): Value | null;
  extreme(of: 'min' | 'max', values: readonly Value[]): Value;
  compare(operator: Comparison, a: Value, b: Value): Truth;
  /** One or the other, where the condition between them is open. */
  either(a: Value | null, b: Value | null): Value | null;
  /** A value that may be unknown in a part of the domain. */
  perhapsUnknown(a: Value): Value;
  /** Whether it is known, everywhere or nowhere. */
  known(a: Value): Truth;
  /** `result`, of a formula that reads `reads`: uncertainty about what is read is uncertainty about the result. */
  reading(reads: readonly Value[], result: Value): Value;
}

/** The bands that can result over a domain, best first, and whether there may be none in a part of it. */
export interface PossibleBands {
  readonly bands: readonly number[];
  readonly perhapsNone: boolean;
}

export class SymbolicPlan<Value> {
  private readonly values = new Map<number, Value | null>();
  private readonly downstream: ReadonlySet<number>;

  constructor(
    private readonly plan: Plan,
    private readonly base: ExactEvaluation,
    /** The open inputs, by slot. */
    private readonly open: ReadonlyMap<number, Value>,
    private readonly algebra: Algebra<Value>,
  ) {
    this.downstream = downstreamOf(plan, open.keys());
  }

  value(slot: number): Value | null {
    const known = this.values.get(slot);
    if (known !== undefined) return known;
    const value = this.evaluate(this.plan.nodes[slot]!);
    this.values.set(slot, value);
    return value;
  }

  /** Reasons that hold at present and read no open input hold everywhere. */
  reason(index: number): Truth {
    const { when } = this.plan.reasons[index]!;
    const moved = readsOf(this.plan).reasons[index]!.some((slot) => this.downstream.has(slot));
    return when && moved ? this.holds(when) : this.base.reasons.includes(index);
  }

  check(index: number): Truth {
    // A check with an unknown value does not fail.
    const { require } = this.plan.checks[index]!;
    return this.readNames(require) === null ? true : this.holds(require);
  }

  /** Whether a check reads an open input. */
  movesCheck(index: number): boolean {
    return readsOf(this.plan).checks[index]!.some((slot) => this.downstream.has(slot));
  }

  /** The bands that can result, by what is known over the domain. */
  bands(grading: PlanGrading): PossibleBands {
    const known = grading.reads.map((slot) => this.known(slot));
    if (known.includes(false)) return { bands: [], perhapsNone: true };
    const possible = new Set<number>();
    const decided = this.gates(grading, possible) || this.firstBand(grading, possible);
    if (!decided) throw new Error(`the last band of ${grading.name} takes the rest`);
    return { bands: [...possible].sort((a, b) => a - b), perhapsNone: known.includes('open') };
  }

  /** Adds what failing gates give; true where one fails everywhere. */
  private gates({ gates }: PlanGrading, possible: Set<number>): boolean {
    for (const { require, otherwise } of gates) {
      const holds = this.holds(require);
      if (holds !== true) possible.add(otherwise);
      if (holds === false) return true;
    }
    return false;
  }

  private firstBand(grading: PlanGrading, possible: Set<number>): boolean {
    return grading.bands.some(({ when }, index) => {
      const condition = when === null ? true : this.holds(when);
      const meets = and(condition, () => this.meetsLimit(grading, index));
      if (meets !== false) possible.add(index);
      return meets === true;
    });
  }

  private meetsLimit(grading: PlanGrading, index: number): Truth {
    const { algebra } = this;
    const { limit: bound } = grading.bands[index]!;
    if (bound === null) return true;
    const value = grading.slot === null ? null : this.value(grading.slot);
    const limit = this.value(bound.slot);
    if (value === null || limit === null) return false;
    if (grading.roundedAs === null) return algebra.compare(bound.relation, value, limit);
    const fixed = algebra.constantOf(limit);
    if (fixed === null) return 'open';
    const { decimals } = this.plan.results[grading.roundedAs]!;
    const full = fullValueBound({ relation: bound.relation, limit: fixed }, decimals);
    return algebra.compare(full.relation, value, algebra.constant(full.limit));
  }

  private known(slot: number): Truth {
    const value = this.value(slot);
    return value !== null && this.algebra.known(value);
  }

  private evaluate(node: PlanNode): Value | null {
    const { algebra, open } = this;
    const given = open.get(node.slot);
    if (given !== undefined) return given;
    if (!this.downstream.has(node.slot) || node.origin.kind !== 'calculation') {
      const value = this.base.values[node.slot] ?? null;
      return value === null ? null : algebra.constant(value);
    }
    // Only a reason that holds at present takes a value away: one that would be new is told by `reason`.
    const withheld = node.withheldBy
      .filter((index) => this.base.reasons.includes(index))
      .map((index) => this.reason(index));
    const { formula, onlyIf } = node.origin;
    const condition = onlyIf === null ? true : this.holds(onlyIf);
    if (condition === false || withheld.includes(true)) return null;
    const reads = this.readNames(formula);
    const result = reads === null ? null : this.number(formula);
    if (reads === null || result === null) return null;
    const value = algebra.reading(reads, result);
    return condition === 'open' || withheld.includes('open')
      ? algebra.perhapsUnknown(value)
      : value;
  }

  /** The values that an expression requires; null where one is unknown. */
  private readNames(expression: NumberExpression | Condition): Value[] | null {
    const values: Value[] = [];
    for (const slot of readsOf(this.plan).required(expression)) {
      const value = this.value(slot);
      if (value === null) return null;
      values.push(value);
    }
    return values;
  }

  private number(e: NumberExpression): Value | null {
    const { algebra } = this;
    switch (e.kind) {
      case 'literal':
        return algebra.constant(Rational.fromNumber(e.value));
      case 'name':
        return this.value(this.plan.slotOf.get(e.name)!);
      case 'negate': {
        const operand = this.number(e.operand);
        return operand === null ? null : algebra.negated(operand);
      }
      case 'arithmetic':
        return this.arithmetic(e);
      case 'total': {
        const terms = this.all(e.terms);
        return terms?.reduce((sum, term) => algebra.plus(sum, term), this.zero()) ?? null;
      }
      case 'extreme': {
        const operands = this.all(e.arguments);
        return operands && algebra.extreme(e.function, operands);
      }
      case 'choice': {
        const condition = this.truth(e.condition);
        if (condition === true) return this.number(e.then);
        if (condition === false) return this.number(e.otherwise);
        return algebra.either(this.number(e.then), this.number(e.otherwise));
      }
    }
  }

  private arithmetic(e: Extract<NumberExpression, { kind: 'arithmetic' }>): Value | null {
    const { algebra } = this;
    const left = this.number(e.left);
    const right = left === null ? null : this.number(e.right);
    if (left === null || right === null) return null;
    switch (e.operator) {
      case '+':
        return algebra.plus(left, right);
      case '-':
        return algebra.plus(left, algebra.negated(right));
      case '*':
        return algebra.times(left, right);
      case '/':
        return algebra.over(left, right);
    }
  }

  private all(expressions: readonly NumberExpression[]): Value[] | null {
    const values = expressions.map((e) => this.number(e));
    return values.every((value) => value !== null) ? values : null;
  }

  private zero(): Value {
    return this.algebra.constant(Rational.ZERO);
  }

  private holds(condition: Condition): Truth {
    return this.readNames(condition) === null ? false : this.truth(condition);
  }

  private truth(condition: Condition): Truth {
    switch (condition.kind) {
      case 'compare': {
        const left = this.number(condition.left);
        const right = this.number(condition.right);
        if (left === null || right === null) return false;
        return this.algebra.compare(condition.operator, left, right);
      }
      case 'and':
        return and(this.truth(condition.left), () => this.truth(condition.right));
      case 'or': {
        const left = this.truth(condition.left);
        if (left === true) return true;
        const right = this.truth(condition.right);
        return right === true ? true : left === false ? right : 'open';
      }
      case 'known':
        return this.known(this.plan.slotOf.get(condition.name)!);
      case 'not': {
        const operand = this.truth(condition.operand);
        return operand === 'open' ? 'open' : !operand;
      }
    }
  }
}

function and(left: Truth, right: () => Truth): Truth {
  if (left === false) return false;
  const second = right();
  return second === false ? false : left === true ? second : 'open';
}
