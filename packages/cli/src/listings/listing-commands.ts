/** `tanxiao rulebooks` and `tanxiao factors`: what is loaded, every number with its source and status. */
import { loadStandards } from '@tanxiao/standards';

import { EXIT, type ExitCode } from '../failures';
import { type Options, type OptionShape, readOptions } from '../options';
import { openOutput } from '../output-file';
import { requireRulebookId } from '../rulebook-choice';
import type { Terminal } from '../terminal';
import { LISTING_FORMATS, type ListingFormat, type ListingRow, listingText } from './listing';
import { catalogueRows, factorRows, parameterRows, rulebookRows } from './numbers';

const RULEBOOKS: OptionShape = {
  options: { format: 'text', output: 'text', rulebook: 'text' },
  positionals: { least: 0, most: 0 },
};
const FACTORS: OptionShape = {
  options: { format: 'text', output: 'text', catalogue: 'flag' },
  positionals: { least: 0, most: 0 },
};

export async function rulebooksCommand(
  words: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const options = readOptions(words, RULEBOOKS);
  const id = options.text('rulebook');
  if (id !== null) requireRulebookId(id);
  const rulebooks = loadStandards().rulebooks.filter(
    (rulebook) => id === null || rulebook.id === id,
  );
  const { language } = terminal;
  const numbers = parameterRows(rulebooks, language);
  const format = options.choice('format', LISTING_FORMATS, 'table');
  const about = rulebookRows(rulebooks, language);
  // CSV holds one table: the numbers, which name their rulebook and version.
  const text =
    format === 'json'
      ? `${JSON.stringify({ rulebooks: about, numbers }, null, 2)}\n`
      : format === 'csv'
        ? listingText(numbers, 'csv')
        : `${listingText(about, 'table')}\n${listingText(numbers, 'table')}`;
  return written(text, options, terminal);
}

export async function factorsCommand(
  words: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const options = readOptions(words, FACTORS);
  const format: ListingFormat = options.choice('format', LISTING_FORMATS, 'table');
  const rows: ListingRow[] = options.flag('catalogue')
    ? catalogueRows(terminal.language)
    : factorRows(loadStandards().factorSets, terminal.language);
  return written(listingText(rows, format), options, terminal);
}

async function written(text: string, options: Options, terminal: Terminal): Promise<ExitCode> {
  const output = await openOutput(options.text('output'), terminal);
  await output.write(text);
  await output.finish();
  return EXIT.ok;
}
