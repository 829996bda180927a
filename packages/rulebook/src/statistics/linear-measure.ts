/**
 * Values of a statistic as linear forms in a subject's inputs, where they are: then a group's exact total is the form of
 * the inputs' totals, and no subject need be evaluated by itself.
 *
 * Only members are added up, and a member has its values known: so nothing withholds them, each `onlyIf` holds, and all
 * that is read is known. What is left to decide are branches: `known(x) ? measured : default` is taken as if the input
 * were unknown, which holds for most; a subject that states it is added up by itself (`assumedUnknown`). Coefficients
 * are products and sums of constants and looked-up values, one form for each set of values that lookups find.
 * Whatever isn't linear (a product of inputs, `min`, a branch on a quantity) has no form.
 */
import { constantValue, exactProgram } from '../evaluate/exact-program';
import { measuredSlots } from '../evaluate/referee';
import { AffineForm } from '../exact/affine-form';
import { Rational } from '../exact/rational';
import {
  type Condition,
  type Expression,
  type NumberExpression,
  parts,
} from '../formula/expression';
import type { Plan, PlanNode } from '../plan/plan';

/** `(constant + Σ coefficient · input) / divisor` in integers. */
export interface LinearForm {
  /** By position of the input. */
  readonly coefficients: ReadonlyMap<number, bigint>;
  readonly constant: bigint;
  readonly divisor: bigint;
}

export class LinearMeasure {
  /** Positions of the plan's lookups that the values read. */
  readonly lookups: readonly number[];
  /** Positions of inputs: the forms hold for subjects that don't state them. */
  readonly assumedUnknown: readonly number[];
  private readonly assumed = new Set<number>();
  private readonly byFound = new Map<string, readonly LinearForm[] | null>();

  private readonly slots: readonly number[];

  constructor(
    private readonly plan: Plan,
    statistic: number,
  ) {
    this.slots = measuredSlots(plan.statistics[statistic]!.measure);
    const nodes = exactProgram(plan).statisticSlots[statistic]!.map((slot) => plan.nodes[slot]!);
    this.lookups = nodes.flatMap(({ origin }) => (origin.kind === 'lookup' ? [origin.index] : []));
    for (const { origin } of nodes)
      if (origin.kind === 'calculation') this.assumeIn(origin.formula);
    this.assumedUnknown = [...this.assumed];
  }

  /**
   * One form a value of the statistic, or null where some value has none.
   * @param found by `lookups`; the same values give the same object
   */
  forms(found: readonly (Rational | null)[]): readonly LinearForm[] | null {
    const key = found.map(String).join(' ');
    let forms = this.byFound.get(key);
    if (forms === undefined) {
      const values = new Map(this.lookups.map((lookup, k) => [lookup, found[k] ?? null]));
      forms = new FormReading(this.plan, values).formsOf(this.slots);
      this.byFound.set(key, forms);
    }
    return forms;
  }

  /** Inputs whose being known a branch asks for, and that can be unknown. */
  private assumeIn(expression: NumberExpression): void {
    for (const name of knownNames(expression)) {
      const { origin, nullable } = nodeNamed(this.plan, name);
      if (origin.kind === 'input' && nullable) this.assumed.add(origin.index);
    }
  }
}

class FormReading {
  private readonly bySlot = new Map<number, AffineForm | null>();

  constructor(
    private readonly plan: Plan,
    private readonly found: ReadonlyMap<number, Rational | null>,
  ) {}

  formsOf(slots: readonly number[]): LinearForm[] | null {
    const forms = slots.map((slot) => this.ofNode(this.plan.nodes[slot]!));
    return forms.every((form) => form !== null)
      ? forms.map((form) => inIntegers(this.plan, form))
      : null;
  }

  private ofNode(node: PlanNode): AffineForm | null {
    const known = this.bySlot.get(node.slot);
    if (known !== undefined) return known;
    const form = this.read(node);
    this.bySlot.set(node.slot, form);
    return form;
  }

  private read(node: PlanNode): AffineForm | null {
    const { origin } = node;
    switch (origin.kind) {
      case 'input':
        return AffineForm.input(node.slot);
      case 'parameter':
      case 'factor':
        return AffineForm.constant(constantValue(node)!);
      case 'lookup': {
        const value = this.found.get(origin.index) ?? null;
        return value && AffineForm.constant(value);
      }
      case 'statistic':
        return null;
      case 'calculation':
        return this.number(origin.formula);
    }
  }

  private number(expression: NumberExpression): AffineForm | null {
    switch (expression.kind) {
      case 'literal':
        return AffineForm.constant(Rational.fromNumber(expression.value));
      case 'name':
        return this.ofNode(nodeNamed(this.plan, expression.name));
      case 'negate':
        return this.number(expression.operand)?.times(MINUS_ONE) ?? null;
      case 'arithmetic':
        return this.arithmetic(expression);
      case 'total':
        return expression.terms.reduce<AffineForm | null>((sum, term) => {
          const form = sum && this.number(term);
          return sum && form && sum.plus(form);
        }, AffineForm.constant(Rational.ZERO));
      case 'extreme':
        return null;
      case 'choice': {
        const holds = this.truth(expression.condition);
        if (holds === null) return null;
        return this.number(holds ? expression.then : expression.otherwise);
      }
    }
  }

  private arithmetic(
    expression: Extract<NumberExpression, { kind: 'arithmetic' }>,
  ): AffineForm | null {
    const left = this.number(expression.left);
    const right = left && this.number(expression.right);
    if (!left || !right) return null;
    switch (expression.operator) {
      case '+':
        return left.plus(right);
      case '-':
        return left.plus(right.times(MINUS_ONE));
      case '*':
        if (right.isConstant) return left.times(right.constant);
        return left.isConstant ? right.times(left.constant) : null;
      case '/':
        return right.isConstant && !right.isZero
          ? left.times(Rational.ONE.over(right.constant))
          : null;
    }
  }

  /** Null where it isn't certain from which inputs are known. */
  private truth(condition: Condition): boolean | null {
    switch (condition.kind) {
      case 'known': {
        const { origin, nullable } = nodeNamed(this.plan, condition.name);
        if (!nullable) return true;
        return origin.kind === 'input' ? false : null;
      }
      case 'not': {
        const operand = this.truth(condition.operand);
        return operand === null ? null : !operand;
      }
      case 'and':
      case 'or': {
        const [left, right] = [this.truth(condition.left), this.truth(condition.right)];
        if (left === null || right === null) return null;
        return condition.kind === 'and' ? left && right : left || right;
      }
      case 'compare':
        return null;
    }
  }
}

const MINUS_ONE = Rational.of(-1n);

function inIntegers(plan: Plan, form: AffineForm): LinearForm {
  const divisor = [form.constant, ...form.coefficients.values()].reduce(
    (common, value) => leastCommonMultiple(common, value.reduced().d),
    1n,
  );
  const integer = ({ n, d }: Rational): bigint => (n * divisor) / d;
  return {
    coefficients: new Map(
      [...form.coefficients].map(([slot, coefficient]) => [
        inputIndex(plan.nodes[slot]!),
        integer(coefficient),
      ]),
    ),
    constant: integer(form.constant),
    divisor,
  };
}

function inputIndex({ origin, name }: PlanNode): number {
  if (origin.kind !== 'input') throw new Error(`${name} is no input`);
  return origin.index;
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}

function nodeNamed(plan: Plan, name: string): PlanNode {
  return plan.nodes[plan.slotOf.get(name)!]!;
}

/** The names that an expression asks `known(…)` of. */
function knownNames(expression: Expression): string[] {
  return expression.kind === 'known' ? [expression.name] : parts(expression).flatMap(knownNames);
}
