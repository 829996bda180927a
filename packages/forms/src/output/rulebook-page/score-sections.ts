/** Scores by indicators, and inputs that are made of lower subjects' ratings. */
import type { RulebookDocument } from '@tanxiao/rulebook';

import { block, code, plain, table } from './markdown';
import type { Page } from './page';
import { codeWords } from './page-words';
import { datedText, groupLines } from './rule-sections';

type Score = RulebookDocument['scores'][number];
type Indicator = Score['groups'][number]['indicators'][number];

export function scoresSection(page: Page): string[] {
  const { scores } = page.document;
  if (scores.length === 0) return [];
  return [`## ${page.say('scores')}`, '', ...scores.flatMap((score) => scoreLines(page, score))];
}

function scoreLines(page: Page, score: Score): string[] {
  const { bonuses, deductions, population } = score;
  return [
    `### ${page.text(score.title)} ${code(score.name)}`,
    '',
    `- ${page.say('full')}: ${numberWithBasis(page, score.full)}`,
    `- ${page.say('basis')}: ${page.basis(score)}`,
    ...(population ? populationLines(page, population) : []),
    '',
    ...score.groups.flatMap((group) => [
      `#### ${page.text(group.title)} ${code(group.name)}`,
      '',
      [
        ...(group.weight ? [`${page.say('weight')}: ${numberWithBasis(page, group.weight)}`] : []),
        `${page.say('clause')}: ${plain(group.clause)}`,
      ].join('; '),
      '',
      ...table(
        [page.say('indicator'), page.say('weight'), page.say('method'), page.say('clause')],
        group.indicators.map((indicator) => [
          `${page.text(indicator.title)} ${code(indicator.name)}`,
          datedText(page, indicator.weight),
          methodText(page, indicator),
          plain(indicator.clause),
        ]),
      ),
    ]),
    ...(bonuses
      ? adjustments(page, page.say('bonuses', { cap: datedText(page, bonuses.cap) }), bonuses.items)
      : []),
    ...adjustments(page, page.say('deductions'), deductions),
  ];
}

/** Of a number that is no parameter and so stands in no table of its own. */
function numberWithBasis(page: Page, number: Score['full']): string {
  const values = 'value' in number ? [number] : number;
  const bases = [...new Set(values.map((value) => page.basis(value)))];
  return `${datedText(page, number)}, ${bases.join(', ')}`;
}

function populationLines(page: Page, population: NonNullable<Score['population']>): string[] {
  return [
    `- ${page.say('population')}: ${code(population.members)}, ${page.say('fewest')}: ${page.titleOf(population.minimumPeers)}`,
    `- ${page.say('basis')}: ${page.basis(population)}`,
    `- ${page.say('blank')}: ${page.say('notRatedFor', { reason: page.reason(population.missing.notRated) })}`,
    `- ${page.say('groups')}:`,
    ...groupLines(page, population.groups),
  ];
}

function methodText(page: Page, indicator: Indicator): string {
  const { language } = page;
  const { method, of, unknown } = indicator;
  return [
    page.titleOf(of),
    codeWords(method)[language],
    ...('better' in indicator ? [codeWords(indicator.better)[language]] : []),
    ...methodFacts(page, indicator),
    ...(unknown === undefined ? [] : [codeWords(unknown)[language]]),
  ].join(', ');
}

function methodFacts(page: Page, indicator: Indicator): string[] {
  switch (indicator.method) {
    case 'linear':
      return [
        `${page.say('leading')} ${reference(page, indicator.leading)}`,
        `${page.say('baseline')} ${reference(page, indicator.baseline)}`,
      ];
    case 'ratio':
      return [
        `${page.say('base')} ${reference(page, indicator.base)}`,
        `${page.say('cap')} ${page.titleOf(indicator.cap)}`,
      ];
    case 'options':
      return Object.entries(indicator.shares).map(
        ([option, share]) => `${code(option)} ${datedText(page, share)}`,
      );
    case 'count':
      return [`${page.say('full')} ${page.titleOf(indicator.full)}`];
    case 'points':
      return [];
  }
}

type Reference = Extract<Indicator, { method: 'linear' }>['leading'];

function reference(page: Page, value: Reference): string {
  if (typeof value === 'string') return page.titleOf(value);
  const statistic = `${page.say('population')}: ${codeWords(value.population)[page.language]}`;
  return 'share' in value ? `${statistic} ${page.titleOf(value.share)}` : statistic;
}

function adjustments(page: Page, heading: string, items: Score['deductions']): string[] {
  if (items.length === 0) return [];
  return [
    `#### ${heading}`,
    '',
    ...items.map((item) => {
      const unknown =
        item.unknown === undefined ? '' : `, ${codeWords(item.unknown)[page.language]}`;
      return `- ${page.text(item.title)} ${code(item.name)}: ${page.titleOf(item.of)}${unknown}; ${page.say('clause')}: ${plain(item.clause)}`;
    }),
    '',
  ];
}

export function rollUpsSection(page: Page): string[] {
  const { rollUps } = page.document;
  if (rollUps.length === 0) return [];
  return [
    `## ${page.say('rollUps')}`,
    '',
    ...rollUps.flatMap(({ input, ...rule }) => [
      `### ${page.titleOf(input)}`,
      '',
      ...block(JSON.stringify(rule, null, 2)),
      '',
    ]),
  ];
}
