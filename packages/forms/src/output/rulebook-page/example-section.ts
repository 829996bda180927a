/** The worked examples of a rulebook's page, each with its arithmetic to be checked by hand. */
import type { Example, ExampleResult } from '@tanxiao/rulebook';

import { explanationText } from '../explanation-text';
import { block, code, plain } from './markdown';
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
    ...(subject ? rejectionLines(page, subject) : []),
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

/** Of an example that is turned away on arrival, there is no arithmetic: what was submitted, and what is wrong with it. */
function rejectionLines(page: Page, { inputs, expect }: Example): string[] {
  if (!('rejected' in expect)) return [];
  const wrong = expect.rejected.map((one) =>
    'check' in one ? code(one.check) : `${code(one.input)} ${code(one.issue)}`,
  );
  const submitted = Object.entries(inputs).map(([name, value]) => `${name} = ${value ?? ''}`);
  return [
    `${page.say('rejectedFor')}: ${wrong.join(', ')}`,
    '',
    `<details><summary>${page.say('submitted')}</summary>`,
    '',
    ...block(submitted.join('\n')),
    '',
    '</details>',
    '',
  ];
}
