/** `tanxiao template`: the form of a rulebook, to fill in. */
import { UPLOAD_FORMATS } from '@tanxiao/contracts';
import { writeTemplate } from '@tanxiao/forms';

import { EXIT, type ExitCode } from './failures';
import { type OptionShape, readOptions } from './options';
import { openOutput } from './output-file';
import { chosenRules, formOfRulebook, periodOption, rulebookOption } from './rulebook-choice';
import { say, type Terminal } from './terminal';

const SHAPE: OptionShape = {
  options: { rulebook: 'text', period: 'text', format: 'text', output: 'text' },
  positionals: { least: 0, most: 0 },
};

export async function templateCommand(
  words: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const options = readOptions(words, SHAPE);
  const periodText = options.text('period');
  const rules = await chosenRules(options.required('rulebook'));
  const rulebook = rulebookOption(rules.id, {
    ...rules,
    period: periodText === null ? null : periodOption(periodText),
    terminal,
  });
  const format = options.choice('format', UPLOAD_FORMATS, 'xlsx');
  const file = options.text('output') ?? (format === 'xlsx' ? `${rulebook.id}.xlsx` : null);
  const template = await writeTemplate(formOfRulebook(rulebook, rules.standards), format, {
    language: terminal.language,
    year: Number(terminal.today.slice(0, 4)),
  });
  const output = await openOutput(file, terminal);
  await output.write(template);
  await output.finish();
  if (file !== null) say(terminal, { zh: `已写入 ${file}`, en: `written to ${file}` });
  return EXIT.ok;
}
