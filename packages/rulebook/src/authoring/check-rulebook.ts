/** Every problem of a rulebook: of its text, and of its plans in each period in which one of its numbers changes. */
import { parsePeriod, type Period } from '@tanxiao/contracts';

import type { FactorSet } from '../document/factor-set';
import { type DocumentProblem, RulebookError } from '../document/problems';
import { inForce, parseRulebook, type Rulebook } from '../document/rulebook';
import { compilePlan } from '../plan/compile';
import { ruleNumbers } from './rule-numbers';
import { writtenDocument } from './written-document';

export interface RulebookCheck {
  /** Null where the text could not be read. */
  readonly rulebook: Rulebook | null;
  /** The periods a plan was made for. */
  readonly periods: readonly Period[];
  /** In the order of the text, each once. */
  readonly problems: readonly DocumentProblem[];
}

/** @param factorSets those at hand; the rulebook names the one it needs by id and version */
export function checkRulebook(
  document: { readonly text: string; readonly file: string },
  factorSets: readonly FactorSet[],
): RulebookCheck {
  const { value: rulebook, problems } = attempt(() => parseRulebook(document.text, document.file));
  return rulebook === null
    ? { rulebook, periods: [], problems: inOrder(problems) }
    : checkPlans(rulebook, factorSets);
}

function checkPlans(rulebook: Rulebook, factorSets: readonly FactorSet[]): RulebookCheck {
  const factorSet = namedFactorSet(rulebook, factorSets);
  if (factorSet === null) {
    const { problems } = attempt(() => refuseFactorSet(rulebook, factorSets));
    return { rulebook, periods: [], problems };
  }
  const periods = changePeriods(rulebook);
  const problems = periods.flatMap(
    (period) => attempt(() => compilePlan(rulebook, factorSet, period)).problems,
  );
  return { rulebook, periods, problems: inOrder(problems) };
}

/** The factor set that a rulebook names; null where it is not among those at hand. */
export function namedFactorSet(
  rulebook: Rulebook,
  factorSets: readonly FactorSet[],
): FactorSet | null {
  const { id, version } = rulebook.document.factorSet;
  return factorSets.find((set) => set.id === id && set.version === version) ?? null;
}

function refuseFactorSet(rulebook: Rulebook, factorSets: readonly FactorSet[]): void {
  const { id, version } = rulebook.document.factorSet;
  const known = factorSets.map((set) => `${set.id} ${set.version}`);
  const problems = rulebook.problems.fresh();
  const message = `there is no factor set ${id} ${version}; at hand: ${known.join(', ')}`;
  problems.add(['factorSet'], 'unknown-factor-set', message, { seen: `${id} ${version}`, known });
  problems.throwIfAny();
}

/**
 * The quarter and the year of each day on which the rulebook takes force or one of its numbers changes: between two
 * such days nothing about its plans is different.
 */
export function changePeriods(rulebook: Rulebook): Period[] {
  const { from } = rulebook.document.effective;
  const changes = ruleNumbers(writtenDocument(rulebook)).flatMap((number) =>
    number.from !== null && number.from > from ? [number.from] : [],
  );
  const periods = [...new Set([from, ...changes])]
    .sort()
    .flatMap((day) => [quarterOf(day), day.slice(0, 4)])
    .flatMap((id) => parsePeriod(id) ?? []);
  const rated = periods.filter((period) => inForce([rulebook], rulebook.id, period) !== null);
  // A rulebook that ends before its first quarter does is still a rulebook to be checked.
  const kept = rated.length > 0 ? rated : periods.slice(0, 1);
  return [...new Map(kept.map((period) => [period.id, period])).values()];
}

function quarterOf(day: string): string {
  return `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

function attempt<T>(make: () => T): {
  readonly value: T | null;
  readonly problems: readonly DocumentProblem[];
} {
  try {
    return { value: make(), problems: [] };
  } catch (error) {
    if (error instanceof RulebookError) return { value: null, problems: error.problems };
    throw error;
  }
}

function inOrder(problems: readonly DocumentProblem[]): DocumentProblem[] {
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...once.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}
