/** `tanxiao rate`: rates a file with no server at all. */
import { access } from 'node:fs/promises';

import { issueTexts, type Period, yearBefore } from '@tanxiao/contracts';
import {
  adviceText,
  CSV_BOM,
  explanationText,
  firstPeriod,
  openSheet,
  ratingCsvHeader,
  ratingCsvRow,
  rejectedCsvRow,
} from '@tanxiao/forms';
import type { Plan, Rulebook } from '@tanxiao/rulebook';

import { EXIT, type ExitCode, Refusal, UsageError } from '../failures';
import { formatOf } from '../file-format';
import { type Options, type OptionShape, readOptions } from '../options';
import { openOutput, type Output } from '../output-file';
import {
  anyPlan,
  type ChosenRules,
  chosenRules,
  formOfRulebook,
  periodOption,
  requireRulebookId,
  rulebookOption,
} from '../rulebook-choice';
import { say, type Terminal } from '../terminal';
import { Counts } from './counts';
import { type RatedFile, rateFile } from './rated-file';
import { readYearBefore, type YearBeforeFile } from './year-before-file';

const SHAPE: OptionShape = {
  options: {
    rulebook: 'text',
    input: 'text',
    output: 'text',
    period: 'text',
    explain: 'flag',
    'explain-subject': 'text',
    advise: 'flag',
    bom: 'flag',
    strict: 'flag',
    'year-before': 'text',
  },
  positionals: { least: 0, most: 0 },
};

/** `--explain ID` is told from `--explain` by the word after it. */
function withExplainedSubject(words: readonly string[]): string[] {
  return words.map((word, index) => {
    if (word.startsWith('--explain=')) return word.replace('--explain=', '--explain-subject=');
    const next = words[index + 1];
    return word === '--explain' && next !== undefined && !next.startsWith('-')
      ? '--explain-subject'
      : word;
  });
}

export async function rateCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const options = readOptions(withExplainedSubject(words), SHAPE);
  const input = options.required('input');
  const rules = await chosenRules(options.required('rulebook'));
  const given = options.text('period');
  const period = given === null ? null : periodOption(given);
  const named = period && rulebookOption(rules.id, { ...rules, period, terminal });
  requireRulebookId(rules.id, rules.standards);
  requireExplain(options);
  await requireFile(input);
  const rulebook = named ?? (await rulebookOfFile(input, { rules, period, terminal }));

  const sheet = await openSheet({ path: input }, formatOf(input));
  const second = options.text('year-before');
  const before = second === null ? null : await yearBeforeFile(second, { rules, period, terminal });
  const file = await rateFile(formOfRulebook(rulebook, rules.standards), sheet, {
    period: period?.id ?? null,
    before,
  });
  const output = options.text('output');
  const subject = options.text('explain-subject');
  const explained = subject !== null || options.flag('explain');
  const advised = options.flag('advise');
  const counts = new Counts();
  const columns = anyPlan(rulebook, period);
  const target = explained && output === null ? null : await openOutput(output, terminal);
  await writeRatings(file, { target, counts, columns, terminal, bom: options.flag('bom') });
  if (explained) await writeExplanations(file, { code: subject, advised, terminal });
  say(terminal, counts.summary());
  if (counts.acceptedRows === 0) return EXIT.failed;
  return options.flag('strict') && counts.rejectedRows > 0 ? EXIT.failed : EXIT.ok;
}

interface RatedBy {
  readonly rules: ChosenRules;
  /** Of rows that name none. */
  readonly period: Period | null;
  readonly terminal: Terminal;
}

/** The version that rates the period named, or else that of the file's first row, or else the one in force today. */
async function rulebookOfFile(
  file: string,
  { rules, period, terminal }: RatedBy,
): Promise<Rulebook> {
  if (period !== null) return rulebookOption(rules.id, { ...rules, period, terminal });
  const own = await firstPeriod(() => openSheet({ path: file }, formatOf(file)));
  const plan = own && rules.standards.plan(rules.id, own);
  return plan?.rulebook ?? rulebookOption(rules.id, { ...rules, period, terminal });
}

/** Read by the version of the rulebook that was in force then. */
async function yearBeforeFile(file: string, of: RatedBy): Promise<YearBeforeFile> {
  await requireFile(file);
  const period = of.period && yearBefore(of.period);
  const { rules, terminal } = of;
  const rulebook = await rulebookOfFile(file, { rules, period, terminal });
  const form = formOfRulebook(rulebook, rules.standards);
  const sheet = await openSheet({ path: file }, formatOf(file));
  const read = await readYearBefore(form, sheet, { period: period?.id ?? null });
  if (read.rejected > 0)
    say(terminal, {
      zh: `上年同期文件：${read.rows} 行中有 ${read.rejected} 行被退回，不取其值`,
      en: `file of the year before: ${read.rejected} of ${read.rows} rows are rejected, nothing is taken from them`,
    });
  return read;
}

/** Advice stands behind an explanation, so it needs one. */
function requireExplain(options: Options): void {
  const explained = options.flag('explain') || options.text('explain-subject') !== null;
  if (options.flag('advise') && !explained)
    throw new UsageError({
      zh: '--advise 须与 --explain 同用',
      en: '--advise goes with --explain',
    });
}

async function requireFile(path: string): Promise<void> {
  await access(path).catch(() => {
    throw new UsageError({ zh: `找不到文件 ${path}`, en: `there is no file ${path}` });
  });
}

interface RatingTarget {
  /** Null: rows are only counted. */
  readonly target: Output | null;
  readonly counts: Counts;
  readonly columns: Plan;
  readonly terminal: Terminal;
  readonly bom: boolean;
}

/** Rows with a rejection, and as many with a warning, are told one by one; the output holds all that were rejected. */
const TOLD_REJECTIONS = 20;

async function writeRatings(file: RatedFile, to: RatingTarget): Promise<void> {
  const { target, counts, columns, terminal } = to;
  let warned = 0;
  try {
    await target?.write((to.bom ? CSV_BOM : '') + ratingCsvHeader(columns));
    for (const row of file.rows()) {
      counts.add(row);
      if (row.kind === 'accepted') {
        await target?.write(ratingCsvRow(row.plan, row.rating));
        if (row.warnings.length > 0 && warned++ < TOLD_REJECTIONS)
          tellIssues(terminal, { row: row.row, issues: row.warnings });
        continue;
      }
      await target?.write(rejectedCsvRow(row.plan ?? columns, row.key, row.issues));
      if (counts.rejectedRows <= TOLD_REJECTIONS) tellIssues(terminal, row);
    }
    await target?.finish();
  } catch (error) {
    await target?.discard();
    throw error;
  }
}

function tellIssues(
  terminal: Terminal,
  { row, issues }: { row: number; issues: readonly Parameters<typeof issueTexts>[0][] },
): void {
  for (const issue of issues) {
    const { message, hint } = issueTexts(issue);
    say(terminal, {
      zh: `第 ${row} 行：${message.zh}；${hint.zh}`,
      en: `row ${row}: ${message.en}; ${hint.en}`,
    });
  }
}

async function writeExplanations(
  file: RatedFile,
  what: { readonly code: string | null; readonly advised: boolean; readonly terminal: Terminal },
): Promise<void> {
  const { code, terminal } = what;
  const output = await openOutput(null, terminal);
  const { language } = terminal;
  let found = 0;
  for (const { subject, name, row, explanation, advice } of file.explanations(code)) {
    found += 1;
    const place = language === 'zh' ? `第 ${row} 行` : `row ${row}`;
    const title = [subject.code, name, place].filter(Boolean).join(' · ');
    const advised = what.advised ? `\n${adviceText(advice(), language)}` : '';
    await output.write(`${explanationText(explanation, { title, language })}${advised}\n`);
  }
  await output.finish();
  if (found === 0 && code !== null) {
    throw new Refusal({
      zh: `文件中没有已接受的主体“${code}”`,
      en: `the file holds no accepted subject "${code}"`,
    });
  }
}
