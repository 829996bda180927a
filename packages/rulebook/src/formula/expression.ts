/** The checked syntax tree of a formula: the only form in which formulas are compiled, refereed and explained. */
import type { Comparison } from '../exact/comparison';

export type ArithmeticOperator = '+' | '-' | '*' | '/';

/** Yields a number (or unknown). */
export type NumberExpression =
  | {
      readonly kind: 'literal';
      readonly value: number;
      /** Where it stands for an option of a choice: the choice's name and the option's code. */
      readonly option?: { readonly of: string; readonly code: string };
    }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negate'; readonly operand: NumberExpression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: NumberExpression;
      readonly right: NumberExpression;
    }
  /** `total(set, term)`, expanded: one term a member of the set. */
  | { readonly kind: 'total'; readonly set: string; readonly terms: readonly NumberExpression[] }
  | {
      readonly kind: 'extreme';
      readonly function: 'min' | 'max';
      readonly arguments: readonly NumberExpression[];
    }
  | {
      readonly kind: 'choice';
      readonly condition: Condition;
      readonly then: NumberExpression;
      readonly otherwise: NumberExpression;
    };

/** Yields true, false (or unknown). */
export type Condition =
  | {
      readonly kind: 'compare';
      readonly operator: Comparison;
      readonly left: NumberExpression;
      readonly right: NumberExpression;
    }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly operand: Condition }
  /** `known(name)`: whether the value is known. Never unknown itself. */
  | { readonly kind: 'known'; readonly name: string };

/** Parts of all formulas of a rulebook, totals expanded. The industrial rulebook has about 700. */
export const MAX_PARTS = 20_000;

export type Expression = NumberExpression | Condition;

export function isCondition(expression: Expression): expression is Condition {
  return ['compare', 'and', 'or', 'not', 'known'].includes(expression.kind);
}

/** The expressions directly below one. */
export function parts(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'name':
    case 'known':
      return [];
    case 'negate':
    case 'not':
      return [expression.operand];
    case 'arithmetic':
    case 'compare':
    case 'and':
    case 'or':
      return [expression.left, expression.right];
    case 'total':
      return expression.terms;
    case 'extreme':
      return expression.arguments;
    case 'choice':
      return [expression.condition, expression.then, expression.otherwise];
  }
}

/** Every name that an expression reads, each once, in order of appearance. */
export function namesIn(expression: Expression): string[] {
  const names = new Set<string>();
  const walk = (e: Expression): void => {
    if (e.kind === 'name' || e.kind === 'known') names.add(e.name);
    for (const part of parts(e)) walk(part);
  };
  walk(expression);
  return [...names];
}

/**
 * The names whose being unknown makes the expression unknown: all that it reads, also in a branch not taken, except
 * those that `known(…)` guards there, as in `known(x) ? x : 0`.
 */
export function requiredNames(expression: Expression): ReadonlySet<string> {
  switch (expression.kind) {
    case 'name':
      return new Set([expression.name]);
    case 'known':
      return NONE;
    case 'choice': {
      const { condition, then, otherwise } = expression;
      return union([
        requiredNames(condition),
        without(requiredNames(then), assured(condition, true)),
        without(requiredNames(otherwise), assured(condition, false)),
      ]);
    }
    case 'and':
    case 'or': {
      const { left, right } = expression;
      return union([
        requiredNames(left),
        without(requiredNames(right), assured(left, expression.kind === 'and')),
      ]);
    }
    default:
      return union(parts(expression).map(requiredNames));
  }
}

const NONE: ReadonlySet<string> = new Set();

/** The names that are certainly known where the condition has this truth. */
function assured(condition: Condition, truth: boolean): ReadonlySet<string> {
  switch (condition.kind) {
    case 'known':
      return truth ? new Set([condition.name]) : NONE;
    case 'not':
      return assured(condition.operand, !truth);
    case 'and':
    case 'or':
      return (condition.kind === 'and') === truth
        ? union([assured(condition.left, truth), assured(condition.right, truth)])
        : NONE;
    case 'compare':
      return NONE;
  }
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

function without(names: ReadonlySet<string>, removed: ReadonlySet<string>): ReadonlySet<string> {
  return removed.size === 0 ? names : new Set([...names].filter((name) => !removed.has(name)));
}
