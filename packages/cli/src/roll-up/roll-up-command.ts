/**
 * `tanxiao roll-up`: ratings of lower subjects become the form of a higher one, a row for each region (or for each
 * group that a file of members names). The columns that no roll-up fills come from a file filled in by hand, or are
 * left blank, to be filled in.
 */
import { decimalText } from '@tanxiao/contracts';
import { csvLine, openSheet } from '@tanxiao/forms';
import { type RolledUp, rollUp, RollUpError, type Rulebook } from '@tanxiao/rulebook';
import { loadRegions, loadStandards } from '@tanxiao/standards';

import { EXIT, type ExitCode, Refusal, UsageError } from '../failures';
import { type OptionShape, readOptions } from '../options';
import { openOutput } from '../output-file';
import { readRulebook } from '../rulebook/documents';
import {
  type ChosenVersion,
  formOfRulebook,
  periodOption,
  rulebookOption,
} from '../rulebook-choice';
import { say, type Terminal } from '../terminal';
import { FILLED_BY_NOBODY, readFilled } from './filled-file';
import { type RatedRow, readRatings } from './rating-file';
import { NOTHING_SUBMITTED, readSubmitted } from './submitted-file';

const SHAPE: OptionShape = {
  options: {
    ...{ rulebook: 'text', by: 'text', members: 'text', period: 'text', output: 'text' },
    ...{ submitted: 'text', filled: 'text' },
  },
  positionals: { least: 1, most: 20 },
};

const LEVELS = { county: 6, city: 4, province: 2 } as const;

/** The higher subjects that a rating belongs to. */
interface Group {
  readonly id: string;
  readonly name: string;
  readonly regionCode: string;
}

export async function rollUpCommand(
  words: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const options = readOptions(words, SHAPE);
  const period = periodOption(options.required('period'));
  const rulebook = await higherRulebook(options.required('rulebook'), { period, terminal });
  if (rulebook.document.rollUps.length === 0)
    throw new UsageError({
      zh: `评价规范“${rulebook.id}”没有由下级评价汇总的指标`,
      en: `rulebook "${rulebook.id}" has no input that is rolled up from lower ratings`,
    });
  const members = options.text('members');
  const groupsOf =
    members === null
      ? byRegion(options.choice('by', ['county', 'city', 'province'], 'city'))
      : byMembers(members, await readMembers(members));
  const named = options.text('submitted');
  const submitted =
    named === null ? NOTHING_SUBMITTED : await readSubmitted(named, { period, terminal });
  const { rulebooks } = loadStandards();
  const rows: RatedRow[] = [];
  for (const file of options.positionals)
    rows.push(...(await readRatings(file, { rulebooks, submitted })));
  const groups = grouped(
    rows.filter((row) => row.period === period.id),
    groupsOf,
  );
  const filled = options.text('filled');
  const byHand = filled === null ? FILLED_BY_NOBODY : await readFilled(filled, period);
  const output = await openOutput(options.text('output'), terminal);
  const form = formOfRulebook(rulebook);
  await output.write(csvLine(form.columns.map(({ name }) => name)));
  for (const { group, ratings } of groups) {
    const rolled = rolledUp(rulebook, ratings);
    const cells: Readonly<Record<string, string>> = {
      ...byHand(group.id),
      local_id: group.id,
      name: group.name,
      period: period.id,
      region_code: group.regionCode,
      ...Object.fromEntries(
        rolled.flatMap(({ input, value }) => (value === null ? [] : [[input, decimalText(value)]])),
      ),
    };
    await output.write(csvLine(form.columns.map(({ name }) => cells[name] ?? '')));
    tell(terminal, group, rolled);
  }
  await output.finish();
  if (groups.length > 0) return EXIT.ok;
  throw new Refusal({
    zh: `评价期 ${period.id} 没有可汇总的评级`,
    en: `there are no ratings of period ${period.id} to roll up`,
  });
}

/** One that ships, by its id, or any by `ID@VERSION` or its file. */
function higherRulebook(name: string, chosen: ChosenVersion): Promise<Rulebook> {
  const isId = /^[a-z0-9-]+$/.test(name);
  return isId ? Promise.resolve(rulebookOption(name, chosen)) : readRulebook(name);
}

function rolledUp(rulebook: Rulebook, ratings: readonly RatedRow[]): RolledUp[] {
  try {
    return rollUp(
      rulebook.document.rollUps,
      ratings.map(({ rating }) => rating),
    );
  } catch (error) {
    if (!(error instanceof RollUpError)) throw error;
    const { code, input, text } = error;
    const remedy =
      code === 'no-value'
        ? {
            zh: '。填报数据用 --submitted 规范=文件 给出',
            en: '. What was submitted is given by --submitted RULEBOOK=FILE',
          }
        : { zh: '', en: '' };
    throw new Refusal({
      zh: `${input} 汇总失败：${text.zh}${remedy.zh}`,
      en: `${input}: ${text.en}${remedy.en}`,
    });
  }
}

function tell(terminal: Terminal, group: Group, rolled: readonly RolledUp[]): void {
  for (const { input, value, of } of rolled)
    say(terminal, {
      zh: `${group.name} ${input} = ${value === null ? '未知' : decimalText(value)}（${of.fitting} / 已评 ${of.rated} / 共 ${of.all}）`,
      en: `${group.name} ${input} = ${value === null ? 'unknown' : decimalText(value)} (${of.fitting} of ${of.rated} rated, ${of.all} in all)`,
    });
}

function byRegion(level: keyof typeof LEVELS): (row: RatedRow) => readonly Group[] {
  const regions = loadRegions();
  return ({ regionCode }) => {
    const code = regionCode.slice(0, LEVELS[level]).padEnd(6, '0');
    return [{ id: code, name: regions.get(code)?.nameZh ?? code, regionCode: code }];
  };
}

/** A file of members: `group`, `name`, `region_code` of a park, and the `code` of a subject in it, a row a member. */
async function readMembers(file: string): Promise<ReadonlyMap<string, readonly Group[]>> {
  const sheet = await openSheet({ path: file }, 'csv');
  const found = new Map<string, Group[]>();
  let columns: ReadonlyMap<string, number> | null = null;
  for await (const records of sheet.records()) {
    for (const { cells } of records) {
      if (columns === null) {
        columns = new Map(cells.map((name, index) => [name.trim(), index]));
        const missing = ['group', 'region_code', 'code'].filter((name) => !columns!.has(name));
        if (missing.length > 0)
          throw new UsageError({
            zh: `${file} 缺少列 ${missing.join('、')}（应有 group、name、region_code、code）`,
            en: `${file} lacks columns ${missing.join(', ')} (wanted: group, name, region_code, code)`,
          });
        continue;
      }
      const at = columns;
      const cell = (name: string): string => (cells[at.get(name) ?? -1] ?? '').trim();
      const group = {
        id: cell('group'),
        name: cell('name') || cell('group'),
        regionCode: cell('region_code'),
      };
      found.set(cell('code'), [...(found.get(cell('code')) ?? []), group]);
    }
  }
  return found;
}

function byMembers(
  file: string,
  members: ReadonlyMap<string, readonly Group[]>,
): (row: RatedRow) => readonly Group[] {
  if (members.size === 0)
    throw new UsageError({ zh: `${file} 没有成员`, en: `${file} names no member` });
  return ({ code }) => members.get(code) ?? [];
}

/** In the order of their ids. */
function grouped(
  rows: readonly RatedRow[],
  groupsOf: (row: RatedRow) => readonly Group[],
): { group: Group; ratings: RatedRow[] }[] {
  const found = new Map<string, { group: Group; ratings: RatedRow[] }>();
  for (const row of rows)
    for (const group of groupsOf(row)) {
      const known = found.get(group.id) ?? { group, ratings: [] };
      known.ratings.push(row);
      found.set(group.id, known);
    }
  return [...found.values()].sort((a, b) => (a.group.id < b.group.id ? -1 : 1));
}
