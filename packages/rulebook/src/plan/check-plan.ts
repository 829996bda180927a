/**
 * What can only be checked once factors are bound: that units agree, that no divisor can be zero without a rule for
 * it, and that no grade is unknown without a reason.
 */
import type { DocumentPath, ProblemList } from '../document/problems';
import type { Rulebook } from '../document/rulebook';
import { type Expression, namesIn, parts } from '../formula/expression';
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

function checkCalculations(
  { document, formulas }: Rulebook,
  nodeOf: NodeOf,
  problems: ProblemList,
): void {
  const unitOfName = unitsBy(nodeOf);
  document.calculations.forEach((calculation, i) => {
    const { formula, onlyIf } = formulas.calculations[i]!;
    const guarded = onlyIf !== null || nodeOf(calculation.name).withheldBy.length > 0;
    if (!guarded && dividesByVariable(formula, nodeOf)) {
      problems.add(
        ['calculations', i, 'formula'],
        'division-unguarded',
        'the divisor may be zero: add a notRated rule that withholds this value, or onlyIf',
      );
    }
    attempt(problems, ['calculations', i, 'formula'], () => {
      checkDeclared(
        problems,
        ['calculations', i, 'unit'],
        calculation.unit,
        unitOf(formula, unitOfName),
      );
    });
    if (onlyIf)
      attempt(problems, ['calculations', i, 'onlyIf'], () => checkUnits(onlyIf, unitOfName));
  });
}

/** Whether a divisor is anything but a parameter or a fixed factor other than zero. */
function dividesByVariable(expression: Expression, nodeOf: NodeOf): boolean {
  if (expression.kind === 'arithmetic' && expression.operator === '/') {
    const { right } = expression;
    const origin = right.kind === 'name' ? nodeOf(right.name).origin : null;
    const fixed =
      (right.kind === 'literal' && right.value !== 0) ||
      (origin?.kind === 'parameter' && origin.value.sign() !== 0) ||
      (origin?.kind === 'factor' && origin.factor.value.sign() !== 0);
    if (!fixed) return true;
  }
  return parts(expression).some((part) => dividesByVariable(part, nodeOf));
}

function checkPeers({ document, formulas }: Rulebook, nodeOf: NodeOf, problems: ProblemList): void {
  const unitOfName = unitsBy(nodeOf);
  document.peers.forEach((peers, i) => {
    const members = formulas.members[i]!;
    const quotient = quotientUnit(unitOfName(peers.numerator), unitOfName(peers.denominator));
    checkDeclared(problems, ['peers', i, 'unit'], peers.unit, quotient);
    attempt(problems, ['peers', i, 'members'], () => checkUnits(members, unitOfName));
  });
}

function checkConditions({ formulas }: Rulebook, nodeOf: NodeOf, problems: ProblemList): void {
  const check = (path: DocumentPath, condition: Expression | null): void => {
    if (condition) attempt(problems, path, () => checkUnits(condition, unitsBy(nodeOf)));
  };
  formulas.checks.forEach((condition, i) => check(['checks', i, 'require'], condition));
  formulas.notRated.forEach((condition, i) => check(['notRated', i, 'when'], condition));
}

function checkLimits({ document }: Rulebook, nodeOf: NodeOf, problems: ProblemList): void {
  const unitOfName = unitsBy(nodeOf);
  document.gradings.forEach((grading, i) => {
    const unit = unitOfName(grading.of);
    grading.bands.forEach((band, j) => {
      const limit = band.atMost ?? band.below;
      if (limit === undefined || sameUnit(unit, unitOfName(limit))) return;
      problems.add(
        ['gradings', i, 'bands', j],
        'unit-clash',
        `${limit} is in ${unitText(unitOfName(limit))}, ${grading.of} in ${unitText(unit)}`,
      );
    });
  });
}

/** A grade that may be unknown without any reason would be a rating that nobody can explain. */
function checkHeadline(
  { document, formulas }: Rulebook,
  nodeOf: NodeOf,
  problems: ProblemList,
): void {
  const grade = document.gradings.find((grading) => grading.name === document.headline.grade)!;
  const open = [grade.of];
  const seen = new Set(open);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (nodeOf(name).origin.kind !== 'calculation') continue;
    const index = document.calculations.findIndex((calculation) => calculation.name === name);
    const { formula, onlyIf } = formulas.calculations[index]!;
    if (onlyIf) {
      problems.add(
        ['calculations', index, 'onlyIf'],
        'unknown-without-reason',
        `the grade depends on "${name}", which may be unknown without a not-rated reason: use notRated instead of onlyIf`,
      );
    }
    for (const next of namesIn(formula)) {
      if (!seen.has(next)) open.push(next);
      seen.add(next);
    }
  }
}
