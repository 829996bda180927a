/** `tanxiao rulebook diff`: what changed between two versions of a rulebook. */
import { diffRulebooks } from '@tanxiao/rulebook';

import { EXIT, type ExitCode } from '../failures';
import { type OptionShape, readOptions } from '../options';
import { openOutput } from '../output-file';
import type { Terminal } from '../terminal';
import { REPORT_FORMATS } from './check-command';
import { diffText } from './diff-text';
import { readRulebook } from './documents';

const SHAPE: OptionShape = {
  options: { format: 'text', output: 'text' },
  positionals: { least: 2, most: 2 },
};

export async function diffCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const options = readOptions(words, SHAPE);
  const format = options.choice('format', REPORT_FORMATS, 'text');
  const [before = '', after = ''] = options.positionals;
  const diff = diffRulebooks(await readRulebook(before), await readRulebook(after));
  const output = await openOutput(options.text('output'), terminal);
  await output.write(
    format === 'json' ? `${JSON.stringify(diff, null, 2)}\n` : diffText(diff, terminal.language),
  );
  await output.finish();
  return EXIT.ok;
}
