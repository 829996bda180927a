/** `tanxiao dry-run`: what a rule change would do to the subjects of a file. Nothing is kept but what is asked for. */
import type { DryRunView } from '@tanxiao/contracts';
import { issueTexts } from '@tanxiao/contracts';
import { dryRunView, firstPeriod, MoverCsv, openSheet } from '@tanxiao/forms';
import { comparedPlans, type DryRun, dryRun, type Plan } from '@tanxiao/rulebook';

import { EXIT, type ExitCode, UsageError } from '../failures';
import { formatOf } from '../file-format';
import { type OptionShape, readOptions } from '../options';
import { openOutput } from '../output-file';
import { periodOption } from '../rulebook-choice';
import { say, type Terminal } from '../terminal';
import { chosenFactorSet, chosenRulebook, trialPlan } from './document-choice';
import { comparedPopulation, type FilePopulation, readPopulation } from './read-population';
import { summaryText } from './summary-text';

const SHAPE: OptionShape = {
  options: {
    before: 'text',
    after: 'text',
    'factor-set': 'text',
    input: 'text',
    period: 'text',
    grading: 'text',
    output: 'text',
    format: 'text',
  },
  positionals: { least: 0, most: 0 },
};

export async function dryRunCommand(
  words: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const options = readOptions(words, SHAPE);
  const given = options.text('period');
  const wanted = given === null ? null : periodOption(given);
  const format = options.choice('format', ['text', 'json'], 'text');
  const file = options.required('input');
  const rated = wanted ?? (await firstPeriod(() => openSheet({ path: file }, formatOf(file))));
  const before = await chosenRulebook(options.required('before'), { period: rated, terminal });
  const after = await chosenRulebook(options.required('after'), { period: wanted, terminal });
  const factorsBefore = await chosenFactorSet(before, null);
  const factorsAfter = await chosenFactorSet(after, options.text('factor-set'));
  const population = await readPopulation({
    ...{ file, before, after, period: wanted },
    planBefore: (period) => trialPlan(before, factorsBefore, period),
  });
  const { period } = population;
  const plans = {
    before: trialPlan(before, factorsBefore, period),
    after: trialPlan(after, factorsAfter, period),
  };
  const run = dryRun(
    requireGrading(plans, options.text('grading')),
    comparedPopulation(population, plans),
  );
  const listed = format === 'json' ? run.size : 0;
  const view = await written(run, population, { listed, output: options.text('output'), terminal });
  const text =
    format === 'json' ? `${JSON.stringify(view, null, 2)}\n` : summaryText(view, terminal.language);
  const target = await openOutput(null, terminal);
  await target.write(text);
  await target.finish();
  tellRows(population, terminal);
  return EXIT.ok;
}

function requireGrading(
  plans: { readonly before: Plan; readonly after: Plan },
  name: string | null,
) {
  const compared = comparedPlans(plans, name);
  if (compared) return compared;
  const names = plans.before.gradings.map((grading) => grading.name).join(', ');
  throw new UsageError({
    zh: `两版中没有都叫“${name}”的分级；现行版有：${names}`,
    en: `not both versions have a grading "${name}"; the one before has ${names}`,
  });
}

interface Wanted {
  readonly listed: number;
  readonly output: string | null;
  readonly terminal: Terminal;
}

/** The view; where a file is asked for, every mover is a line of it. */
async function written(
  run: DryRun,
  { rows }: FilePopulation,
  { listed, output, terminal }: Wanted,
): Promise<DryRunView> {
  const csv = new MoverCsv(run.compared);
  const lines = [csv.header()];
  const view = dryRunView(run, {
    subjectAt: (index) => rows[index]!,
    movers: listed,
    ...(output === null
      ? {}
      : { onMover: (mover, subject) => lines.push(csv.row(mover, subject)) }),
  });
  if (output !== null) {
    const target = await openOutput(output, terminal);
    for (const line of lines) await target.write(line);
    await target.finish();
  }
  return view;
}

/** Rejected rows told one by one. */
const TOLD_REJECTIONS = 20;

function tellRows({ rows, rejected, otherPeriods }: FilePopulation, terminal: Terminal): void {
  for (const { row, issues } of rejected.slice(0, TOLD_REJECTIONS)) {
    for (const issue of issues) {
      const { message, hint } = issueTexts(issue);
      say(terminal, {
        zh: `第 ${row} 行：${message.zh}；${hint.zh}`,
        en: `row ${row}: ${message.en}; ${hint.en}`,
      });
    }
  }
  const read = rows.length + rejected.length + otherPeriods;
  say(terminal, {
    zh: `读取 ${read} 行 = 试评 ${rows.length} + 退回 ${rejected.length} + 其他评价期 ${otherPeriods}`,
    en: `${read} rows read = ${rows.length} tried + ${rejected.length} rejected + ${otherPeriods} of other periods`,
  });
}
