/** The checked syntax tree of a formula: the only form in which formulas are compiled, refereed and explained. */

export type ArithmeticOperator = '+' | '-' | '*' | '/';
export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** Yields a number (or unknown). */
export type NumberExpression =
  | { readonly kind: 'literal'; readonly value: number }
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
  | { readonly kind: 'not'; readonly operand: Condition };

/** Parts of all formulas of a rulebook, totals expanded. The industrial rulebook has about 700. */
export const MAX_PARTS = 20_000;

export type Expression = NumberExpression | Condition;

export function isCondition(expression: Expression): expression is Condition {
  return ['compare', 'and', 'or', 'not'].includes(expression.kind);
}

/** The expressions directly below one. */
export function parts(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'name':
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
    if (e.kind === 'name') names.add(e.name);
    for (const part of parts(e)) walk(part);
  };
  walk(expression);
  return [...names];
}
