/**
 * Formulas: mathjs parses the text, an allow-list turns its tree into ours. Anything not named here is refused,
 * so a formula can reach nothing but arithmetic; mathjs never evaluates.
 */
import type { MathNode } from 'mathjs';
// Without matrices, units and big numbers, of which the parser needs none: half the time and memory of the whole package.
import { parse } from 'mathjs/number';

import type { ProblemCode } from '../document/problem-texts';
import type { UnknownName } from '../document/problems';
import type { Comparison } from '../exact/comparison';
import {
  type ArithmeticOperator,
  type Condition,
  type Expression,
  isCondition,
  type NumberExpression,
} from './expression';

/** A formula that cannot be used; `unknown` where a name in it is: what was probably meant is told with it. */
export class FormulaError extends Error {
  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly unknown?: UnknownName,
  ) {
    super(message);
    this.name = 'FormulaError';
  }
}

const MAX_LENGTH = 5000;
const MAX_NODES = 500;
const MAX_DEPTH = 60;
/** Every other number is a rule's number and stands in a parameter, with source and status. */
const LITERALS: readonly number[] = [0, 1, 100];

const FUNCTIONS: readonly string[] = ['min', 'max', 'total', 'known'];

const ARITHMETIC: Readonly<Record<string, ArithmeticOperator>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
};
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  smaller: '<',
  smallerEq: '<=',
  larger: '>',
  largerEq: '>=',
  equal: '==',
  unequal: '!=',
};

/** What a formula's text alone does not tell. */
export interface FormulaContext {
  /** What `total(set, term)` stands for: the term once for every member, its family names made members'. */
  readonly expandTotal: (set: string, term: NumberExpression) => readonly NumberExpression[];
  /** Codes of a choice's options in their order; null for a name that is no choice. */
  readonly optionsOf: (name: string) => readonly string[] | null;
  /** The names of all choices. */
  readonly choices: readonly string[];
}

export function parseNumberFormula(text: string, context: FormulaContext): NumberExpression {
  const expression = parseFormula(text, context);
  if (isCondition(expression)) {
    throw new FormulaError(
      'condition-for-number',
      'this is a condition, a number is expected here',
    );
  }
  return expression;
}

export function parseCondition(text: string, context: FormulaContext): Condition {
  const expression = parseFormula(text, context);
  if (!isCondition(expression)) {
    throw new FormulaError(
      'number-for-condition',
      'this is a number, a condition such as a <= b is expected here',
    );
  }
  return expression;
}

function parseFormula(text: string, context: FormulaContext): Expression {
  if (text.length > MAX_LENGTH) {
    throw new FormulaError(
      'formula-too-long',
      `a formula has at most ${MAX_LENGTH} characters, this one ${text.length}`,
    );
  }
  // mathjs' parser recurses with the nesting: bound it before, not after.
  let open = 0;
  for (const character of text) {
    if (character === '(' || character === '[' || character === '{') open++;
    if (character === ')' || character === ']' || character === '}') open--;
    if (open > MAX_DEPTH)
      throw new FormulaError('formula-too-deep', `parentheses nest deeper than ${MAX_DEPTH}`);
  }
  let root: MathNode;
  try {
    root = parse(text);
  } catch (error) {
    throw new FormulaError(
      'formula-syntax',
      error instanceof Error ? error.message : String(error),
    );
  }
  let nodes = 0;

  const convert = (node: MathNode, depth: number): Expression => {
    if (++nodes > MAX_NODES)
      throw new FormulaError('formula-too-long', `a formula has at most ${MAX_NODES} parts`);
    if (depth > MAX_DEPTH)
      throw new FormulaError('formula-too-deep', `a formula nests at most ${MAX_DEPTH} deep`);
    const any = node as unknown as AnyNode;
    switch (any.type) {
      case 'ParenthesisNode':
        return convert(any.content, depth + 1);
      case 'ConstantNode':
        return literal(any.value);
      case 'SymbolNode':
        return { kind: 'name', name: any.name };
      case 'OperatorNode':
        return operator(any, depth);
      case 'FunctionNode':
        return call(any, depth);
      case 'ConditionalNode':
        return {
          kind: 'choice',
          condition: condition(any.condition, depth),
          then: number(any.trueExpr, depth),
          otherwise: number(any.falseExpr, depth),
        };
      case 'RelationalNode':
        throw new FormulaError(
          'chained-comparison',
          'write a <= b and b <= c instead of a <= b <= c',
        );
      default:
        throw new FormulaError(
          'not-allowed',
          `${node.type.replace(/Node$/, '')} is not allowed in a formula`,
        );
    }
  };
  const number = (node: MathNode, depth: number): NumberExpression => {
    const expression = convert(node, depth + 1);
    if (isCondition(expression))
      throw new FormulaError(
        'condition-for-number',
        'a condition stands where a number is expected',
      );
    return expression;
  };
  const condition = (node: MathNode, depth: number): Condition => {
    const expression = convert(node, depth + 1);
    if (!isCondition(expression))
      throw new FormulaError(
        'number-for-condition',
        'a number stands where a condition is expected',
      );
    return expression;
  };
  const operator = (node: OperatorNode, depth: number): Expression => {
    const [first, second] = node.args;
    if (node.fn === 'unaryMinus' && first) return { kind: 'negate', operand: number(first, depth) };
    if (node.fn === 'not' && first) return { kind: 'not', operand: condition(first, depth) };
    if (first && second && node.args.length === 2) {
      if (node.implicit === true)
        throw new FormulaError('implicit-product', 'write the multiplication sign *');
      const arithmetic = ARITHMETIC[node.fn];
      if (arithmetic)
        return {
          kind: 'arithmetic',
          operator: arithmetic,
          left: number(first, depth),
          right: number(second, depth),
        };
      const comparison = COMPARISONS[node.fn];
      if (comparison) {
        const withOption = optionComparison(comparison, [first, second], context);
        if (withOption) return withOption;
        return {
          kind: 'compare',
          operator: comparison,
          left: number(first, depth),
          right: number(second, depth),
        };
      }
      if (node.fn === 'and' || node.fn === 'or') {
        return { kind: node.fn, left: condition(first, depth), right: condition(second, depth) };
      }
    }
    throw new FormulaError('not-allowed', `the operator ${node.op} is not allowed in a formula`);
  };
  const call = (node: CallNode, depth: number): Expression => {
    const name = node.fn.type === 'SymbolNode' ? node.fn.name : undefined;
    if (name === 'min' || name === 'max') {
      if (node.args.length < 2)
        throw new FormulaError('arguments', `${name} takes two values or more`);
      return {
        kind: 'extreme',
        function: name,
        arguments: node.args.map((arg) => number(arg, depth)),
      };
    }
    if (name === 'total') {
      const [set, term] = node.args as unknown as [AnyNode | undefined, MathNode | undefined];
      if (node.args.length !== 2 || set?.type !== 'SymbolNode' || !term) {
        throw new FormulaError(
          'arguments',
          'total takes the name of a set and a term: total(fuels, carrier * emission_factor)',
        );
      }
      return {
        kind: 'total',
        set: set.name,
        terms: context.expandTotal(set.name, number(term, depth)),
      };
    }
    if (name === 'known') {
      const [of] = node.args as unknown as [AnyNode | undefined];
      if (node.args.length !== 1 || of?.type !== 'SymbolNode')
        throw new FormulaError('arguments', 'known takes one name: known(x) ? x : 0');
      return { kind: 'known', name: of.name };
    }
    throw new FormulaError(
      'unknown-function',
      `there is no function ${name ?? '?'}; ${FUNCTIONS.join(', ')} are known`,
      name === undefined ? undefined : { seen: name, known: FUNCTIONS },
    );
  };
  return convert(root, 0);
}

/** `kind == "office"`: a choice and one of its options, on either side; null where neither side is a text. */
function optionComparison(
  operator: Comparison,
  sides: readonly [MathNode, MathNode],
  { optionsOf, choices }: FormulaContext,
): Condition | null {
  const [left, right] = sides as unknown as readonly [AnyNode, AnyNode];
  const isText = (node: AnyNode): boolean =>
    node.type === 'ConstantNode' && typeof node.value === 'string';
  const text = [left, right].find(isText);
  if (text?.type !== 'ConstantNode') return null;
  const code = String(text.value);
  const name = text === left ? right : left;
  const options = name.type === 'SymbolNode' ? optionsOf(name.name) : null;
  if (name.type !== 'SymbolNode' || !options)
    throw new FormulaError(
      'text-without-choice',
      `"${code}" can only be compared with the name of a choice`,
      name.type === 'SymbolNode' ? { seen: name.name, known: choices } : undefined,
    );
  if (operator !== '==' && operator !== '!=')
    throw new FormulaError('option-order', 'options have no order: compare them with == or !=');
  if (!options.includes(code))
    throw new FormulaError(
      'unknown-option',
      `${name.name} has no option "${code}": ${options.join(', ')}`,
      { seen: code, known: options },
    );
  return {
    kind: 'compare',
    operator,
    left: { kind: 'name', name: name.name },
    right: { kind: 'literal', value: options.indexOf(code), option: { of: name.name, code } },
  };
}

function literal(value: unknown): NumberExpression {
  if (typeof value !== 'number')
    throw new FormulaError('not-allowed', 'only numbers are allowed as constants');
  if (!LITERALS.includes(value)) {
    throw new FormulaError(
      'number-in-formula',
      `${value} stands in a formula; make it a parameter with source and status`,
    );
  }
  return { kind: 'literal', value };
}

interface OperatorNode {
  type: 'OperatorNode';
  fn: string;
  op: string;
  args: MathNode[];
  implicit?: boolean;
}
interface CallNode {
  type: 'FunctionNode';
  fn: { type: string; name: string };
  args: MathNode[];
}
type AnyNode =
  | { type: 'ParenthesisNode'; content: MathNode }
  | { type: 'ConstantNode'; value: unknown }
  | { type: 'SymbolNode'; name: string }
  | OperatorNode
  | CallNode
  | { type: 'ConditionalNode'; condition: MathNode; trueExpr: MathNode; falseExpr: MathNode }
  | { type: 'RelationalNode' };
