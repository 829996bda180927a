/** Ratings as `tanxiao rate` and the API's export write them, read back for a roll-up: results by name, bands by grading. */
import { openSheet } from '@tanxiao/forms';
import type { LowerRating, Rulebook } from '@tanxiao/rulebook';

import { UsageError } from '../failures';
import type { SubmittedQuantities } from './submitted-file';

export interface RatedRow {
  readonly rating: LowerRating;
  readonly code: string;
  readonly regionCode: string;
  readonly period: string;
}

const NEEDED = ['region_code', 'period', 'rulebook', 'outcome'] as const;

/** The rated and not rated rows of a file; rejected ones are no ratings. @throws UsageError, FileProblem */
export async function readRatings(
  file: string,
  {
    rulebooks,
    submitted,
  }: { readonly rulebooks: readonly Rulebook[]; readonly submitted: SubmittedQuantities },
): Promise<RatedRow[]> {
  const sheet = await openSheet({ path: file }, 'csv');
  const rows: RatedRow[] = [];
  let columns: ReadonlyMap<string, number> | null = null;
  for await (const records of sheet.records()) {
    for (const { row, cells } of records) {
      if (columns === null) {
        columns = columnsOf(file, cells);
        continue;
      }
      const at = columns;
      const cell = (name: string): string => cells[at.get(name) ?? -1] ?? '';
      if (cell('outcome') === 'rejected') continue;
      const code = cell('uscc') || cell('local_id');
      const rating = ratingOf({ file, row, cell, rulebooks });
      rows.push({
        rating: { ...rating, inputs: submitted(rating.rulebookId, code) },
        code,
        regionCode: cell('region_code'),
        period: cell('period'),
      });
    }
  }
  return rows;
}

function columnsOf(file: string, header: readonly string[]): ReadonlyMap<string, number> {
  const columns = new Map(header.map((name, index) => [name.trim(), index]));
  const missing = NEEDED.filter((name) => !columns.has(name));
  if (missing.length === 0) return columns;
  throw new UsageError({
    zh: `${file} 不是评级结果文件：缺少列 ${missing.join('、')}。请用 tanxiao rate --output 或服务器导出的文件`,
    en: `${file} holds no ratings: columns ${missing.join(', ')} are missing. Use a file of tanxiao rate --output or of the server's export`,
  });
}

function ratingOf(of: {
  readonly file: string;
  readonly row: number;
  readonly cell: (name: string) => string;
  readonly rulebooks: readonly Rulebook[];
}): Omit<LowerRating, 'inputs'> {
  const { file, row, cell, rulebooks } = of;
  const [id = '', version = ''] = cell('rulebook').split('@');
  const rulebook = rulebooks.find((one) => one.id === id && one.version === version);
  const outcome = cell('outcome');
  if (!rulebook || (outcome !== 'rated' && outcome !== 'not-rated'))
    throw new UsageError({
      zh: `${file} 第 ${row} 行：评价规范“${cell('rulebook')}”或结果“${outcome}”无法识别`,
      en: `${file}, row ${row}: rulebook "${cell('rulebook')}" or outcome "${outcome}" is not known`,
    });
  const { results, gradings } = rulebook.document;
  return {
    rulebookId: id,
    outcome,
    results: Object.fromEntries(
      results.columns.map(({ name }) => [name, cell(name) === '' ? null : Number(cell(name))]),
    ),
    gradings: Object.fromEntries(gradings.map(({ name }) => [name, cell(name) || null])),
  };
}
