/** Every formula of a document, parsed: totals over sets written out, options of choices resolved. */
import {
  type Condition,
  type Expression,
  MAX_PARTS,
  namesIn,
  type NumberExpression,
  parts as partsBelow,
} from '../formula/expression';
import {
  type FormulaContext,
  FormulaError,
  parseCondition,
  parseNumberFormula,
} from '../formula/parse';
import type { ExpandedDocument } from './expand-scores';
import { membersOfFactor } from './inputs';
import type { Formulas, NumericInput } from './names';
import type { DocumentPath, ProblemList } from './problems';
import type { RulebookDocument } from './schema';

/** Parses all; what cannot be parsed becomes a problem, and its place holds a stand-in that is never used. */
export function parseFormulas(
  { document, places }: ExpandedDocument,
  inputs: readonly NumericInput[],
  problems: ProblemList,
): Formulas {
  const context: FormulaContext = {
    expandTotal: totalExpander(document),
    optionsOf: (name) =>
      inputs.find((input) => input.name === name)?.options?.map(({ code }) => code) ?? null,
    choices: inputs.filter(({ options }) => options !== null).map(({ name }) => name),
  };
  const attempt = <T>(path: DocumentPath, parse: () => T): T | null => {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      problems.add(path, error.code, error.message, error.unknown);
      return null;
    }
  };
  const conditionAt = (path: DocumentPath, text: string): Condition =>
    attempt(path, () => parseCondition(text, context)) ?? UNPARSED;
  const conditionOrNull = (path: DocumentPath, text: string | undefined): Condition | null =>
    text === undefined ? null : conditionAt(path, text);
  return {
    calculations: document.calculations.map(({ formula, onlyIf }, i) => {
      const at = places.calculations[i]!;
      const parsed = attempt([...at, 'formula'], () => parseNumberFormula(formula, context));
      return {
        formula: parsed ?? UNPARSED_NUMBER,
        onlyIf: conditionOrNull([...at, 'onlyIf'], onlyIf),
      };
    }),
    checks: document.checks.map((check, i) => conditionAt(['checks', i, 'require'], check.require)),
    notRated: document.notRated.map((rule, i) =>
      conditionOrNull(['notRated', i, 'when'], rule.when),
    ),
    members: document.peers.map((peers, i) =>
      conditionAt([...places.peers[i]!, 'members'], peers.members),
    ),
    gradings: document.gradings.map((grading, i) => ({
      gates: grading.gates.map((gate, j) =>
        conditionAt(['gradings', i, 'gates', j, 'require'], gate.require),
      ),
      when: grading.bands.map((band, j) =>
        conditionOrNull(['gradings', i, 'bands', j, 'when'], band.when),
      ),
    })),
  };
}

const UNPARSED_NUMBER: NumberExpression = { kind: 'literal', value: 0 };
const UNPARSED: Condition = {
  kind: 'compare',
  operator: '==',
  left: UNPARSED_NUMBER,
  right: UNPARSED_NUMBER,
};

/**
 * `total(set, carrier * emission_factor)`: the term once a code of the set, `carrier` made `carrier_06` and so on. Every
 * family and factor in the term is one of many, whichever the set is of, and has a member for every code.
 */
function totalExpander(document: RulebookDocument): FormulaContext['expandTotal'] {
  let parts = 0;
  const codesOf = memberCodes(document);
  return (setName, term) => {
    const set = document.sets.find((s) => s.name === setName);
    const family = document.families.find((f) => f.name === set?.of);
    if (!set || !family)
      throw new FormulaError('unknown-set', `there is no set named ${setName}`, {
        seen: setName,
        known: document.sets.map(({ name }) => name),
      });
    const codes = family.members
      .map((m) => m.code)
      .filter((code) => code >= set.from && code <= set.to);
    if (codes.length === 0) throw new FormulaError('empty-set', `the set ${setName} has no member`);
    const familyNames = new Set(namesIn(term).filter((name) => codesOf.has(name)));
    if (familyNames.size === 0) {
      throw new FormulaError(
        'total-without-family',
        `the term of total(${setName}, …) names no member of ${family.name}`,
      );
    }
    for (const name of familyNames)
      requireMembers(setName, { name, has: codesOf.get(name)! }, codes);
    // Hundreds of totals over hundreds of members would be millions of parts before any plan is made.
    parts += codes.length * partsOf(term);
    if (parts > MAX_PARTS)
      throw new FormulaError(
        'too-many-parts',
        `all totals together have more than ${MAX_PARTS} parts`,
      );
    return codes.map((code) => memberTerm(term, familyNames, code));
  };
}

/** Codes of the members of each family, and of those that each factor is taken for, by its name. */
function memberCodes(document: RulebookDocument): Map<string, ReadonlySet<string>> {
  const many = [
    ...document.families,
    ...document.factors.map((factor) => ({
      name: factor.name,
      members: membersOfFactor(document, factor),
    })),
  ];
  return new Map(many.map(({ name, members }) => [name, new Set(members.map(({ code }) => code))]));
}

function requireMembers(
  set: string,
  { name, has }: { readonly name: string; readonly has: ReadonlySet<string> },
  codes: readonly string[],
): void {
  const lacking = codes.filter((code) => !has.has(code));
  if (lacking.length > 0)
    throw new FormulaError(
      'total-without-member',
      `total(${set}, …) needs ${name} for ${lacking.join(', ')}, of which there is none`,
    );
}

function partsOf(expression: Expression): number {
  return partsBelow(expression).reduce((sum, part) => sum + partsOf(part), 1);
}

function memberTerm(
  term: NumberExpression,
  families: ReadonlySet<string>,
  code: string,
): NumberExpression {
  const named = (name: string): string => (families.has(name) ? `${name}_${code}` : name);
  const number = (e: NumberExpression): NumberExpression => memberTerm(e, families, code);
  const condition = (c: Condition): Condition => {
    switch (c.kind) {
      case 'compare':
        return { ...c, left: number(c.left), right: number(c.right) };
      case 'and':
      case 'or':
        return { ...c, left: condition(c.left), right: condition(c.right) };
      case 'not':
        return { ...c, operand: condition(c.operand) };
      case 'known':
        return { ...c, name: named(c.name) };
    }
  };
  switch (term.kind) {
    case 'literal':
      return term;
    case 'name':
      return { kind: 'name', name: named(term.name) };
    case 'negate':
      return { ...term, operand: number(term.operand) };
    case 'arithmetic':
      return { ...term, left: number(term.left), right: number(term.right) };
    case 'total':
      throw new FormulaError('nested-total', 'a total cannot stand within a total');
    case 'extreme':
      return { ...term, arguments: term.arguments.map(number) };
    case 'choice':
      return {
        ...term,
        condition: condition(term.condition),
        then: number(term.then),
        otherwise: number(term.otherwise),
      };
  }
}
