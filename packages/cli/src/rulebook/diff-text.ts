/** The difference of two rulebooks as a list by clause, for those who must agree to the change. */
import { type Bilingual, decimalText, type Language } from '@tanxiao/contracts';
import { statusTitle } from '@tanxiao/forms';
import type { NumberFact, RulebookChange, RulebookDiff } from '@tanxiao/rulebook';

const PARTS: Readonly<Record<string, Bilingual>> = {
  rulebook: { zh: '规范编号', en: 'Rulebook' },
  version: { zh: '版本', en: 'Version' },
  title: { zh: '名称', en: 'Title' },
  subject: { zh: '评价对象', en: 'Subject' },
  effective: { zh: '生效日期', en: 'In force' },
  factorSet: { zh: '因子集', en: 'Factor set' },
  sources: { zh: '来源', en: 'Sources' },
  subjectKey: { zh: '对象标识与行业分类', en: 'Identifiers and classifications' },
  inputs: { zh: '填报项', en: 'Inputs' },
  families: { zh: '成组的填报项', en: 'Families of inputs' },
  sets: { zh: '集合', en: 'Sets' },
  facts: { zh: '按地区或行业的事实', en: 'Facts by region or industry' },
  tables: { zh: '数表', en: 'Tables' },
  factors: { zh: '因子', en: 'Factors' },
  parameters: { zh: '参数', en: 'Parameters' },
  checks: { zh: '校验', en: 'Checks' },
  calculations: { zh: '计算', en: 'Calculations' },
  scores: { zh: '计分', en: 'Scores' },
  peers: { zh: '行业平均', en: 'Benchmarks' },
  notRated: { zh: '不予评级', en: 'Not rated' },
  gradings: { zh: '分级', en: 'Gradings' },
  label: { zh: '标签', en: 'Label' },
  results: { zh: '结果列', en: 'Results' },
  headline: { zh: '主要结果', en: 'Headline' },
  rollUps: { zh: '由下级汇总的填报项', en: 'Inputs made of lower ratings' },
  examples: { zh: '算例', en: 'Worked examples' },
};

const WORDS = {
  same: { zh: '规则没有差别', en: 'the rules are the same' },
  sameText: {
    zh: '两个文件逐字节相同',
    en: 'the two files are the same to the byte',
  },
  otherText: {
    zh: '文件的注释或版式不同',
    en: 'the files differ in comments or layout',
  },
  clause: { zh: '条款', en: 'Clause' },
  none: { zh: '（无）', en: '(none)' },
  added: { zh: '新增', en: 'added' },
  removed: { zh: '删除', en: 'removed' },
  order: { zh: '次序', en: 'order' },
  from: { zh: '自 {day} 起', en: 'from {day}' },
} as const satisfies Record<string, Bilingual>;

/** Characters of both values together. */
const SIDE_BY_SIDE = 40;

export function diffText(diff: RulebookDiff, language: Language): string {
  const { before, after, changes } = diff;
  const head = `${before.id}@${before.version} → ${after.id}@${after.version}\n`;
  if (changes.length === 0) {
    const texts = before.hash === after.hash ? WORDS.sameText : WORDS.otherText;
    return `${head}${WORDS.same[language]}; ${texts[language]}\n`;
  }
  const groups = new Map<string, string[]>();
  for (const change of changes) {
    const heading = headingOf(change, language);
    groups.set(heading, [...(groups.get(heading) ?? []), ...changeLines(change, language)]);
  }
  const text = [...groups].map(([heading, lines]) => `\n${heading}\n${lines.join('\n')}\n`);
  return `${head}${text.join('')}`;
}

function headingOf({ clause, part }: RulebookChange, language: Language): string {
  if (clause !== null) return `${WORDS.clause[language]}: ${clause}`;
  return PARTS[part]?.[language] ?? part;
}

function changeLines(change: RulebookChange, language: Language): string[] {
  const name = [change.title?.[language], change.name].filter(Boolean).join(' ');
  const subject = (field: string): string => [name, field].filter(Boolean).join(' · ');
  switch (change.kind) {
    case 'number': {
      const day = change.from;
      const since = day === null ? '' : ` (${WORDS.from[language].replace('{day}', day)})`;
      return [
        `  ~ ${subject(change.field)}: ${numberText(change.before, language)} → ${numberText(change.after, language)}${since}`,
      ];
    }
    case 'added':
    case 'removed':
      return [
        `  ${change.kind === 'added' ? '+' : '-'} ${WORDS[change.kind][language]} ${PARTS[change.part]?.[language] ?? change.part}: ${name}`,
        ...leafLines(change.item),
      ];
    case 'changed': {
      const whole = oneSided(change);
      if (whole)
        return [
          `  ${whole.sign} ${WORDS[whole.kind][language]} ${subject(change.field)}`,
          ...leafLines(whole.item),
        ];
      const [before, after] = [change.before, change.after].map((one) => valueText(one, language));
      return pairLines(subject(change.field), { before: before ?? '', after: after ?? '' });
    }
    case 'order':
      return [
        `  ~ ${subject([change.field, WORDS.order[language]].filter(Boolean).join(' '))}: ${change.before.join(', ')} → ${change.after.join(', ')}`,
      ];
  }
}

/** A part of an item that is new or gone as a whole: its fields are listed; null where both sides are to be compared. */
function oneSided({
  before,
  after,
}: {
  readonly before: unknown;
  readonly after: unknown;
}): { sign: string; kind: 'added' | 'removed'; item: object } | null {
  if (before === undefined && typeof after === 'object' && after !== null)
    return { sign: '+', kind: 'added', item: after };
  if (after === undefined && typeof before === 'object' && before !== null)
    return { sign: '-', kind: 'removed', item: before };
  return null;
}

function leafLines(item: unknown): string[] {
  return leavesOf(item).map(([field, value]) => `      ${field}: ${value}`);
}

/** Side by side where both are short, one below the other where they must be compared letter by letter. */
function pairLines(subject: string, pair: { before: string; after: string }): string[] {
  const { before, after } = pair;
  const head = subject === '' ? '' : `${subject}: `;
  if (before.length + after.length <= SIDE_BY_SIDE) return [`  ~ ${head}${before} → ${after}`];
  return [`  ~ ${head.trimEnd()}`, `      - ${before}`, `      + ${after}`];
}

/** `0.6 [huzhou-method, reported]` */
function numberText(number: NumberFact | null, language: Language): string {
  if (number === null) return WORDS.none[language];
  return `${decimalText(number.value)} [${number.source}, ${statusTitle(number.status)[language]}]`;
}

function valueText(value: unknown, language: Language): string {
  if (value === undefined) return WORDS.none[language];
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Every single value of an item that is new or gone, by its field. */
function leavesOf(value: unknown, field = ''): [string, string][] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, below]) =>
      leavesOf(
        below,
        Array.isArray(value) ? `${field}[${key}]` : [field, key].filter(Boolean).join('.'),
      ),
    );
  }
  return [[field, typeof value === 'string' ? value : JSON.stringify(value)]];
}
