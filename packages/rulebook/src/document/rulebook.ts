/**
 * A rulebook as the rest of the package sees it: the document, its numeric inputs in order, every name with what
 * it stands for, and its formulas parsed. Names and cycles are checked here; units when a factor set is bound.
 */
import type { Bilingual, Period } from '@tanxiao/contracts';

import {
  type Condition,
  type Expression,
  MAX_PARTS,
  namesIn,
  type NumberExpression,
  parts as partsBelow,
} from '../formula/expression';
import {
  type ExpandTotal,
  FormulaError,
  parseCondition,
  parseNumberFormula,
} from '../formula/parse';
import { checkDocument } from './check';
import { checkNumbers } from './check-numbers';
import type { FactorName, Formulas, NumericInput } from './names';
import type { ProblemList } from './problems';
import { readDocument } from './read';
import { type RulebookDocument, rulebookSchema } from './schema';

export interface Rulebook {
  readonly id: string;
  readonly version: string;
  /** SHA-256 of the text, hex. */
  readonly hash: string;
  readonly title: Bilingual;
  readonly text: string;
  readonly document: RulebookDocument;
  readonly inputs: readonly NumericInput[];
  readonly factorNames: readonly FactorName[];
  readonly formulas: Formulas;
  /** Where in the text a path of keys stands, for problems found later. */
  readonly problems: ProblemList;
}

/** @throws RulebookError with every problem found */
export function parseRulebook(text: string, file: string): Rulebook {
  const { data, hash, problems } = readDocument(text, file, rulebookSchema);
  const inputs = numericInputs(data);
  const factorNames = factorNamesOf(data);
  const formulas = parseFormulas(data, problems);
  problems.throwIfAny();
  checkNumbers(data, problems);
  checkDocument(data, inputs, factorNames, formulas, problems);
  problems.throwIfAny();
  return {
    id: data.rulebook,
    version: data.version,
    hash,
    title: data.title,
    text,
    document: data,
    inputs,
    factorNames,
    formulas,
    problems,
  };
}

/** The version of a rulebook in force on a period's last day; the latest to begin where several are. */
export function inForce(
  rulebooks: readonly Rulebook[],
  id: string,
  period: Period,
): Rulebook | null {
  let best: Rulebook | null = null;
  for (const rulebook of rulebooks) {
    const { from, to } = rulebook.document.effective;
    if (rulebook.id !== id || period.end < from || (to !== undefined && period.end > to)) continue;
    if (best === null || from >= best.document.effective.from) best = rulebook;
  }
  return best;
}

function numericInputs(document: RulebookDocument): NumericInput[] {
  const inputs: NumericInput[] = document.inputs.map((input) => ({
    name: input.name,
    title: input.title,
    unit: input.unit,
    minimum: input.minimum ?? null,
    missing: input.missing,
    hint: input.hint ?? null,
    informative: false,
  }));
  for (const family of document.families) {
    for (const member of family.members) {
      inputs.push({
        name: `${family.name}_${member.code}`,
        title: member.title,
        unit: member.unit,
        minimum: member.minimum ?? family.minimum ?? null,
        missing: member.missing ?? family.missing,
        hint: member.hint ?? family.hint ?? null,
        informative: member.informative ?? false,
      });
    }
  }
  return inputs;
}

function factorNamesOf(document: RulebookDocument): FactorName[] {
  return document.factors.flatMap((factor) => {
    const family = document.families.find((f) => f.name === factor.for);
    return (family?.members ?? [])
      .filter((member) => !factor.exclude.includes(member.code))
      .map((member) => ({
        name: `${factor.name}_${member.code}`,
        title: {
          zh: `${member.title.zh}：${factor.title.zh}`,
          en: `${member.title.en}: ${factor.title.en}`,
        },
        quantity: factor.quantity,
        carrier: member.code,
        missing: factor.missing.notRated,
      }));
  });
}

function parseFormulas(document: RulebookDocument, problems: ProblemList): Formulas {
  const expandTotal = totalExpander(document);
  const attempt = <T>(path: (string | number)[], parse: () => T): T | null => {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      problems.add(path, error.code, error.message);
      return null;
    }
  };
  const conditionAt = (path: (string | number)[], text: string): Condition | null =>
    attempt(path, () => parseCondition(text, expandTotal));
  return {
    calculations: document.calculations.flatMap((calculation, i) => {
      const formula = attempt(['calculations', i, 'formula'], () =>
        parseNumberFormula(calculation.formula, expandTotal),
      );
      const onlyIf =
        calculation.onlyIf === undefined
          ? null
          : conditionAt(['calculations', i, 'onlyIf'], calculation.onlyIf);
      return formula === null ? [] : [{ formula, onlyIf }];
    }),
    checks: document.checks.flatMap(
      (check, i) => conditionAt(['checks', i, 'require'], check.require) ?? [],
    ),
    notRated: document.notRated.map((rule, i) =>
      rule.when === undefined ? null : conditionAt(['notRated', i, 'when'], rule.when),
    ),
    members: document.peers.flatMap(
      (peers, i) => conditionAt(['peers', i, 'members'], peers.members) ?? [],
    ),
  };
}

function partsOf(expression: Expression): number {
  return partsBelow(expression).reduce((sum, part) => sum + partsOf(part), 1);
}

/** `total(set, carrier * emission_factor)`: the term once a code of the set, `carrier` made `carrier_06` and so on. */
function totalExpander(document: RulebookDocument): ExpandTotal {
  let parts = 0;
  return (setName, term) => {
    const set = document.sets.find((s) => s.name === setName);
    const family = document.families.find((f) => f.name === set?.of);
    if (!set || !family) throw new FormulaError('unknown-set', `there is no set named ${setName}`);
    const codes = family.members
      .map((m) => m.code)
      .filter((code) => code >= set.from && code <= set.to);
    if (codes.length === 0) throw new FormulaError('empty-set', `the set ${setName} has no member`);
    const familyNames = new Set([
      family.name,
      ...document.factors.filter((f) => f.for === family.name).map((f) => f.name),
    ]);
    if (!namesIn(term).some((name) => familyNames.has(name))) {
      throw new FormulaError(
        'total-without-family',
        `the term of total(${setName}, …) names no member of ${family.name}`,
      );
    }
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

function memberTerm(
  term: NumberExpression,
  families: ReadonlySet<string>,
  code: string,
): NumberExpression {
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
    }
  };
  switch (term.kind) {
    case 'literal':
      return term;
    case 'name':
      return families.has(term.name) ? { kind: 'name', name: `${term.name}_${code}` } : term;
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
