/** `tanxiao rulebook docs`: a page of the rules for people. */
import { LANGUAGES } from '@tanxiao/contracts';
import { rulebookPage } from '@tanxiao/forms';
import { checkExamples, checkRulebook, namedFactorSet, RulebookError } from '@tanxiao/rulebook';

import { EXIT, type ExitCode } from '../failures';
import { type OptionShape, readOptions } from '../options';
import { openOutput } from '../output-file';
import { say, type Terminal } from '../terminal';
import { factorSetsAtHand, readDocument } from './documents';

const SHAPE: OptionShape = {
  options: { factors: 'text', output: 'text' },
  positionals: { least: 1, most: 1 },
};

/** @throws RulebookError: of rules with problems there is no page */
export async function docsCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const options = readOptions(words, SHAPE);
  const factorSets = await factorSetsAtHand(options.text('factors'));
  const document = await readDocument(options.positionals[0] ?? '');
  const { rulebook, problems } = checkRulebook(document, factorSets);
  const factorSet = rulebook && namedFactorSet(rulebook, factorSets);
  if (!factorSet || problems.length > 0) throw new RulebookError(problems);
  const content = { rulebook, factorSet, examples: checkExamples(rulebook, factorSet) };
  const oneLanguage = options.text('lang') !== null;
  const file = options.text('output');
  const output = await openOutput(file, terminal);
  await output.write(rulebookPage(content, oneLanguage ? [terminal.language] : LANGUAGES));
  await output.finish();
  if (file !== null) say(terminal, { zh: `已写入 ${file}`, en: `written to ${file}` });
  return EXIT.ok;
}
