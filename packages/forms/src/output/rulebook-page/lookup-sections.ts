/** What is looked up for a subject: facts by region or industry, tables. */
import { unit } from './input-sections';
import { code, plain, table } from './markdown';
import type { Page } from './page';
import { codeWords } from './page-words';
import { datedText } from './rule-sections';

export function factsSection(page: Page): string[] {
  const { facts } = page.document;
  if (facts.length === 0) return [];
  const rows = facts.map((fact) => [
    code(fact.name),
    page.text(fact.title),
    `${codeWords(fact.of)[page.language]} ${fact.codes.map(plain).join(', ')}`,
    page.status(fact.status),
    page.basis(fact),
  ]);
  const head = ['name', 'title', 'codes', 'status', 'basis'] as const;
  return [
    `## ${page.say('facts')}`,
    '',
    ...table(
      head.map((word) => page.say(word)),
      rows,
    ),
  ];
}

export function tablesSection(page: Page): string[] {
  const { tables } = page.document;
  if (tables.length === 0) return [];
  return [
    `## ${page.say('tables')}`,
    '',
    ...tables.flatMap(({ name, title, unit: symbol, by, rows, otherwise }) => [
      `### ${page.text(title)} ${code(name)}`,
      '',
      `- ${page.say('unit')}: ${unit(page, symbol)}`,
      `- ${page.say('by')}: ${typeof by === 'string' ? codeWords(by)[page.language] : page.titleOf(by.input)}`,
      '',
      ...table(
        [page.say('key'), page.say('value'), page.say('basis')],
        [
          ...rows.map(({ key, values }) => [
            code(key),
            datedText(page, values),
            sourcesOf(page, values),
          ]),
          'notRated' in otherwise
            ? [
                page.say('elsewhere'),
                page.say('notRatedFor', { reason: page.reason(otherwise.notRated) }),
                '',
              ]
            : [
                page.say('elsewhere'),
                datedText(page, otherwise),
                sourcesOf(page, 'value' in otherwise ? [otherwise] : otherwise),
              ],
        ],
      ),
    ]),
  ];
}

function sourcesOf(
  page: Page,
  values: readonly { readonly source: string; readonly clause?: string | undefined }[],
): string {
  return [...new Set(values.map((value) => page.basis(value)))].join(', ');
}
