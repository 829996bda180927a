/**
 * What can only be checked once factors are bound: that units agree, that no divisor can be zero without a rule for
 * it, and that no grade is unknown without a reason.
 */
import { limitsOf } from '../document/check-bands';
import type { DocumentPath, ProblemList } from '../document/problems';
import type { Rulebook } from '../document/rulebook';
import { Rational } from '../exact/rational';
import {
  type Condition,
  type Expression,
  type NumberExpression,
  parts,
  requiredNames,
} from '../formula/expression';
import { FormulaError } from '../formula/parse';
import {
  checkUnits,
  parseUnit,
  quotientUnit,
  sameUnit,
  type Unit,
  unitOf,
  unitText,
} from '../formula/unit';
import type { PlanNode } from './plan';

type NodeOf = (name: string) => PlanNode;

export function checkPlan(rulebook: Rulebook, nodeOf: NodeOf, problems: ProblemList): void {
  checkCalculations(rulebook, nodeOf, problems);
  checkPeers(rulebook, nodeOf, problems);
  checkConditions(rulebook, nodeOf, problems);
  checkLimits(rulebook, nodeOf, problems);
  checkHeadline(rulebook, nodeOf, problems);
}

const unitsBy =
  (nodeOf: NodeOf) =>
  (name: string): Unit =>
    parseUnit(nodeOf(name).unit);

/** Runs a check of one formula; what it refuses becomes a problem at the formula's place. */
function attempt(problems: ProblemList, path: DocumentPath, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    problems.add(path, error.code, error.message);
  }
}

function checkDeclared(
  problems: ProblemList,
  path: DocumentPath,
  unit: string,
  found: Unit | null,
): void {
  if (found && !sameUnit(parseUnit(unit), found)) {
    problems.add(path, 'unit-clash', `the formula yields ${unitText(found)}, declared is ${unit}`);
  }
}

function checkCalculations(rulebook: Rulebook, nodeOf: NodeOf, problems: ProblemList): void {
  const { document, formulas, places } = rulebook;
  const unitOfName = unitsBy(nodeOf);
  document.calculations.forEach((calculation, i) => {
    const { formula, onlyIf } = formulas.calculations[i]!;
    const at = places.calculations[i]!;
    const guarded = onlyIf !== null || nodeOf(calculation.name).withheldBy.length > 0;
    const generated = at[0] === 'scores';
    if (!guarded && dividesUnguarded(formula, { nodeOf, generated, nonZero: new Set() })) {
      problems.add(
        [...at, 'formula'],
        'division-unguarded',
        `the divisor may be zero: add a notRated rule that withholds ${calculation.name}, onlyIf, or divide where it is compared with 0: b > 0 ? a / b : 0`,
      );
    }
    attempt(problems, [...at, 'formula'], () => {
      checkDeclared(problems, [...at, 'unit'], calculation.unit, unitOf(formula, unitOfName));
    });
    if (onlyIf) attempt(problems, [...at, 'onlyIf'], () => checkUnits(onlyIf, unitOfName));
  });
}

interface DivisionContext {
  readonly nodeOf: NodeOf;
  /** Made by a score: a difference of leading and baseline value divides only where the two differ. */
  readonly generated: boolean;
  /** Names that a condition around has compared with zero. */
  readonly nonZero: ReadonlySet<string>;
}

/** Whether a divisor may be zero: it is no number other than zero, and nothing around says that it is not. */
function dividesUnguarded(expression: Expression, context: DivisionContext): boolean {
  if (expression.kind === 'choice') {
    const { condition, then, otherwise } = expression;
    const nonZero = new Set([...context.nonZero, ...comparedWithZero(condition)]);
    return (
      dividesUnguarded(condition, context) ||
      dividesUnguarded(then, { ...context, nonZero }) ||
      dividesUnguarded(otherwise, context)
    );
  }
  if (expression.kind === 'arithmetic' && expression.operator === '/') {
    if (!isNonZero(expression.right, context)) return true;
  }
  return parts(expression).some((part) => dividesUnguarded(part, context));
}

function isNonZero(divisor: NumberExpression, context: DivisionContext): boolean {
  if (divisor.kind === 'literal') return divisor.value !== 0;
  if (divisor.kind === 'arithmetic' && divisor.operator === '-') return context.generated;
  if (divisor.kind !== 'name') return false;
  const { origin } = context.nodeOf(divisor.name);
  switch (origin.kind) {
    case 'parameter':
      return origin.value.sign() !== 0;
    case 'factor':
      return origin.factor.value.sign() !== 0;
    case 'lookup':
      if (origin.lookup.kind !== 'table') break;
      return [...origin.lookup.rows.values(), origin.lookup.otherwise].every(
        (row) => row?.exact.sign() !== 0,
      );
    default:
  }
  return context.nonZero.has(divisor.name);
}

/** Names that are certainly not zero where the condition holds. */
function comparedWithZero(condition: Condition): string[] {
  if (condition.kind === 'and')
    return [...comparedWithZero(condition.left), ...comparedWithZero(condition.right)];
  if (condition.kind !== 'compare') return [];
  const { operator, left, right } = condition;
  const isZero = (e: NumberExpression): boolean => e.kind === 'literal' && e.value === 0;
  const excludesZero = operator === '>' || operator === '<' || operator === '!=';
  if (!excludesZero) return [];
  if (left.kind === 'name' && isZero(right)) return [left.name];
  return right.kind === 'name' && isZero(left) ? [right.name] : [];
}

function checkPeers(rulebook: Rulebook, nodeOf: NodeOf, problems: ProblemList): void {
  const { document, formulas, places } = rulebook;
  const unitOfName = unitsBy(nodeOf);
  document.peers.forEach((peers, i) => {
    const at = places.peers[i]!;
    const members = formulas.members[i]!;
    const unit =
      peers.statistic === 'ratio-of-totals'
        ? quotientUnit(unitOfName(peers.numerator), unitOfName(peers.denominator))
        : unitOfName(peers.of);
    checkDeclared(problems, [...at, 'unit'], peers.unit, unit);
    attempt(problems, [...at, 'members'], () => checkUnits(members, unitOfName));
    if (peers.statistic !== 'top-share') return;
    const { origin } = nodeOf(peers.share);
    const share = origin.kind === 'parameter' ? origin.value : Rational.ZERO;
    if (share.sign() <= 0 || share.compare(Rational.ONE) > 0)
      problems.add(
        [...at, 'share'],
        'bad-share',
        `${peers.share} is ${share.toString()}: a share is above 0 and at most 1`,
      );
  });
}

function checkConditions({ formulas }: Rulebook, nodeOf: NodeOf, problems: ProblemList): void {
  const check = (path: DocumentPath, condition: Expression | null): void => {
    if (condition) attempt(problems, path, () => checkUnits(condition, unitsBy(nodeOf)));
  };
  formulas.checks.forEach((condition, i) => check(['checks', i, 'require'], condition));
  formulas.notRated.forEach((condition, i) => check(['notRated', i, 'when'], condition));
  formulas.gradings.forEach(({ gates, when }, i) => {
    gates.forEach((condition, j) => check(['gradings', i, 'gates', j, 'require'], condition));
    when.forEach((condition, j) => check(['gradings', i, 'bands', j, 'when'], condition));
  });
}

function checkLimits({ document }: Rulebook, nodeOf: NodeOf, problems: ProblemList): void {
  const unitOfName = unitsBy(nodeOf);
  document.gradings.forEach((grading, i) => {
    if (grading.of === undefined) return;
    const unit = unitOfName(grading.of);
    grading.bands.forEach((band, j) => {
      for (const { name } of limitsOf(band)) {
        if (sameUnit(unit, unitOfName(name))) continue;
        problems.add(
          ['gradings', i, 'bands', j],
          'unit-clash',
          `${name} is in ${unitText(unitOfName(name))}, ${grading.of} in ${unitText(unit)}`,
        );
      }
    });
  });
}

/** A grade that may be unknown without any reason would be a rating that nobody can explain. */
function checkHeadline(rulebook: Rulebook, nodeOf: NodeOf, problems: ProblemList): void {
  const { document, formulas, places } = rulebook;
  const index = document.gradings.findIndex(({ name }) => name === document.headline.grade);
  const grade = document.gradings[index]!;
  const { gates, when } = formulas.gradings[index]!;
  const open = [
    ...(grade.of === undefined ? [] : [grade.of]),
    ...grade.bands.flatMap(limitsOf).map(({ name }) => name),
    ...[...gates, ...when].flatMap((condition) => (condition ? [...requiredNames(condition)] : [])),
  ];
  const seen = new Set(open);
  for (const name of open) {
    if (isOptional(rulebook, nodeOf(name))) addUnguarded(problems, ['gradings', index], name);
  }
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (nodeOf(name).origin.kind !== 'calculation') continue;
    const i = document.calculations.findIndex((calculation) => calculation.name === name);
    const { formula, onlyIf } = formulas.calculations[i]!;
    if (onlyIf) {
      problems.add(
        [...places.calculations[i]!, 'onlyIf'],
        'unknown-without-reason',
        `the grade depends on "${name}", which may be unknown without a not-rated reason: use notRated instead of onlyIf`,
      );
    }
    for (const next of requiredNames(formula)) {
      if (isOptional(rulebook, nodeOf(next)))
        addUnguarded(problems, [...places.calculations[i]!, 'formula'], next);
      if (!seen.has(next)) open.push(next);
      seen.add(next);
    }
  }
}

/** Whether it is an input that may be unknown without a not-rated reason. */
function isOptional({ inputs }: Rulebook, { origin }: PlanNode): boolean {
  return origin.kind === 'input' && 'unknown' in inputs[origin.index]!.missing;
}

function addUnguarded(problems: ProblemList, path: DocumentPath, name: string): void {
  problems.add(
    path,
    'unknown-without-reason',
    `the grade depends on "${name}", which may be unknown without a not-rated reason: guard it by known(${name}) ? … : …`,
  );
}
