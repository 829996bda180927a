/**
 * A plan's formulas as closures over exact values: what the referee runs. Independent of the kernel's code on
 * purpose, since each is the other's test. Closures are made once a plan: walking the syntax tree a subject at
 * a time cost 75 µs each, this 10.
 */
import { MEETS } from '../exact/comparison';
import { Rational } from '../exact/rational';
import {
  type Condition,
  namesIn,
  type NumberExpression,
  requiredNames,
} from '../formula/expression';
import type { Plan, PlanNode } from '../plan/plan';

/** By slot; null is unknown. */
export type ExactValues = readonly (Rational | null)[];
export type ExactNumber = (values: ExactValues) => Rational | null;
/** True, false, or null where a value it reads is unknown. */
export type ExactCondition = (values: ExactValues) => boolean | null;

export interface ExactProgram {
  /** By slot: values that are the same for every subject, null for all others. */
  readonly constants: readonly (Rational | null)[];
  /** The other nodes, in order: of the industrial rulebook's 147 these are 62. */
  readonly varying: readonly PlanNode[];
  /** By slot: the formula of a calculation, null for other nodes. */
  readonly formulas: readonly (ExactNumber | null)[];
  /** By slot. */
  readonly onlyIf: readonly (ExactCondition | null)[];
  /** By reason. */
  readonly when: readonly (ExactCondition | null)[];
  /** By statistic: whether a subject counts. */
  readonly members: readonly ExactCondition[];
  /** By statistic: the slots that its values need, in order. */
  readonly statisticSlots: readonly (readonly number[])[];
  /** By grading. */
  readonly gradings: readonly {
    readonly gates: readonly ExactCondition[];
    /** By band. */
    readonly when: readonly (ExactCondition | null)[];
  }[];
  /** By check. */
  readonly checks: readonly ExactCondition[];
  /** By check: the slots that it reads. */
  readonly checkSlots: readonly (readonly number[])[];
}

const programs = new WeakMap<Plan, ExactProgram>();

export function exactProgram(plan: Plan): ExactProgram {
  let program = programs.get(plan);
  if (!program) {
    program = makeProgram(plan);
    programs.set(plan, program);
  }
  return program;
}

/** Whether a condition holds for exact values; null is unknown. For explanations: programs are made once a plan. */
export function conditionHolds(
  plan: Plan,
  expression: Condition,
  values: ExactValues,
): boolean | null {
  return exactCondition(plan, expression)(values);
}

function makeProgram(plan: Plan): ExactProgram {
  const formulas = plan.nodes.map((node) =>
    node.origin.kind === 'calculation' ? formula(plan, node.origin.formula) : null,
  );
  const constants = plan.nodes.map(constantValue);
  return {
    constants,
    varying: plan.nodes.filter((node) => constants[node.slot] === null),
    formulas,
    onlyIf: plan.nodes.map((node) =>
      node.origin.kind === 'calculation' && node.origin.onlyIf
        ? exactCondition(plan, node.origin.onlyIf)
        : null,
    ),
    when: plan.reasons.map((reason) => (reason.when ? exactCondition(plan, reason.when) : null)),
    members: plan.statistics.map(({ members }) => exactCondition(plan, members)),
    statisticSlots: plan.statistics.map(({ measure }) =>
      neededSlots(
        plan,
        measure.kind === 'ratio-of-totals'
          ? [measure.numerator, measure.denominator]
          : [measure.of],
      ),
    ),
    gradings: plan.gradings.map(({ gates, bands }) => ({
      gates: gates.map(({ require }) => exactCondition(plan, require)),
      when: bands.map(({ when }) => (when ? exactCondition(plan, when) : null)),
    })),
    checks: plan.checks.map((check) => exactCondition(plan, check.require)),
    checkSlots: plan.checks.map((check) => slotsIn(plan, check.require)),
  };
}

/** The value of a parameter or fixed factor, which nothing withholds; null where a node has none by itself. */
export function constantValue({ origin }: PlanNode): Rational | null {
  switch (origin.kind) {
    case 'parameter':
      return origin.value;
    case 'factor':
      return origin.factor.value;
    default:
      return null;
  }
}

function slotsIn(plan: Plan, expression: NumberExpression | Condition): number[] {
  return namesIn(expression).map((name) => plan.slotOf.get(name)!);
}

/** Slots whose being unknown makes the expression unknown. */
function requiredSlots(plan: Plan, expression: NumberExpression | Condition): number[] {
  return [...requiredNames(expression)]
    .map((name) => plan.slotOf.get(name)!)
    .filter((slot) => plan.nodes[slot]!.nullable);
}

/** All slots that some slots depend on, themselves included, in evaluation order. */
function neededSlots(plan: Plan, slots: readonly number[]): number[] {
  const needed = new Set<number>();
  const visit = (slot: number): void => {
    if (needed.has(slot)) return;
    needed.add(slot);
    const { origin } = plan.nodes[slot]!;
    if (origin.kind !== 'calculation') return;
    for (const below of slotsIn(plan, origin.formula)) visit(below);
    if (origin.onlyIf) for (const below of slotsIn(plan, origin.onlyIf)) visit(below);
  };
  slots.forEach(visit);
  return [...needed].sort((a, b) => a - b);
}

/** Unknown wherever anything it requires is unknown, also in a branch not taken. */
function formula(plan: Plan, expression: NumberExpression): ExactNumber {
  const slots = requiredSlots(plan, expression);
  const compute = number(plan, expression);
  return (values) => (slots.some((slot) => values[slot] === null) ? null : compute(values));
}

/** Null where anything it requires is unknown. */
export function exactCondition(plan: Plan, expression: Condition): ExactCondition {
  const slots = requiredSlots(plan, expression);
  const holds = truth(plan, expression);
  return (values) => (slots.some((slot) => values[slot] === null) ? null : holds(values));
}

/** Null where a division by zero would be needed: unknown, never infinite. */
function number(plan: Plan, expression: NumberExpression): ExactNumber {
  switch (expression.kind) {
    case 'literal': {
      const value = Rational.fromNumber(expression.value);
      return () => value;
    }
    case 'name': {
      const slot = plan.slotOf.get(expression.name)!;
      return (values) => values[slot]!;
    }
    case 'negate': {
      const operand = number(plan, expression.operand);
      return (values) => operand(values)?.negated() ?? null;
    }
    case 'arithmetic':
      return arithmetic(plan, expression);
    case 'total': {
      const terms = expression.terms.map((term) => number(plan, term));
      return (values) => {
        let sum = Rational.ZERO;
        for (const term of terms) {
          const value = term(values);
          if (value === null) return null;
          sum = sum.plus(value);
        }
        return sum;
      };
    }
    case 'extreme': {
      const wanted = expression.function === 'max' ? 1 : -1;
      const operands = expression.arguments.map((argument) => number(plan, argument));
      return (values) => {
        let best: Rational | null = null;
        for (const operand of operands) {
          const value = operand(values);
          if (value === null) return null;
          if (best === null || value.compare(best) * wanted > 0) best = value;
        }
        return best;
      };
    }
    case 'choice': {
      const holds = truth(plan, expression.condition);
      const then = number(plan, expression.then);
      const otherwise = number(plan, expression.otherwise);
      return (values) => (holds(values) ? then(values) : otherwise(values));
    }
  }
}

function arithmetic(
  plan: Plan,
  expression: Extract<NumberExpression, { kind: 'arithmetic' }>,
): ExactNumber {
  const left = number(plan, expression.left);
  const right = number(plan, expression.right);
  const both =
    (combine: (a: Rational, b: Rational) => Rational | null): ExactNumber =>
    (values) => {
      const a = left(values);
      const b = a === null ? null : right(values);
      return a === null || b === null ? null : combine(a, b);
    };
  switch (expression.operator) {
    case '+':
      return both((a, b) => a.plus(b));
    case '-':
      return both((a, b) => a.minus(b));
    case '*':
      return both((a, b) => a.times(b));
    case '/':
      return both((a, b) => (b.sign() === 0 ? null : a.over(b)));
  }
}

/** Only asked where all values it reads are known. A division by zero within makes a comparison false. */
function truth(plan: Plan, expression: Condition): (values: ExactValues) => boolean {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const left = truth(plan, expression.left);
      const right = truth(plan, expression.right);
      return expression.kind === 'and' ? (v) => left(v) && right(v) : (v) => left(v) || right(v);
    }
    case 'not': {
      const operand = truth(plan, expression.operand);
      return (values) => !operand(values);
    }
    case 'known': {
      const slot = plan.slotOf.get(expression.name)!;
      return (values) => values[slot] !== null;
    }
    case 'compare': {
      const left = number(plan, expression.left);
      const right = number(plan, expression.right);
      const meets = MEETS[expression.operator];
      return (values) => {
        const a = left(values);
        const b = right(values);
        return a !== null && b !== null && meets(a.compare(b));
      };
    }
  }
}
