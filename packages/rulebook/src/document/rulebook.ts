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

/** What picks a version: its id, and the days on which it is in force. Rulebooks and factor sets are such. */
export interface DatedVersion {
  readonly id: string;
  readonly document: {
    /** First and last day, ISO 8601; without a last day it is in force until another takes its place. */
    readonly effective: { readonly from: string; readonly to?: string | undefined };
  };
}

/** The version of a rulebook in force on a period's last day; the latest to begin where several are. */
export function inForce<T extends DatedVersion>(
  versions: readonly T[],
  id: string,
  period: Period,
): T | null {
  return inForceOn(versions, id, period.end);
}

/** Of several that begin on one day, the one that stands last in the list. */
function inForceOn<T extends DatedVersion>(
  versions: readonly T[],
  id: string,
  day: string,
): T | null {
  const begun = versions.filter((version) => {
    const { from, to } = version.document.effective;
    return version.id === id && day >= from && (to === undefined || day <= to);
  });
  return latestOf(begun);
}

function latestOf<T extends DatedVersion>(versions: readonly T[]): T | null {
  return versions.reduce<T | null>(
    (latest, next) =>
      latest === null || next.document.effective.from >= latest.document.effective.from
        ? next
        : latest,
    null,
  );
}

export interface CurrentVersion<T> {
  readonly version: T;
  /** False: no version is in force on that day, and this is the one that begins last. */
  readonly inForce: boolean;
}

/**
 * The version that counts where no period is named: the one in force on `day` (ISO 8601, the caller's clock), or the
 * newest where none is. Null where no version has this id.
 */
export function currentVersion<T extends DatedVersion>(
  versions: readonly T[],
  id: string,
  day: string,
): CurrentVersion<T> | null {
  const current = inForceOn(versions, id, day);
  if (current !== null) return { version: current, inForce: true };
  const newest = latestOf(versions.filter((version) => version.id === id));
  return newest && { version: newest, inForce: false };
}
