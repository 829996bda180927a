/** `tanxiao rulebook check`: every problem of a rulebook, with its place and its remedy. */
import type { Language } from '@tanxiao/contracts';
import {
  checkRulebook,
  type DocumentProblem,
  type RulebookCheck,
  RulebookError,
} from '@tanxiao/rulebook';

import { EXIT, type ExitCode } from '../failures';
import { type OptionShape, readOptions } from '../options';
import { type Terminal, writeContent } from '../terminal';
import { factorSetsAtHand, readDocument } from './documents';
import { problemLines, problemObjects } from './problem-report';

const SHAPE: OptionShape = {
  options: { factors: 'text', format: 'text' },
  positionals: { least: 1, most: 1000 },
};
export const REPORT_FORMATS = ['text', 'json'] as const;

export async function checkCommand(
  words: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const options = readOptions(words, SHAPE);
  const format = options.choice('format', REPORT_FORMATS, 'text');
  const { checks, problems } = await checked(options.positionals, options.text('factors'));
  const { language } = terminal;
  const text =
    format === 'json'
      ? `${JSON.stringify(problemObjects(problems, language), null, 2)}\n`
      : problemLines(problems, language) + checks.map((one) => soundLine(one, language)).join('');
  await writeContent(terminal.stdout, text);
  return problems.length > 0 ? EXIT.failed : EXIT.ok;
}

interface CheckedFile extends RulebookCheck {
  readonly file: string;
}

async function checked(
  files: readonly string[],
  factors: string | null,
): Promise<{ checks: readonly CheckedFile[]; problems: readonly DocumentProblem[] }> {
  const documents = await Promise.all(files.map(readDocument));
  try {
    const factorSets = await factorSetsAtHand(factors);
    const checks = documents.map((one) => ({ file: one.file, ...checkRulebook(one, factorSets) }));
    return { checks, problems: checks.flatMap(({ problems }) => problems) };
  } catch (error) {
    // The given factor set itself: until it can be read nothing can be bound to it.
    if (error instanceof RulebookError) return { checks: [], problems: error.problems };
    throw error;
  }
}

function soundLine({ file, rulebook, periods, problems }: CheckedFile, language: Language): string {
  if (rulebook === null || problems.length > 0) return '';
  const ids = periods.map(({ id }) => id).join(', ');
  const name = `${rulebook.id} ${rulebook.version}`;
  return language === 'zh'
    ? `${file}：${name} 没有问题；已按 ${ids} 编译\n`
    : `${file}: ${name} has no problem; compiled for ${ids}\n`;
}
