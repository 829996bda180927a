/** What is particular to scores: weights that add up, options that are all scored, a population where one is named. */
import { decimalText } from '@tanxiao/contracts';

import { Rational } from '../exact/rational';
import type { DocumentPath, ProblemList } from './problems';
import type { RulebookDocument } from './schema';
import type { RuleNumber } from './schema-parts';
import type { IndicatorDocument, ScoreDocument } from './schema-scores';

export function checkScores(document: RulebookDocument, problems: ProblemList): void {
  document.scores.forEach((score, i) => {
    const at = ['scores', i];
    checkWeights(document, score, at, problems);
    score.groups.forEach((group, g) =>
      group.indicators.forEach((indicator, k) =>
        checkIndicator(document, score, indicator, [...at, 'groups', g, 'indicators', k], problems),
      ),
    );
  });
}

function checkWeights(
  document: RulebookDocument,
  score: ScoreDocument,
  at: DocumentPath,
  problems: ProblemList,
): void {
  const { from } = document.effective;
  const weights = score.groups.map((group) => group.indicators.map(({ weight }) => weight));
  const days = new Set(
    [score.full, ...weights.flat()].flatMap((number) =>
      Array.isArray(number) ? number.map((value) => value.from) : [from],
    ),
  );
  for (const day of [...days].sort()) {
    const sum = (numbers: readonly RuleNumber[]): Rational =>
      numbers.reduce(
        (total, number) => total.plus(Rational.fromNumber(valueOn(number, day))),
        Rational.ZERO,
      );
    const tell = (place: DocumentPath, what: string, found: Rational, wanted: number): void => {
      if (!found.equals(Rational.fromNumber(wanted)))
        problems.add(
          place,
          'weights-sum',
          `on ${day} the weights of ${what} add up to ${found.toString()}, not to ${decimalText(wanted)}`,
        );
    };
    score.groups.forEach((group, g) => {
      if (group.weight === undefined) return;
      tell(
        [...at, 'groups', g, 'weight'],
        group.name,
        sum(weights[g]!),
        valueOn(group.weight, day),
      );
    });
    tell([...at, 'full'], score.name, sum(weights.flat()), valueOn(score.full, day));
  }
}

/** The value on a day (ISO 8601): the last one that has begun, or the first. */
function valueOn(number: RuleNumber, day: string): number {
  if (!Array.isArray(number)) return number.value;
  return (number.findLast((value) => value.from <= day) ?? number[0]!).value;
}

function checkIndicator(
  document: RulebookDocument,
  score: ScoreDocument,
  indicator: IndicatorDocument,
  at: DocumentPath,
  problems: ProblemList,
): void {
  if (indicator.method === 'options') {
    const choices = document.inputs.filter((one) => 'options' in one);
    const input = choices.find(({ name }) => name === indicator.of);
    if (!input) {
      problems.add(
        [...at, 'of'],
        'options-without-choice',
        `"${indicator.of}" is no choice: the method "options" scores a choice's options`,
        { seen: indicator.of, known: choices.map(({ name }) => name) },
      );
      return;
    }
    const listed = Object.keys(indicator.shares);
    const missing = input.options.map(({ code }) => code).filter((c) => !listed.includes(c));
    const unknown = listed.filter((c) => !input.options.some(({ code }) => code === c));
    if (missing.length > 0 || unknown.length > 0)
      problems.add(
        [...at, 'shares'],
        'options-shares',
        `the shares name each option of ${input.name} once: missing ${missing.join(', ') || 'none'}, unknown ${unknown.join(', ') || 'none'}`,
        { seen: unknown[0] ?? '', known: missing },
      );
  }
  const references =
    indicator.method === 'linear'
      ? [indicator.leading, indicator.baseline]
      : indicator.method === 'ratio'
        ? [indicator.base]
        : [];
  if (score.population === undefined && references.some((r) => typeof r !== 'string'))
    problems.add(
      at,
      'no-population',
      `"${indicator.name}" is compared with the population, but the score names none: add "population"`,
    );
}
