/** The worked examples of a rulebook's page, each with its arithmetic to be checked by hand. */
import type { ExampleResult } from '@tanxiao/rulebook';

import { explanationText } from '../explanation-text';
import { block, plain } from './markdown';
import type { Page } from './page';

export function examplesSection(page: Page): string[] {
  const { examples } = page.content;
  if (examples.length === 0) return [];
  return [
    `## ${page.say('examples')}`,
    '',
    ...examples.flatMap((one, i) => exampleLines(page, one, i)),
  ];
}

/** @param index of the example in the document, which the results follow */
function exampleLines(page: Page, example: ExampleResult, index: number): string[] {
  const { language } = page;
  const title = example.title[language];
  const subject = page.document.examples[index];
  const facts = [
    `${page.say('period')} ${plain(example.period)}`,
    ...(subject
      ? [
          `${page.say('region')} ${plain(subject.regionCode)}`,
          `${page.say('industry')} ${plain(subject.industryCode)}`,
        ]
      : []),
  ];
  const verdict = page.say(example.passes ? 'agrees' : 'differs');
  return [
    `### ${page.text(example.title)}`,
    '',
    `${facts.join(', ')}; ${verdict}`,
    '',
    ...example.mistakes.map((mistake) => `- ${page.text(mistake)}`),
    ...(example.explanation === null
      ? []
      : [
          `<details><summary>${page.say('arithmetic')}</summary>`,
          '',
          ...block(explanationText(example.explanation, { title, language })),
          '',
          '</details>',
          '',
        ]),
  ];
}
