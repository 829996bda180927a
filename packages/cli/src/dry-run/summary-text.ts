/** A dry run's summary for a terminal: versions, migration matrix, counts and causes. */
import type { Bilingual, DryRunView, Language } from '@tanxiao/contracts';

import { tableText } from '../listings/listing';

export function summaryText(view: DryRunView, language: Language): string {
  const say = (text: Bilingual): string => text[language];
  const { before, after, counts } = view;
  const version = (title: Bilingual, side: DryRunView['before']): string =>
    `${say(title)}${side.id} ${side.version} (${side.hash.slice(0, 8)}), ${side.factorSet.id} ${side.factorSet.version}, ${side.appliedOn}\n`;
  const counted = ([title, count]: readonly [Bilingual, number]): string =>
    `  ${say(title)} ${count}\n`;
  const all = view.population;
  return [
    version({ zh: '现行：', en: 'before: ' }, before),
    version({ zh: '试行：', en: 'after:  ' }, after),
    `${say({ zh: '评价期', en: 'period' })} ${view.period}, ${say({ zh: '主体', en: 'subjects' })} ${all}, ${say(after.grading.title)}\n\n`,
    matrixText(view, language),
    '\n',
    ...COUNTS.map(([title, key]) => counted([title, counts[key]])),
    ...(view.causes.length === 0 ? [] : [`\n${say(CAUSES_TITLE)}\n`]),
    ...view.causes.map(
      ({ kind, movers, sufficient }) =>
        `  ${say(CAUSE_TITLES[kind])} ${movers} (${say({ zh: '单独即足以', en: 'alone enough' })} ${sufficient})\n`,
    ),
  ].join('');
}

const COUNTS: readonly (readonly [Bilingual, keyof DryRunView['counts']])[] = [
  [{ zh: '变好', en: 'better' }, 'better'],
  [{ zh: '变差', en: 'worse' }, 'worse'],
  [{ zh: '不变', en: 'unchanged' }, 'unchanged'],
  [{ zh: '新获评级', en: 'newly rated' }, 'newlyRated'],
  [{ zh: '不再评级', en: 'no longer rated' }, 'noLongerRated'],
  [{ zh: '两版均不予评级', en: 'rated in neither' }, 'notRated'],
  [{ zh: '等级不可比', en: 'grades not comparable' }, 'notComparable'],
];

const CAUSES_TITLE: Bilingual = {
  zh: '变动原因（一户可有几种）',
  en: 'causes (a subject may have several)',
};

const CAUSE_TITLES: Readonly<Record<DryRunView['causes'][number]['kind'], Bilingual>> = {
  limit: { zh: '界限变化', en: 'limit changed' },
  benchmark: { zh: '对标值变化', en: 'benchmark changed' },
  factor: { zh: '因子变化', en: 'factor changed' },
  parameter: { zh: '参数变化', en: 'parameter changed' },
  formula: { zh: '计算规则变化', en: 'formulas changed' },
  'not-rated-rule': { zh: '不予评级规则变化', en: 'rule of not-rated changed' },
  range: { zh: '指标超出范围', en: 'value beyond its limits' },
};

/** Rows are before, columns after; what is no grade has a short name in the table and its sentence below. */
function matrixText({ matrix, before }: DryRunView, language: Language): string {
  const corner = { zh: '现行 ＼ 试行', en: 'before \\ after' }[language];
  const total = { zh: '合计', en: 'total' }[language];
  const legend = new Map<string, string>();
  const named = ({ kind, text }: DryRunView['matrix']['before'][number]): string => {
    const title = text[language];
    if (kind === 'rated') return title;
    if (!legend.has(title)) legend.set(title, `N${legend.size + 1}`);
    return legend.get(title)!;
  };
  const table = tableText([
    [corner, ...matrix.after.map(named), total],
    ...matrix.before.map((outcome, row) => [
      named(outcome),
      ...matrix.counts[row]!.map(String),
      String(before.distribution[row]!.count),
    ]),
  ]);
  return table + [...legend].map(([title, name]) => `${name}: ${title}\n`).join('');
}
