/**
 * Which shapes of rules a rulebook is made of, read from the document as its author wrote it: for overviews, and to see
 * that no shape ships without a rulebook that uses it.
 */
import type { Bilingual } from '@tanxiao/contracts';

import type { Rulebook } from '../document/rulebook';
import type { RulebookDocument } from '../document/schema';
import type { IndicatorDocument, Reference } from '../document/schema-scores';
import { datedNumbers } from './dated-numbers';
import { isFields } from './document-value';
import { writtenDocument } from './written-document';

interface ShapeRule extends RuleShape {
  readonly holds: (document: RulebookDocument) => boolean;
}

export interface RuleShape {
  /** kebab-case, for programs. */
  readonly code: string;
  readonly title: Bilingual;
}

/** In the order of `RULE_SHAPES`. */
export function ruleShapes(rulebook: Rulebook): RuleShape[] {
  const document = writtenDocument(rulebook);
  return RULES.filter(({ holds }) => holds(document)).map(({ code, title }) => ({ code, title }));
}

const RULES: readonly ShapeRule[] = [
  shape('absolute-bands', '绝对分档', 'absolute bands', (document) =>
    bandLimits(document).some((limit) => isNumber(document, limit)),
  ),
  ...(
    [
      ['ratio-of-totals', '与同业总量之比', 'peers: ratio of totals'],
      ['mean', '同业均值', 'peers: mean'],
      ['median', '同业中位数', 'peers: median'],
      ['top-share', '同业先进值', 'peers: top share'],
    ] as const
  ).map(([code, zh, en]) => shape(code, zh, en, (document) => statistics(document).includes(code))),
  shape('peer-group-fallback', '同业组逐级放宽', 'peer-group fallback', (document) =>
    peersOf(document).some(({ groups }) => groups.length > 1),
  ),
  shape('peers-by-choice', '同业组按选项划分', 'peer groups by a choice', (document) =>
    groupsOf(document).some(({ by = [] }) => by.length > 0),
  ),
  shape('external-table', '外部数表', 'external table', ({ tables }) =>
    tables.some(({ by }) => typeof by === 'string'),
  ),
  shape('correction-by-type', '按类型修正', 'numbers by type', ({ tables }) =>
    tables.some(({ by }) => typeof by !== 'string'),
  ),
  shape('linear-positive', '线性计分（正向）', 'linear score, positive', (document) =>
    indicators(document).some((one) => one.method === 'linear' && one.better === 'higher'),
  ),
  shape('linear-inverse', '线性计分（逆向）', 'linear score, inverse', (document) =>
    indicators(document).some((one) => one.method === 'linear' && one.better === 'lower'),
  ),
  shape('qualitative-score', '定性计分', 'qualitative score', (document) =>
    uses(document, 'options'),
  ),
  shape('count-score', '计数计分', 'score by count', (document) => uses(document, 'count')),
  shape('points', '直接得分', 'points as stated', (document) => uses(document, 'points')),
  shape(
    'value-over-base',
    '实际值÷基准值×权重（封顶）',
    'value/base × weight, capped',
    (document) => uses(document, 'ratio'),
  ),
  shape('bonus', '加分（封顶）', 'bonus with cap', ({ scores }) =>
    scores.some(({ bonuses }) => bonuses !== undefined),
  ),
  shape('deduction', '扣分', 'deduction', ({ scores }) =>
    scores.some(({ deductions }) => deductions.length > 0),
  ),
  shape('gate', '基本要求、一票否决', 'gate or veto', ({ gradings }) =>
    gradings.some(({ gates }) => gates.length > 0),
  ),
  shape('rank-quota', '按位次定档', 'rank quota', (document) =>
    bandLimits(document).some((limit) =>
      document.peers.some(({ name, statistic }) => name === limit && statistic === 'top-share'),
    ),
  ),
  shape('ladder', '逐级递进', 'ladder of gates', ({ gradings }) =>
    gradings.some(({ of }) => of === undefined),
  ),
  shape('cap-on-grade', '等级限制', 'cap on a grade', ({ gradings }) =>
    gradings.some(
      ({ of, bands }) => of !== undefined && bands.some(({ when }) => when !== undefined),
    ),
  ),
  shape('combined-label', '组合标签', 'combined label', ({ label }) => (label?.of.length ?? 0) > 1),
  shape('by-region', '按地区设条件', 'condition by region', ({ facts }) =>
    facts.some(({ of }) => of === 'region'),
  ),
  shape('by-industry', '按行业设条件', 'condition by industry', ({ facts }) =>
    facts.some(({ of }) => of === 'industry'),
  ),
  shape('year-before', '取上年同期值', 'value of a year before', ({ inputs }) =>
    inputs.some(({ yearBefore }) => yearBefore !== undefined),
  ),
  shape(
    'measured-or-default',
    '实测值优先于缺省值',
    'measured value before a default',
    (document) => document.families.some(({ missing }) => missing === 'unknown'),
  ),
  shape('choice', '选项填报', 'choice', ({ inputs }) => inputs.some((input) => 'options' in input)),
  shape('roll-up', '由下级汇总', 'roll-up', ({ rollUps }) => rollUps.length > 0),
  shape('dated', '数值随日期变更', 'numbers that change by date', changesByDate),
  shape('not-rated', '不予评级', 'not rated with reason', ({ notRated }) => notRated.length > 0),
];

/** Every shape that can be told apart. */
export const RULE_SHAPES: readonly RuleShape[] = RULES.map(({ code, title }) => ({ code, title }));

function shape(code: string, zh: string, en: string, holds: ShapeRule['holds']): ShapeRule {
  return { code, title: { zh, en }, holds };
}

type Peers = Pick<RulebookDocument['peers'][number], 'groups'>;

function peersOf({ peers, scores }: RulebookDocument): Peers[] {
  return [...peers, ...scores.flatMap(({ population }) => population ?? [])];
}

function groupsOf(document: RulebookDocument): Peers['groups'] {
  return peersOf(document).flatMap(({ groups }) => groups);
}

function bandLimits({ gradings }: RulebookDocument): string[] {
  return gradings.flatMap(({ bands }) =>
    bands.flatMap(({ atMost, below, atLeast, above }) => atMost ?? below ?? atLeast ?? above ?? []),
  );
}

function isNumber({ parameters, tables }: RulebookDocument, limit: string): boolean {
  return [...parameters, ...tables].some(({ name }) => name === limit);
}

function indicators({ scores }: RulebookDocument): IndicatorDocument[] {
  return scores.flatMap(({ groups }) => groups.flatMap((group) => group.indicators));
}

function uses(document: RulebookDocument, method: IndicatorDocument['method']): boolean {
  return indicators(document).some((one) => one.method === method);
}

function statistics(document: RulebookDocument): string[] {
  return [
    ...document.peers.map(({ statistic }) => statistic),
    ...indicators(document)
      .flatMap(references)
      .flatMap((one) => (typeof one === 'string' ? [] : one.population)),
  ];
}

function references(one: IndicatorDocument): Reference[] {
  if (one.method === 'linear') return [one.leading, one.baseline];
  return one.method === 'ratio' ? [one.base] : [];
}

/** Whether any number has several values, each from a day of its own, wherever it stands. */
function changesByDate(value: unknown): boolean {
  if ((datedNumbers(value)?.length ?? 0) > 1) return true;
  if (Array.isArray(value)) return value.some(changesByDate);
  return isFields(value) && Object.values(value).some(changesByDate);
}
