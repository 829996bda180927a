/**
 * Kernel code: the plan's formulas as JavaScript over typed arrays, each value with a bound on its error.
 *
 * Every number is carried as (v, m, c): the double v, a magnitude m ≥ 0 and a constant c known when the code is
 * made, so that |v − exact| ≤ c·U·m. With u = 2^-53 an operation adds one u of its result:
 *   input, parameter   c = 1, m = |v|             (a decimal of 15 digits, rounded once to a double)
 *   a + b, a − b       c = max(ca, cb) + 1, m = ma + mb
 *   a · b              c = ca + cb + 1, m = ma · mb
 *   total of n terms   c = max(c) + n − 1, m = sum of the m; in any order, so also column by column (column-sums.ts)
 *   a / b              mb = |b|: c = ca + cb + 1, m = ma / mb; uncertain where b is zero
 *   a / b, otherwise   c = 1, m = ((ca·ma + cb·mb·|v|) / (|b| − cb·U·mb)) + |v|; uncertain unless |b| > cb·U·mb
 * Where everything below is zero or more, m is v itself and costs nothing. |v| ≤ m always: what is subtracted from, or
 * scaled to units, is rounded by at most one u more of m. U is u plus a tenth, which covers the products of errors and the
 * rounding of m (both below c·2^-50 relative; c is at most a few thousand).
 * A decision is certain only where the distance to its bound is greater than the error bound; anything else, NaN and
 * overflow included, raises `refer`: that subject goes to the referee. A magnitude of zero means the value is exactly
 * zero; that needs products which can't underflow, which `lowest` tracks. So a value whose m is |v| has a certain sign.
 * Values that nothing was computed with (inputs, options, numbers of the rulebook, the least of several such) are the
 * shortest decimals of their doubles. Those are as many as the doubles and in the same order, so two of them are
 * compared as they stand, without an error: exactly on a limit is no case for the referee.
 *
 * Only slots and numbers enter the code, never a text of the rulebook.
 */
import type { Comparison } from '../exact/comparison';
import { Rational } from '../exact/rational';
import type { Condition, NumberExpression } from '../formula/expression';
import type { NodeOrigin, Plan, PlanNode } from '../plan/plan';
import { isNonNegative } from '../plan/sign';
import { bound, type Coded, isRelative, product, source, summed, U } from './coded';
import type { ColumnSums } from './column-sums';

/** Below this a product might underflow: such a plan refers every subject. */
const UNDERFLOW_GUARD = 1e-250;
/** Quantities have at most 15 decimal places. */
const LEAST_INPUT = 1e-15;
const GREATEST_INPUT = 1e15;
/** Benchmarks beyond are handed to the referee when columns are made. */
export const BENCHMARK_LEAST = 1e-60;
export const BENCHMARK_GREATEST = 1e60;

export class KernelWriter {
  /** Of a row, behind the loads of its values. */
  readonly lines: string[] = [];
  /** Whether some value may underflow: then no decision is certain. */
  mayUnderflow = false;
  private readonly coded = new Map<number, Coded>();
  /** By slot: how a row reads its value. */
  private readonly loads = new Map<number, string>();
  private readonly loaded = new Set<number>();
  private temporaries = 0;

  constructor(
    private readonly plan: Plan,
    private readonly sums: ColumnSums,
  ) {}

  /** The code of a row: values that only column sums read aren't loaded. */
  get row(): readonly string[] {
    return [...[...this.loaded].map((slot) => this.loads.get(slot)!), ...this.lines];
  }

  /** Declares the local variables of a node whose v is read from `code`; null flag from `nullCode` where it can be null. */
  leaf(node: PlanNode, code: string, nullCode: string, exactness: number): void {
    const v = `v${node.slot}`;
    this.loads.set(node.slot, `const ${v} = ${code};`);
    if (node.nullable) {
      this.loaded.add(node.slot);
      this.lines.push(`const n${node.slot} = ${nullCode};`);
    }
    const isStatistic = node.origin.kind === 'statistic';
    this.coded.set(node.slot, {
      v,
      m: node.nonNegative ? v : `Math.abs(${v})`,
      c: exactness,
      lowest: isStatistic ? BENCHMARK_LEAST : LEAST_INPUT,
      highest: isStatistic ? BENCHMARK_GREATEST : GREATEST_INPUT,
      asWritten: isAsWritten(node.origin),
    });
  }

  /** A number that is the same for every subject: no variable at all. */
  constant(node: PlanNode, exact: Rational, exactness: number): void {
    const value = exact.toNumber();
    const magnitude = Math.abs(value);
    this.coded.set(node.slot, {
      v: source(value),
      m: source(magnitude),
      c: exactness,
      lowest: magnitude === 0 ? 1 : magnitude,
      highest: magnitude,
      asWritten: isShortestDecimal(exact),
    });
  }

  /** Null flag of a node as an expression; `false` where it can't be null. */
  nullFlag(slot: number): string {
    return this.plan.nodes[slot]!.nullable ? `n${slot}` : 'false';
  }

  calculation(
    node: PlanNode,
    formula: NumberExpression,
    nulls: readonly string[],
    onlyIf: Condition | null,
  ): void {
    const { slot } = node;
    this.lines.push(`let v${slot} = 0, m${slot} = 0;`);
    if (node.nullable)
      this.lines.push(`let n${slot} = ${nulls.length > 0 ? nulls.join(' || ') : 'false'};`);
    const block = (write: () => void): void => {
      if (!node.nullable) {
        write();
        return;
      }
      this.lines.push(`if (!n${slot}) {`);
      write();
      this.lines.push('}');
    };
    block(() => {
      if (onlyIf) {
        const holds = this.condition(onlyIf);
        this.lines.push(`if (!${holds}) n${slot} = true; else {`);
      }
      const value = this.number(formula);
      this.lines.push(`v${slot} = ${value.v};`);
      if (!node.nonNegative || value.m !== value.v) this.lines.push(`m${slot} = ${value.m};`);
      if (onlyIf) this.lines.push('}');
      const plain = node.nonNegative && value.m === value.v;
      this.coded.set(slot, { ...value, v: `v${slot}`, m: plain ? `v${slot}` : `m${slot}` });
    });
  }

  /** The distance of two values and the bound of its error, as two fresh variables. */
  difference(left: Coded, right: Coded): { d: string; b: string } {
    const d = this.fresh('d');
    const b = this.fresh('b');
    this.lines.push(
      `const ${d} = ${left.v} - ${right.v};`,
      `const ${b} = ${bound(left)} + ${bound(right)};`,
    );
    return { d, b };
  }

  /** A variable holding whether the condition is true; raises `refer` where that isn't certain. */
  condition(condition: Condition): string {
    switch (condition.kind) {
      case 'and':
      case 'or': {
        // The right side is only looked at where it decides: else it might refer subjects for nothing.
        const t = this.fresh('t');
        this.lines.push(`let ${t} = ${this.condition(condition.left)};`);
        this.lines.push(`if (${condition.kind === 'and' ? t : `!${t}`}) {`);
        const right = this.condition(condition.right);
        this.lines.push(`${t} = ${right};`, '}');
        return t;
      }
      case 'not':
        return `(!${this.condition(condition.operand)})`;
      case 'known':
        return `(!${this.nullFlag(this.plan.slotOf.get(condition.name)!)})`;
      case 'compare': {
        const left = this.number(condition.left);
        const right = this.number(condition.right);
        const t = this.fresh('t');
        const [above, below, equal] = COMPARED[condition.operator];
        if (left.asWritten && right.asWritten) {
          this.lines.push(
            `let ${t} = ${equal}; if (${left.v} > ${right.v}) ${t} = ${above}; else if (${left.v} < ${right.v}) ${t} = ${below};`,
          );
          return t;
        }
        if (isRelative(left) && right.v === '0') {
          this.lines.push(
            `let ${t} = ${equal}; if (${left.v} > 0) ${t} = ${above}; else if (${left.v} < 0) ${t} = ${below}; else if (${left.v} !== 0) refer = 1;`,
          );
          return t;
        }
        const { d, b } = this.difference(left, right);
        this.lines.push(
          `let ${t} = ${equal}; if (${d} > ${b}) ${t} = ${above}; else if (${d} < -${b}) ${t} = ${below}; else if (${b} !== 0) refer = 1;`,
        );
        return t;
      }
    }
  }

  valueOf(slot: number): Coded {
    if (this.loads.has(slot)) this.loaded.add(slot);
    return this.coded.get(slot)!;
  }

  fresh(prefix: string): string {
    return `${prefix}_${this.temporaries++}`;
  }

  /** Also what only a condition reads, and what a later factor makes large again, may underflow on its way. */
  private number(expression: NumberExpression): Coded {
    return this.noted(this.code(expression));
  }

  private noted(coded: Coded): Coded {
    if (!(coded.lowest >= UNDERFLOW_GUARD)) this.mayUnderflow = true;
    return coded;
  }

  private code(expression: NumberExpression): Coded {
    switch (expression.kind) {
      case 'literal':
        return {
          v: String(expression.value),
          m: String(expression.value),
          c: 0,
          lowest: 1,
          highest: expression.value,
          asWritten: true,
        };
      case 'name':
        return this.valueOf(this.plan.slotOf.get(expression.name)!);
      case 'negate': {
        const operand = this.number(expression.operand);
        return { ...operand, v: `(-${operand.v})` };
      }
      case 'arithmetic':
        return this.arithmetic(expression);
      case 'total':
        return this.total(expression);
      case 'extreme':
        return this.extreme(expression.function, expression.arguments);
      case 'choice':
        return this.choice(expression);
    }
  }

  /** Only the branch taken is computed: the other may divide by zero or hold what is unknown. */
  private choice(expression: Extract<NumberExpression, { kind: 'choice' }>): Coded {
    const t = this.condition(expression.condition);
    const v = this.fresh('v');
    const m = this.fresh('m');
    const branch = (of: NumberExpression): Coded => {
      const value = this.number(of);
      this.lines.push(`${v} = ${value.v}; ${m} = ${value.m};`);
      return value;
    };
    this.lines.push(`let ${v} = 0, ${m} = 0;`, `if (${t}) {`);
    const a = branch(expression.then);
    this.lines.push('} else {');
    const b = branch(expression.otherwise);
    this.lines.push('}');
    const plain = a.m === a.v && b.m === b.v;
    return {
      v,
      m: plain ? v : m,
      c: Math.max(a.c, b.c),
      lowest: Math.min(a.lowest, b.lowest),
      highest: Math.max(a.highest, b.highest),
      asWritten: a.asWritten && b.asWritten,
    };
  }

  private arithmetic(expression: Extract<NumberExpression, { kind: 'arithmetic' }>): Coded {
    const left = this.number(expression.left);
    const right = this.number(expression.right);
    const plain = left.m === left.v && right.m === right.v;
    const { operator } = expression;
    if (operator === '*') return product(left, right);
    if (operator === '/')
      return this.quotient(
        left,
        right,
        isNonNegative(expression, (n) => this.plan.nodes[this.plan.slotOf.get(n)!]!.nonNegative),
      );
    const v = `(${left.v} ${operator} ${right.v})`;
    return {
      v,
      m: plain && operator === '+' ? v : `(${left.m} + ${right.m})`,
      c: Math.max(left.c, right.c) + 1,
      lowest: Math.min(left.lowest, right.lowest),
      highest: left.highest + right.highest,
      asWritten: false,
    };
  }

  private quotient(left: Coded, right: Coded, nonNegative: boolean): Coded {
    const q = this.fresh('q');
    const g = this.fresh('g');
    const m = this.fresh('m');
    this.lines.push(`const ${q} = ${left.v} / ${right.v};`);
    const absolute = nonNegative ? q : `Math.abs(${q})`;
    const limits = {
      lowest: (left.lowest * 1e-17) / right.highest,
      highest: left.highest / (right.lowest * 1e-17),
      asWritten: false,
    };
    if (isRelative(right)) {
      this.lines.push(`if (!(${right.m} > 0)) refer = 1;`);
      if (isRelative(left)) return { v: q, m: absolute, c: left.c + right.c + 1, ...limits };
      this.lines.push(`const ${m} = ${left.m} / ${right.m};`);
      return { v: q, m, c: left.c + right.c + 1, ...limits };
    }
    // The divisor's distance from zero that is certain; not above zero: nothing is certain.
    this.lines.push(`const ${g} = Math.abs(${right.v}) - ${source(right.c * U)} * ${right.m};`);
    this.lines.push(`if (!(${g} > 0)) refer = 1;`);
    this.lines.push(
      `const ${m} = (${source(left.c)} * ${left.m} + ${source(right.c)} * ${right.m} * ${absolute}) / ${g} + ${absolute};`,
    );
    return { v: q, m, c: 1, ...limits };
  }

  private total(expression: Extract<NumberExpression, { kind: 'total' }>): Coded {
    const sum = this.sums.sumOf(expression);
    if (sum === null) return summed(expression.terms.map((term) => this.number(term)));
    const terms = sum.terms.map(({ input, factor }) => {
      const quantity = this.coded.get(input)!;
      return this.noted(factor === null ? quantity : product(quantity, this.coded.get(factor)!));
    });
    const v = this.fresh('v');
    this.lines.push(`const ${v} = t${sum.position}[i - from];`);
    return { ...summed(terms), v, m: v, asWritten: false };
  }

  /** The extreme of approximations is within the largest of their bounds of the exact extreme. */
  private extreme(fn: 'min' | 'max', args: readonly NumberExpression[]): Coded {
    const parts = args.map((argument) => this.number(argument));
    const other = otherThanZero(args);
    return {
      ...(other === null
        ? {
            v: `Math.${fn}(${parts.map((p) => p.v).join(', ')})`,
            m: `Math.max(${parts.map((p) => p.m).join(', ')})`,
          }
        : this.clampedAtZero(fn, parts[other]!)),
      c: Math.max(...parts.map((p) => p.c)),
      lowest: Math.min(...parts.map((p) => p.lowest)),
      highest: Math.max(...parts.map((p) => p.highest)),
      asWritten: parts.every((p) => p.asWritten),
    };
  }

  /**
   * Where a value lies beyond zero for certain, its clamp is exactly zero, whatever the value's error: a score that
   * deductions use up meets a quota's limit of zero without the referee.
   */
  private clampedAtZero(fn: 'min' | 'max', value: Coded): Pick<Coded, 'v' | 'm'> {
    const x = this.fresh('x');
    const m = this.fresh('m');
    const beyond = fn === 'max' ? `-${x}` : x;
    this.lines.push(
      `const ${x} = ${value.v};`,
      `const ${m} = ${beyond} > ${source(value.c * U)} * ${value.m} ? 0 : ${value.m};`,
    );
    return { v: `Math.${fn}(0, ${x})`, m };
  }
}

/** Whether every value that such a leaf can have is the shortest decimal of its double. */
function isAsWritten(origin: NodeOrigin): boolean {
  if (origin.kind === 'input') return true;
  if (origin.kind !== 'lookup') return false;
  const { lookup } = origin;
  if (lookup.kind === 'fact') return true;
  if (lookup.kind === 'regional-factor') return false;
  return [...lookup.rows.values(), ...(lookup.otherwise ? [lookup.otherwise] : [])].every(
    ({ exact }) => isShortestDecimal(exact),
  );
}

function isShortestDecimal(exact: Rational): boolean {
  return Rational.fromNumber(exact.toNumber()).equals(exact);
}

/** Of zero and one other argument, the position of the other; null for any others. */
function otherThanZero(args: readonly NumberExpression[]): number | null {
  const zero = args.findIndex((one) => one.kind === 'literal' && one.value === 0);
  return zero >= 0 && args.length === 2 ? 1 - zero : null;
}

/** The answer of a comparison where the left side is certainly above, certainly below, or both sides are exactly zero. */
const COMPARED: Readonly<Record<Comparison, readonly [boolean, boolean, boolean]>> = {
  '<': [false, true, false],
  '<=': [false, true, true],
  '>': [true, false, false],
  '>=': [true, false, true],
  '==': [false, false, true],
  '!=': [true, true, false],
};
