/** What a rulebook is about, how sure its numbers are, and where they are from. */
import type { FactorSet, Rulebook } from '@tanxiao/rulebook';
import { ruleNumbers } from '@tanxiao/rulebook';

import { code, plain, table } from './markdown';
import type { Page } from './page';
import { codeWords } from './page-words';

export function aboutSection(page: Page): string[] {
  const { rulebook, factorSet } = page.content;
  const { document, language } = page;
  const { from, to } = document.effective;
  const words = (codes: readonly string[]): string =>
    codes.map((one) => plain(codeWords(one)[language])).join(', ');
  const facts: [string, string][] = [
    [page.say('version'), `${code(rulebook.id)} ${rulebook.version}`],
    [page.say('subject'), words([document.subject])],
    [
      page.say('inForce'),
      to === undefined ? page.say('from', { from }) : page.say('fromTo', { from, to }),
    ],
    [
      page.say('factorSet'),
      `${page.text(factorSet.title)} ${code(factorSet.id)} ${factorSet.version}`,
    ],
    [page.say('identifiers'), words(document.subjectKey.identifiers)],
    ...document.subjectKey.classifications.map(({ id, level }): [string, string] => [
      page.say('classifications'),
      level === undefined ? words([id]) : `${words([id])}, ${words([level])}`,
    ]),
    [page.say('grade'), page.titleOf(document.headline.grade)],
    ...optional(document.headline.level, (level): [string, string] => [
      page.say('level'),
      page.titleOf(level),
    ]),
    [
      page.say('rankBy'),
      `${page.titleOf(document.headline.rankBy)}, ${words([document.headline.best])}`,
    ],
    ...optional(document.label, (label): [string, string] => [
      page.say('label'),
      code(label[language]),
    ]),
    [page.say('hash'), code(rulebook.hash)],
  ];
  return [
    `# ${page.text(rulebook.title)}`,
    '',
    ...facts.map(([what, value]) => `- ${what}: ${value}`),
    '',
  ];
}

function optional<T, U>(value: T | undefined, make: (value: T) => U): U[] {
  return value === undefined ? [] : [make(value)];
}

const STATUSES = ['official', 'reported', 'assumed'] as const;

export function surenessSection(page: Page): string[] {
  const { rulebook, factorSet } = page.content;
  const row = (what: string, statuses: readonly string[]): string[] => [
    what,
    ...STATUSES.map((status) =>
      share(statuses.filter((one) => one === status).length, statuses.length),
    ),
    String(statuses.length),
  ];
  const own = ruleNumbers(page.document).map(({ status }) => status);
  return [
    `## ${page.say('sureness')}`,
    '',
    ...table(
      ['', ...STATUSES.map((status) => page.status(status)), page.say('total')],
      [
        row(page.say('ownNumbers'), own),
        row(page.say('factorNumbers'), factorStatuses(rulebook, factorSet)),
      ],
    ),
  ];
}

/** `7 (78 %)`: to a whole per cent, for reading. */
function share(count: number, of: number): string {
  return of === 0 ? '0' : `${count} (${Math.round((count / of) * 100)} %)`;
}

/** The status of each number of the factors that the rulebook binds: a product counts its every part. */
function factorStatuses(rulebook: Rulebook, factorSet: FactorSet): string[] {
  return factorSet.document.factors.flatMap((factor) => {
    const binding = rulebook.factorNames.filter(
      ({ quantity, carrier }) => quantity === factor.quantity && carrier === factor.carrier,
    );
    if (binding.length === 0) return [];
    if ('product' in factor)
      return factor.product
        .filter((part) => binding.some(({ parts }) => parts === null || parts.includes(part.name)))
        .map(({ status }) => status);
    return 'table' in factor ? factor.table.map(({ status }) => status) : [factor.status];
  });
}

export function sourcesSection(page: Page): string[] {
  const rows = Object.entries(page.document.sources).map(([key, source]) => [
    code(key),
    page.text(source.title),
    [source.citation, source.url]
      .flatMap((one) => (one === undefined ? [] : [plain(one)]))
      .join('; '),
    page.status(source.status),
  ]);
  const head = ['name', 'title', 'citation', 'status'] as const;
  return [
    `## ${page.say('sources')}`,
    '',
    ...table(
      head.map((word) => page.say(word)),
      rows,
    ),
  ];
}
