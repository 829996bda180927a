/**
 * A rulebook as the rest of the package sees it: the document, its numeric inputs in order, every name with what
 * it stands for, and its formulas parsed. Names and cycles are checked here; units when a factor set is bound.
 */
import type { Bilingual, Period } from '@tanxiao/contracts';

import { checkDocument } from './check';
import { checkScores } from './check-scores';
import { type ExpandedDocument, expandScores } from './expand-scores';
import { parseFormulas } from './formulas';
import { factorNamesOf, numericInputs } from './inputs';
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
  /** With what its scores stand for among its parameters, statistics and calculations. */
  readonly document: RulebookDocument;
  /** Where in the text each of those comes from. */
  readonly places: ExpandedDocument['places'];
  readonly inputs: readonly NumericInput[];
  readonly factorNames: readonly FactorName[];
  readonly formulas: Formulas;
  /** Where in the text a path of keys stands, for problems found later. */
  readonly problems: ProblemList;
}

/** @throws RulebookError with every problem found */
export function parseRulebook(text: string, file: string): Rulebook {
  const { data, hash, problems } = readDocument(text, file, rulebookSchema);
  checkScores(data, problems);
  problems.throwIfAny();
  const expanded = expandScores(data);
  const { document, places } = expanded;
  const inputs = numericInputs(document);
  const factorNames = factorNamesOf(document);
  const formulas = parseFormulas(expanded, inputs, problems);
  problems.throwIfAny();
  checkDocument({ expanded, inputs, factorNames, formulas }, problems);
  problems.throwIfAny();
  return {
    id: document.rulebook,
    version: document.version,
    hash,
    title: document.title,
    text,
    document,
    places,
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
