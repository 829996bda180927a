/**
 * One hostile case, all the way: read, compile, rate with kernel and referee, explain, write as CSV. It may be
 * refused with a RulebookError, or rate with kernel and referee agreeing on finite results. Anything else throws.
 */
import { parsePeriod, type RatingColumns } from '@tanxiao/contracts';
import { explanationText, ratingCsvHeader, ratingCsvRow } from '@tanxiao/forms';
import {
  type Benchmark,
  benchmarksOf,
  compilePlan,
  evaluateExactly,
  explain,
  failedChecks,
  parseFactorSet,
  parseRulebook,
  type Plan,
  Population,
  rate,
  Rational,
  RulebookError,
  type SubjectData,
} from '@tanxiao/rulebook';

import { changesSince, snapshotOfGlobals } from './globals';
import type { HostileCase } from './hostile-case';
import { subjectsFor } from './subjects';

export type Outcome =
  | { readonly kind: 'refused'; readonly codes: readonly string[] }
  | { readonly kind: 'evaluated'; readonly rated: number };

/** A whole report of problems is for a person to read. */
const MOST_ERROR_CHARACTERS = 200_000;
/** An explanation goes over the wire as one answer. */
const MOST_EXPLANATION_CHARACTERS = 20_000_000;
const MOST_ROW_CHARACTERS = 200_000;

/** @throws Error where the case breaks what is promised of untrusted rulebooks */
export function judge(hostile: HostileCase): Outcome {
  const before = snapshotOfGlobals();
  const outcome = tried(hostile);
  const changes = changesSince(before);
  if (changes.length > 0) throw new Error(`changed outside of itself: ${changes.join(', ')}`);
  return outcome;
}

function tried({ rulebook, factorSet, period }: HostileCase): Outcome {
  let plan: Plan;
  try {
    plan = compilePlan(
      parseRulebook(rulebook, 'hostile.yaml'),
      parseFactorSet(factorSet, 'hostile-factors.yaml'),
      parsePeriod(period)!,
    );
  } catch (error) {
    if (!(error instanceof RulebookError)) throw error;
    checkRefusal(error);
    return { kind: 'refused', codes: [...new Set(error.problems.map((p) => p.code))] };
  }
  return { kind: 'evaluated', rated: evaluated(plan) };
}

function checkRefusal({ problems, message }: RulebookError): void {
  if (problems.length === 0) throw new Error('refused without a problem');
  if (message.length > MOST_ERROR_CHARACTERS)
    throw new Error(`a refusal of ${message.length} characters`);
  for (const { line, column, message: text } of problems)
    if (!(line >= 1 && column >= 1 && text.length > 0)) throw new Error('a problem without place');
}

/** How many subjects were rated. */
function evaluated(plan: Plan): number {
  const subjects = subjectsFor(plan, 1);
  const population = new Population(plan, subjects.length);
  for (const subject of subjects) population.add(subject);
  const ratings = rate(plan, population, benchmarksOf(plan, population));
  ratingCsvHeader(plan);
  let rated = 0;
  subjects.forEach((subject, i) => {
    const columns = ratings.columns(i);
    checkColumns(plan, columns);
    const exact = JSON.stringify(exactColumns(plan, subject, ratings.benchmarks(i)));
    if (JSON.stringify(columns) !== exact)
      throw new Error(`kernel ${JSON.stringify(columns)}, referee ${exact}`);
    failedChecks(plan, subject.inputs);
    checkRow(plan, subject, columns, ratings.benchmark(i));
    if (columns.outcome === 'rated') rated++;
  });
  checkExplanation(plan, subjects.at(-1)!, ratings.benchmarks(subjects.length - 1));
  return rated;
}

function exactColumns(
  plan: Plan,
  subject: SubjectData,
  benchmarks: readonly (Benchmark | null)[],
): RatingColumns {
  return evaluateExactly(plan, {
    ...subject,
    statistics: benchmarks.map(
      (benchmark) =>
        benchmark && {
          numerator: Rational.parse(benchmark.numerator),
          denominator: Rational.parse(benchmark.denominator),
        },
    ),
  }).columns;
}

function checkColumns(plan: Plan, { values, bands }: RatingColumns): void {
  for (const value of values)
    if (value !== null && !Number.isFinite(value)) throw new Error(`a result of ${value}`);
  bands.forEach((band, g) => {
    if (band !== null && plan.gradings[g]!.bands[band] === undefined)
      throw new Error(`there is no band ${band}`);
  });
}

function checkRow(
  plan: Plan,
  subject: SubjectData,
  rating: RatingColumns,
  peers: Benchmark | null,
): void {
  const { regionCode, industryClassification, industryCode } = subject;
  const row = ratingCsvRow(plan, {
    ...{ regionCode, industryClassification, industryCode, rating, peers },
    subject: { scheme: 'local', code: 'A1' },
    name: null,
  });
  if (row.length > MOST_ROW_CHARACTERS) throw new Error(`a CSV row of ${row.length} characters`);
}

function checkExplanation(
  plan: Plan,
  subject: SubjectData,
  benchmarks: readonly (Benchmark | null)[],
): void {
  const explanation = explain(
    plan,
    subject,
    benchmarks.filter((one) => one !== null),
  );
  const length =
    JSON.stringify(explanation).length +
    explanationText(explanation, { title: 'A1', language: 'zh' }).length +
    explanationText(explanation, { title: 'A1', language: 'en' }).length;
  if (length > MOST_EXPLANATION_CHARACTERS)
    throw new Error(`an explanation of ${length} characters`);
}
