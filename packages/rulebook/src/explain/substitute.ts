/** A formula's text with one subject's numbers in place of its names. */
import type { Rational } from '../exact/rational';
import type { Condition, NumberExpression } from '../formula/expression';
import { namesIn } from '../formula/expression';
import type { Plan } from '../plan/plan';
import { readingText } from './number-text';

export interface Substituted {
  readonly text: string;
  /** The names that the text shows. */
  readonly names: readonly string[];
  /** Terms of totals left out because they are zero. */
  readonly zeroTerms: number;
}

/** How tightly an expression binds: decides where parentheses are needed. */
const BINDING = { choice: 0, sum: 1, product: 2, sign: 3, atom: 4 } as const;

export function substituted(
  plan: Plan,
  formula: NumberExpression,
  values: readonly (Rational | null)[],
): Substituted {
  const names = new Set<string>();
  let zeroTerms = 0;
  const valueOf = (name: string): Rational | null => values[plan.slotOf.get(name)!] ?? null;

  const text = (e: NumberExpression, binding: number): string => {
    const wrap = (inner: string, own: number): string => (own < binding ? `(${inner})` : inner);
    switch (e.kind) {
      case 'literal':
        return e.option ? `"${e.option.code}"` : String(e.value);
      case 'name': {
        names.add(e.name);
        const value = valueOf(e.name);
        const shown = value === null ? '?' : valueText(plan, e.name, value);
        return shown.startsWith('-') && binding > BINDING.sum ? `(${shown})` : shown;
      }
      case 'negate':
        return wrap(`−${text(e.operand, BINDING.atom)}`, BINDING.sign);
      case 'arithmetic': {
        const own = e.operator === '+' || e.operator === '-' ? BINDING.sum : BINDING.product;
        const sign = { '+': '+', '-': '−', '*': '×', '/': '÷' }[e.operator];
        // The right side of − and ÷ needs parentheses around its own kind.
        const right = e.operator === '-' || e.operator === '/' ? own + 1 : own;
        return wrap(`${text(e.left, own)} ${sign} ${text(e.right, right)}`, own);
      }
      case 'total': {
        const shown = e.terms.filter((term) => !isZero(term));
        zeroTerms += e.terms.length - shown.length;
        if (shown.length === 0) return '0';
        return wrap(
          shown.map((term) => text(term, BINDING.sum)).join(' + '),
          shown.length > 1 ? BINDING.sum : BINDING.product,
        );
      }
      case 'extreme':
        return `${e.function}(${e.arguments.map((a) => text(a, 0)).join(', ')})`;
      case 'choice': {
        const taken = branchByKnown(e);
        if (taken) return text(taken, binding);
        return wrap(
          `${condition(e.condition)} ? ${text(e.then, 1)} : ${text(e.otherwise, 1)}`,
          BINDING.choice,
        );
      }
    }
  };
  /**
   * The branch taken where that depends only on what is known: its condition has no number to show. The names asked for
   * are shown beside it, so that a reader sees what was stated and what stands in for it.
   */
  const branchByKnown = (
    e: Extract<NumberExpression, { kind: 'choice' }>,
  ): NumberExpression | null => {
    const holds = holdsByKnown(e.condition, (name) => valueOf(name) !== null);
    if (holds === null) return null;
    for (const name of namesIn(e.condition)) names.add(name);
    return holds ? e.then : e.otherwise;
  };
  const condition = (c: Condition): string => {
    switch (c.kind) {
      case 'compare':
        return `${text(c.left, BINDING.sum)} ${c.operator} ${text(c.right, BINDING.sum)}`;
      case 'and':
      case 'or':
        return `(${condition(c.left)} ${c.kind} ${condition(c.right)})`;
      case 'not':
        return `not (${condition(c.operand)})`;
      case 'known':
        names.add(c.name);
        return `known(${valueOf(c.name) === null ? '?' : readingText(valueOf(c.name)!)})`;
    }
  };
  /** A term is zero where it is a product with a value of zero among its factors. */
  const isZero = (term: NumberExpression): boolean =>
    term.kind === 'arithmetic' &&
    term.operator === '*' &&
    [term.left, term.right].some(
      (factor) => isZero(factor) || (factor.kind === 'name' && valueOf(factor.name)?.sign() === 0),
    );

  return { text: text(formula, 0), names: [...names], zeroTerms };
}

/** Whether a condition made of `known(…)` alone holds; null for one that compares values. */
function holdsByKnown(c: Condition, isKnown: (name: string) => boolean): boolean | null {
  switch (c.kind) {
    case 'known':
      return isKnown(c.name);
    case 'not': {
      const operand = holdsByKnown(c.operand, isKnown);
      return operand === null ? null : !operand;
    }
    case 'and':
    case 'or': {
      const [left, right] = [holdsByKnown(c.left, isKnown), holdsByKnown(c.right, isKnown)];
      if (left === null || right === null) return null;
      return c.kind === 'and' ? left && right : left || right;
    }
    case 'compare':
      return null;
  }
}

/** A number, or the option that a choice's number stands for. */
export function valueText(plan: Plan, name: string, value: Rational): string {
  const input = plan.inputs.find((one) => one.name === name);
  const option = input?.options?.[value.toNumber()];
  return option ? `"${option.code}"` : readingText(value);
}
