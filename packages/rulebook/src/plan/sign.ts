/** Which expressions are zero or more wherever they are known: there the kernel needs no separate magnitude. */
import type { NumberExpression } from '../formula/expression';

export function isNonNegative(
  expression: NumberExpression,
  ofName: (name: string) => boolean,
): boolean {
  const all = (operands: readonly NumberExpression[]): boolean =>
    operands.every((e) => isNonNegative(e, ofName));
  switch (expression.kind) {
    case 'literal':
      return expression.value >= 0;
    case 'name':
      return ofName(expression.name);
    case 'negate':
      return false;
    case 'arithmetic':
      return expression.operator !== '-' && all([expression.left, expression.right]);
    case 'total':
      return all(expression.terms);
    case 'extreme':
      return expression.function === 'max'
        ? expression.arguments.some((e) => isNonNegative(e, ofName))
        : all(expression.arguments);
    case 'choice':
      return all([expression.then, expression.otherwise]);
  }
}
