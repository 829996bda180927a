/**
 * Units as an algebra of opaque symbols: `tCO2/10k_cny` is {tCO2: 1, 10k_cny: -1}. Nothing is converted; the
 * check only refuses what does not agree, such as tCO2 + 10k_cny.
 */
import type { Expression, NumberExpression } from './expression';
import { FormulaError } from './parse';

export type Unit = ReadonlyMap<string, number>;
export const DIMENSIONLESS: Unit = new Map();

const SYMBOL = /^(?:1|[A-Za-z0-9_%]*[A-Za-z%][A-Za-z0-9_%]*)$/;

/** Reads `a*b/c`; `1` is dimensionless. @throws FormulaError for anything else */
export function parseUnit(text: string): Unit {
  const unit = new Map<string, number>();
  let sign = 1;
  for (const token of text.split(/([*/])/)) {
    if (token === '*') sign = 1;
    else if (token === '/') sign = -1;
    else if (!SYMBOL.test(token)) throw new FormulaError('bad-unit', `not a unit: ${text}`);
    else if (token !== '1') add(unit, token, sign);
  }
  return unit;
}

export function unitText(unit: Unit): string {
  const power = (sign: number): string =>
    [...unit]
      .filter(([, exponent]) => exponent * sign > 0)
      .flatMap(([symbol, exponent]) => Array<string>(Math.abs(exponent)).fill(symbol))
      .sort()
      .join(sign > 0 ? '*' : '/');
  const above = power(1);
  const below = power(-1);
  return below === '' ? above || '1' : `${above || '1'}/${below}`;
}

export function sameUnit(a: Unit, b: Unit): boolean {
  return a.size === b.size && [...a].every(([symbol, exponent]) => b.get(symbol) === exponent);
}

function add(unit: Map<string, number>, symbol: string, exponent: number): void {
  const sum = (unit.get(symbol) ?? 0) + exponent;
  if (sum === 0) unit.delete(symbol);
  else unit.set(symbol, sum);
}

function combine(a: Unit, b: Unit, sign: 1 | -1): Unit {
  const unit = new Map(a);
  for (const [symbol, exponent] of b) add(unit, symbol, sign * exponent);
  return unit;
}

/** The unit of the product of several. */
export function productUnit(units: readonly Unit[]): Unit {
  return units.reduce((product, unit) => combine(product, unit, 1), DIMENSIONLESS);
}

/** The unit of the quotient of two. */
export function quotientUnit(a: Unit, b: Unit): Unit {
  return combine(a, b, -1);
}

/**
 * The unit that a number expression yields; null is "any" (the literal 0).
 * @throws FormulaError `unit-clash` where two parts that are added or compared don't agree
 */
export function unitOf(
  expression: NumberExpression,
  unitOfName: (name: string) => Unit,
): Unit | null {
  const agree = (operation: string, operands: readonly NumberExpression[]): Unit | null => {
    let first: Unit | null = null;
    for (const operand of operands) {
      const unit = unitOf(operand, unitOfName);
      if (unit === null) continue;
      if (first === null) first = unit;
      else if (!sameUnit(first, unit)) {
        throw new FormulaError(
          'unit-clash',
          `${operation} of ${unitText(first)} and ${unitText(unit)}: the units don't agree`,
        );
      }
    }
    return first;
  };
  switch (expression.kind) {
    case 'literal':
      if (expression.option) return unitOfName(expression.option.of);
      return expression.value === 0 ? null : DIMENSIONLESS;
    case 'name':
      return unitOfName(expression.name);
    case 'negate':
      return unitOf(expression.operand, unitOfName);
    case 'arithmetic': {
      const { operator, left, right } = expression;
      if (operator === '+' || operator === '-')
        return agree(operator === '+' ? 'sum' : 'difference', [left, right]);
      return combine(
        unitOf(left, unitOfName) ?? DIMENSIONLESS,
        unitOf(right, unitOfName) ?? DIMENSIONLESS,
        operator === '*' ? 1 : -1,
      );
    }
    case 'total':
      return agree('total', expression.terms);
    case 'extreme':
      return agree(expression.function, expression.arguments);
    case 'choice':
      checkUnits(expression.condition, unitOfName);
      return agree('choice', [expression.then, expression.otherwise]);
  }
}

/** @throws FormulaError `unit-clash` where a comparison's sides don't agree */
export function checkUnits(expression: Expression, unitOfName: (name: string) => Unit): void {
  switch (expression.kind) {
    case 'compare': {
      const left = unitOf(expression.left, unitOfName);
      const right = unitOf(expression.right, unitOfName);
      if (left && right && !sameUnit(left, right)) {
        throw new FormulaError(
          'unit-clash',
          `${unitText(left)} is compared with ${unitText(right)}`,
        );
      }
      return;
    }
    case 'and':
    case 'or':
      checkUnits(expression.left, unitOfName);
      checkUnits(expression.right, unitOfName);
      return;
    case 'not':
      checkUnits(expression.operand, unitOfName);
      return;
    case 'known':
      return;
    default:
      unitOf(expression, unitOfName);
  }
}
