/** All that is asked of a proposed text before it is kept: the checks, the worked examples, and what it changes. */
import type { ProposalKind } from '@tanxiao/contracts';
import {
  checkExamples,
  checkRulebook,
  diffFactorSets,
  diffRulebooks,
  type DocumentProblem,
  type ExampleCoverage,
  exampleProblems,
  type FactorSet,
  namedFactorSet,
  parseFactorSet,
  parseRulebook,
  type Rulebook,
  type RulebookDiff,
  RulebookError,
  uncovered,
} from '@tanxiao/rulebook';

export interface KnownVersion {
  readonly id: string;
  readonly version: string;
  readonly text: string;
  /** First day in force, ISO 8601. */
  readonly from: string;
}

/** Plain data: it crosses to the checking thread. */
export interface DocumentToCheck {
  readonly kind: ProposalKind;
  readonly text: string;
  /** What its problems name it by: where in the request it stands. */
  readonly place: string;
  readonly rulebooks: readonly KnownVersion[];
  readonly factorSets: readonly KnownVersion[];
}

export interface SoundDocument {
  readonly id: string;
  readonly version: string;
  readonly hash: string;
  readonly effective: { readonly from: string; readonly to?: string | undefined };
  /** Those that plans were made for: where its numbers change. None of a factor set. */
  readonly periods: readonly string[];
  /** How many worked examples there are, all of which pass. */
  readonly examples: number;
  readonly uncovered: ExampleCoverage;
  /** Against the version in force until it takes force; null where it is the first. */
  readonly difference: RulebookDiff | null;
}

export type DocumentCheck =
  | { readonly sound: true; readonly document: SoundDocument }
  | { readonly sound: false; readonly problems: readonly DocumentProblem[] };

export function checkDocument(task: DocumentToCheck): DocumentCheck {
  try {
    return task.kind === 'rulebook' ? checkedRulebook(task) : checkedFactorSet(task);
  } catch (error) {
    if (error instanceof RulebookError) return { sound: false, problems: error.problems };
    throw error;
  }
}

function checkedRulebook({ text, place, rulebooks, factorSets }: DocumentToCheck): DocumentCheck {
  const sets = factorSets.map((known) => parseFactorSet(known.text, nameOf(known)));
  const { rulebook, periods, problems } = checkRulebook({ text, file: place }, sets);
  const factorSet = rulebook && namedFactorSet(rulebook, sets);
  if (!factorSet || problems.length > 0) return { sound: false, problems };
  const examples = checkExamples(rulebook, factorSet);
  const failed = exampleProblems(rulebook, examples);
  if (failed.length > 0) return { sound: false, problems: failed };
  const before = versionBefore(rulebook, rulebooks);
  const difference = before && diffRulebooks(parseRulebook(before.text, nameOf(before)), rulebook);
  return {
    sound: true,
    document: {
      ...headOf(rulebook),
      periods: periods.map(({ id }) => id),
      examples: examples.length,
      uncovered: uncovered(rulebook, examples),
      difference,
    },
  };
}

function checkedFactorSet({ text, place, factorSets }: DocumentToCheck): DocumentCheck {
  const factorSet = parseFactorSet(text, place);
  const before = versionBefore(factorSet, factorSets);
  return {
    sound: true,
    document: {
      ...headOf(factorSet),
      periods: [],
      examples: 0,
      uncovered: { bands: [], reasons: [], checks: [] },
      difference: before && diffFactorSets(parseFactorSet(before.text, nameOf(before)), factorSet),
    },
  };
}

function headOf({ id, version, hash, document }: Rulebook | FactorSet) {
  const { from, to } = document.effective;
  return { id, version, hash, effective: { from, ...(to === undefined ? {} : { to }) } };
}

/** Of its id the latest to begin, on the day it takes force at the latest; itself left out. */
function versionBefore(
  { id, version, document }: Rulebook | FactorSet,
  known: readonly KnownVersion[],
): KnownVersion | null {
  return known
    .filter((one) => one.id === id && one.version !== version)
    .filter(({ from }) => from <= document.effective.from)
    .reduce<KnownVersion | null>(
      (latest, next) => (latest === null || next.from >= latest.from ? next : latest),
      null,
    );
}

function nameOf({ id, version }: KnownVersion): string {
  return `${id}-${version}.yaml`;
}
