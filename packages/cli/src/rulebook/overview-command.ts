/** `tanxiao rulebook overview`: rulebooks by shapes, examples and how sure their numbers are. */
import { type Language, LANGUAGES } from '@tanxiao/contracts';
import { namedFactorSet, type Rulebook } from '@tanxiao/rulebook';
import { loadStandards, MissingFactorSetError } from '@tanxiao/standards';

import { EXIT, type ExitCode } from '../failures';
import { LISTING_FORMATS, type ListingFormat, listingText } from '../listings/listing';
import { type OptionShape, readOptions } from '../options';
import { openOutput } from '../output-file';
import { say, type Terminal } from '../terminal';
import { factorSetsAtHand, readRulebook } from './documents';
import { factorSetOverviewOf, overviewOf } from './overview';
import { factorSetRow, overviewPage, type Overviews, rulebookRow } from './overview-text';

const SHAPE: OptionShape = {
  options: { factors: 'text', format: 'text', output: 'text' },
  positionals: { least: 0, most: 1000 },
};
const FORMATS = [...LISTING_FORMATS, 'markdown'] as const;

/** @throws RulebookError, MissingFactorSetError: of rules with problems there is no overview */
export async function overviewCommand(
  words: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const options = readOptions(words, SHAPE);
  const format = options.choice('format', FORMATS, 'table');
  const rulebooks =
    options.positionals.length === 0
      ? loadStandards().rulebooks
      : await Promise.all(options.positionals.map(readRulebook));
  const overviews = await overviewsOf(rulebooks, options.text('factors'));
  const output = await openOutput(options.text('output'), terminal);
  const pages = options.text('lang') === null ? LANGUAGES : [terminal.language];
  await output.write(
    format === 'markdown'
      ? pages.map((language) => overviewPage(overviews, language)).join('\n')
      : overviewText(overviews, format, terminal.language),
  );
  await output.finish();
  const failing = overviews.rulebooks.flatMap(({ id, version, failing: titles }) =>
    titles.map((title) => ({ rulebook: `${id}@${version}`, title })),
  );
  for (const { rulebook, title } of failing) {
    say(terminal, {
      zh: `${rulebook}：算例不符：${title.zh}`,
      en: `${rulebook}: example fails: ${title.en}`,
    });
  }
  return failing.length === 0 ? EXIT.ok : EXIT.failed;
}

async function overviewsOf(
  rulebooks: readonly Rulebook[],
  factors: string | null,
): Promise<Overviews> {
  const factorSets = await factorSetsAtHand(factors);
  const bound = rulebooks.map((rulebook) => {
    const factorSet = namedFactorSet(rulebook, factorSets);
    if (factorSet === null) throw new MissingFactorSetError(rulebook);
    return { rulebook, factorSet };
  });
  const used = new Set(bound.map(({ factorSet }) => factorSet));
  return {
    rulebooks: bound.map(({ rulebook, factorSet }) => overviewOf(rulebook, factorSet)),
    factorSets: [...used].map(factorSetOverviewOf),
  };
}

function overviewText(overviews: Overviews, format: ListingFormat, language: Language): string {
  const rulebooks = overviews.rulebooks.map((one) => rulebookRow(one, language));
  const factorSets = overviews.factorSets.map((one) => factorSetRow(one, language));
  switch (format) {
    case 'json':
      return `${JSON.stringify(overviews, null, 2)}\n`;
    case 'csv':
      return listingText(rulebooks, 'csv');
    case 'table':
      return `${listingText(rulebooks, 'table')}\n${listingText(factorSets, 'table')}`;
  }
}
