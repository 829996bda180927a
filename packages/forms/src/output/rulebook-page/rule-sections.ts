/** The rules themselves: formulas, parameters by date, benchmarks, gradings, reasons not to be rated, results. */
import { decimalText } from '@tanxiao/contracts';
import type { RulebookDocument } from '@tanxiao/rulebook';

import { unit } from './input-sections';
import { block, code, plain, table } from './markdown';
import type { Page } from './page';
import { codeWords } from './page-words';

export function formulasSection(page: Page): string[] {
  return [
    `## ${page.say('formulas')}`,
    '',
    ...page.document.calculations.flatMap((calculation) => [
      `### ${page.text(calculation.title)}`,
      '',
      ...block(`${calculation.name} = ${calculation.formula}`),
      '',
      ...(calculation.onlyIf === undefined
        ? []
        : [`- ${page.say('onlyIf')}: ${code(calculation.onlyIf)}`]),
      `- ${page.say('unit')}: ${unit(page, calculation.unit)}`,
      `- ${page.say('basis')}: ${page.basis(calculation)}`,
      '',
    ]),
  ];
}

export function setsSection(page: Page): string[] {
  const { sets, families } = page.document;
  if (sets.length === 0) return [];
  const rows = sets.map((set) => {
    const members = families
      .find(({ name }) => name === set.of)
      ?.members.filter((member) => member.code >= set.from && member.code <= set.to);
    const list = members?.map((member) => `${member.code} ${page.text(member.title)}`) ?? [];
    return [code(set.name), code(set.of), list.join(', ')];
  });
  return [
    `### ${page.say('sets')}`,
    '',
    ...table([page.say('name'), page.say('of'), page.say('members')], rows),
  ];
}

export function parametersSection(page: Page): string[] {
  const { parameters } = page.document;
  if (parameters.length === 0) return [];
  const head = ['name', 'title', 'value', 'unit', 'since', 'status', 'source', 'clause'] as const;
  const rows = parameters.flatMap((parameter) =>
    parameter.values.map((value) => [
      code(parameter.name),
      page.text(parameter.title),
      decimalText(value.value),
      unit(page, parameter.unit),
      value.from,
      page.status(value.status),
      page.source(value.source),
      plain(value.clause ?? ''),
    ]),
  );
  return [
    `## ${page.say('parameters')}`,
    '',
    ...table(
      head.map((word) => page.say(word)),
      rows,
    ),
  ];
}

export function peersSection(page: Page): string[] {
  const { peers } = page.document;
  if (peers.length === 0) return [];
  return [`## ${page.say('peers')}`, '', ...peers.flatMap((one) => statistic(page, one))];
}

type Peers = RulebookDocument['peers'][number];

function statistic(page: Page, peers: Peers): string[] {
  const missing = page.say('notRatedFor', { reason: page.reason(peers.missing.notRated) });
  return [
    `### ${page.text(peers.title)}`,
    '',
    `- ${page.say('statistic')}: ${codeWords(peers.statistic)[page.language]}: ${measure(page, peers)}`,
    `- ${page.say('unit')}: ${unit(page, peers.unit)}`,
    `- ${page.say('whoCounts')}: ${code(peers.members)}`,
    `- ${page.say('fewest')}: ${page.titleOf(peers.minimumPeers)}`,
    `- ${page.say('basis')}: ${page.basis(peers)}`,
    `- ${page.say('blank')}: ${missing}`,
    `- ${page.say('groups')}:`,
    ...groupLines(page, peers.groups),
    '',
  ];
}

/** A numbered list: groups are asked in their order. */
export function groupLines(page: Page, groups: Peers['groups']): string[] {
  return groups.map((group, i) => {
    const industry =
      group.industryDigits === 0
        ? page.say('allIndustries')
        : page.say('digits', { digits: String(group.industryDigits) });
    const region = codeWords(group.region)[page.language];
    const choices = (group.by ?? []).map((name) =>
      page.say('sameOption', { choice: page.titleOf(name) }),
    );
    const same = [...choices, industry, region].join(', ');
    return `  ${i + 1}. ${page.text(group.title)} ${code(group.level)} (${same})`;
  });
}

/** What it is the statistic of. */
function measure(page: Page, peers: Peers): string {
  switch (peers.statistic) {
    case 'ratio-of-totals':
      return code(`${peers.name} = Σ ${peers.numerator} / Σ ${peers.denominator}`);
    case 'mean':
      return `${code(peers.name)}, ${page.titleOf(peers.of)}, ${page.say('decimals')} ${peers.decimals}`;
    case 'median':
      return `${code(peers.name)}, ${page.titleOf(peers.of)}`;
    case 'top-share':
      return `${code(peers.name)}, ${page.titleOf(peers.of)}, ${page.titleOf(peers.share)}, ${codeWords(peers.best)[page.language]}`;
  }
}

export function gradingsSection(page: Page): string[] {
  return [
    `## ${page.say('gradings')}`,
    '',
    ...page.document.gradings.flatMap((grading) => [
      `### ${page.text(grading.title)} ${code(grading.name)}`,
      '',
      ...(grading.of === undefined
        ? []
        : [
            `- ${page.say('graded')}: ${page.titleOf(grading.of)}, ${codeWords(grading.compare)[page.language]}`,
          ]),
      `- ${page.say('basis')}: ${page.basis(grading)}`,
      '',
      ...table(
        [page.say('requirement'), page.say('demand'), page.say('gateResult'), page.say('basis')],
        grading.gates.map((gate) => [
          `${page.text(gate.title)} ${code(gate.code)}`,
          code(gate.require),
          code(gate.otherwise),
          page.basis(gate),
        ]),
      ),
      ...table(
        [page.say('band'), page.say('title'), page.say('bound')],
        grading.bands.map((band) => [code(band.code), page.text(band.title), bound(page, band)]),
      ),
    ]),
  ];
}

type Band = RulebookDocument['gradings'][number]['bands'][number];

const RELATIONS = [
  ['atMost', '≤'],
  ['below', '<'],
  ['atLeast', '≥'],
  ['above', '>'],
] as const satisfies readonly (readonly [keyof Band, string])[];

function bound(page: Page, band: Band): string {
  const limits = RELATIONS.flatMap(([field, sign]) => {
    const name = band[field];
    return name === undefined ? [] : [`${plain(sign)} ${limit(page, name)}`];
  });
  const conditions = band.when === undefined ? [] : [code(band.when)];
  const all = [...limits, ...conditions].join(` ${page.say('condition')} `);
  return all === '' ? page.say('otherwise') : all;
}

/** A parameter with its numbers; a table, calculation or statistic by its name. */
function limit(page: Page, name: string): string {
  const values = page.document.parameters.find((one) => one.name === name)?.values;
  if (!values) return page.titleOf(name);
  return `${datedText(page, values)} ${code(name)}`;
}

interface NumberWithStatus {
  readonly value: number;
  readonly status: string;
  readonly from?: string;
}

/** `0.6 (reported)`, with the day from which it holds where there are several. */
export function datedText<One extends NumberWithStatus>(
  page: Page,
  numbers: One | readonly One[],
  remarks: (number: One) => readonly string[] = () => [],
): string {
  const list = 'value' in numbers ? [numbers] : numbers;
  return list
    .map((number) => {
      const { value, from, status } = number;
      const since =
        list.length === 1 || from === undefined ? '' : `${page.say('from', { from })}, `;
      const told = [`${since}${page.status(status)}`, ...remarks(number)].join('; ');
      return `${decimalText(value)} (${told})`;
    })
    .join(', ');
}

interface Basis {
  readonly source: string;
  readonly clause?: string | undefined;
}

/** As `datedText`, with the number's own clause and source where they are not those of the rule that it belongs to. */
export function sourcedText<One extends NumberWithStatus & Basis>(
  page: Page,
  numbers: One | readonly One[],
  rule: Basis,
): string {
  return datedText(page, numbers, ({ source, clause }) => [
    ...(clause === undefined || clause === rule.clause ? [] : [plain(clause)]),
    ...(source === rule.source ? [] : [page.source(source)]),
  ]);
}

export function notRatedSection(page: Page): string[] {
  const rows = page.document.notRated.map((rule) => [
    code(rule.reason),
    page.text(rule.message),
    rule.when === undefined ? page.say('missingValue') : code(rule.when),
    (rule.withholds ?? []).map(code).join(', '),
  ]);
  const head = ['reason', 'message', 'when', 'withholds'] as const;
  return [
    `## ${page.say('notRated')}`,
    '',
    ...table(
      head.map((word) => page.say(word)),
      rows,
    ),
  ];
}

export function resultsSection(page: Page): string[] {
  const { columns, ...basis } = page.document.results;
  return [
    `## ${page.say('results')}`,
    '',
    `${page.say('basis')}: ${page.basis(basis)}; ${page.status(basis.status)}`,
    '',
    ...table(
      [page.say('title'), page.say('decimals')],
      columns.map(({ name, decimals }) => [page.titleOf(name), String(decimals)]),
    ),
  ];
}
