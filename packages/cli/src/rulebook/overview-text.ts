/** Overviews as rows of a listing, and as a Markdown page. */
import type { Language } from '@tanxiao/contracts';
import { RULE_SHAPES } from '@tanxiao/rulebook';

import type { ListingRow } from '../listings/listing';
import type { FactorSetOverview, RulebookOverview, StatusCounts } from './overview';

export function rulebookRow(one: RulebookOverview, language: Language): ListingRow {
  return {
    rulebook: `${one.id}@${one.version}`,
    title: one.title[language],
    effective_from: one.effectiveFrom,
    examples: `${one.examples - one.failing.length}/${one.examples}`,
    ...statusCells(one.numbers),
    shapes: one.shapes.map(({ title }) => title[language]).join(language === 'zh' ? '、' : '; '),
  };
}

export function factorSetRow(one: FactorSetOverview, language: Language): ListingRow {
  return {
    factor_set: `${one.id}@${one.version}`,
    title: one.title[language],
    ...statusCells(one.numbers),
  };
}

function statusCells(counts: StatusCounts): ListingRow {
  const all = counts.official + counts.reported + counts.assumed;
  return {
    numbers: String(all),
    official: shareText(counts.official, all),
    reported: shareText(counts.reported, all),
    assumed: shareText(counts.assumed, all),
  };
}

/** `3 (25 %)`; without any number there is no share. */
function shareText(count: number, all: number): string {
  return all === 0 ? '0' : `${count} (${Math.round((100 * count) / all)} %)`;
}

const HEADS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  rulebook: { zh: '评价规范', en: 'rulebook' },
  factor_set: { zh: '因子集', en: 'factor set' },
  title: { zh: '名称', en: 'title' },
  effective_from: { zh: '生效日', en: 'in force from' },
  examples: { zh: '算例（相符/全部）', en: 'examples (pass/all)' },
  numbers: { zh: '数值个数', en: 'numbers' },
  official: { zh: '官方文本', en: 'official' },
  reported: { zh: '公开报道', en: 'reported' },
  assumed: { zh: '本项目假定', en: 'assumed' },
  shapes: { zh: '规则形态', en: 'shapes' },
};

export interface Overviews {
  readonly rulebooks: readonly RulebookOverview[];
  readonly factorSets: readonly FactorSetOverview[];
}

/** A page with a table of rulebooks, one of factor sets, and one of who uses which shape. */
export function overviewPage({ rulebooks, factorSets }: Overviews, language: Language): string {
  const zh = language === 'zh';
  return [
    zh ? '# 随附的评价规范一览' : '# The rulebooks that ship',
    zh
      ? '由 `tanxiao rulebook overview --format markdown` 生成，勿手工修改。算例同时由批量计算与精确计算验算。“官方文本”指读自已公布的标准或通知原文；“公开报道”指读自公开材料；“本项目假定”指没有公开文本、由使用地区自行替换的数值。'
      : 'Written by `tanxiao rulebook overview --format markdown`, not by hand. Each example is rated by the kernel and by the referee. _Official_: read in the text of a published standard or notice. _Reported_: read in public material about the rule. _Assumed_: chosen by this project for want of a public text, for the jurisdiction to replace.',
    table(
      rulebooks.map((one) => rulebookRow(one, language)),
      language,
    ),
    zh ? '## 因子集' : '## Factor sets',
    table(
      factorSets.map((one) => factorSetRow(one, language)),
      language,
    ),
    zh ? '## 规则形态' : '## Shapes of rules',
    table(shapeRows(rulebooks, language), language, {
      shape: zh ? '规则形态' : 'shape',
      used_by: zh ? '使用它的评价规范' : 'rulebooks that use it',
    }) + '\n',
  ].join('\n\n');
}

function shapeRows(rulebooks: readonly RulebookOverview[], language: Language): ListingRow[] {
  return RULE_SHAPES.map(({ code, title }) => ({
    shape: title[language],
    used_by: [
      ...new Set(
        rulebooks
          .filter(({ shapes }) => shapes.some((one) => one.code === code))
          .map(({ id }) => `\`${id}\``),
      ),
    ].join(', '),
  }));
}

function table(
  rows: readonly ListingRow[],
  language: Language,
  heads: Readonly<Record<string, string>> = {},
): string {
  const names = Object.keys(rows[0] ?? {});
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    line(names.map((name) => heads[name] ?? HEADS[name]?.[language] ?? name)),
    line(names.map(() => '---')),
    ...rows.map((row) => line(names.map((name) => row[name] ?? ''))),
  ].join('\n');
}
