import { readFileSync } from 'node:fs';
import path from 'node:path';

import { type Language, unitTitle } from '@tanxiao/contracts';
import {
  checkExamples,
  namedFactorSet,
  parseFactorSet,
  parseRulebook,
  type Rulebook,
  writtenDocument,
} from '@tanxiao/rulebook';
import { loadStandards } from '@tanxiao/standards';

import { statusTitle } from '../status-title';
import { code, plain } from './markdown';
import { codeWords } from './page-words';
import { rulebookPage } from './rulebook-page';

const shipped = loadStandards();

/** Has every shape of rule once; it asks for no factor. */
const shapes = parseRulebook(
  readFileSync(
    path.join(
      path.dirname(require.resolve('@tanxiao/rulebook/package.json')),
      'src/document/shapes-rulebook.fixture.yaml',
    ),
    'utf8',
  ),
  'shapes.yaml',
);
const noFactors = parseFactorSet(
  `factorSet: few
version: 1.0.0
title: { zh: 无, en: None }
effective: { from: "2021-01-01" }
sources: {}
factors: []
`,
  'few.yaml',
);
const { rulebooks } = shipped;
const factorSets = [...shipped.factorSets, noFactors];

function pageOf(rulebook: Rulebook, ...languages: Language[]): string {
  const factorSet = namedFactorSet(rulebook, factorSets)!;
  return rulebookPage(
    { rulebook, factorSet, examples: checkExamples(rulebook, factorSet) },
    languages,
  );
}

describe.each([...rulebooks, shapes].map((rulebook) => [rulebook.id, rulebook] as const))(
  '%s',
  (_, rulebook) => {
    test.each(['zh', 'en'] as const)(
      'every name, number, formula and text of the document stands on its page (%s)',
      (language) => {
        const page = pageOf(rulebook, language).replace(/\s+/g, ' ');
        const missing = leavesOf(writtenDocument(rulebook), language).filter(
          (text) => !waysToShow(text, language).some((shown) => page.includes(shown)),
        );
        expect([...new Set(missing)]).toEqual([]);
      },
    );
  },
);

describe.each(rulebooks.map((rulebook) => [rulebook.id, rulebook] as const))(
  '%s',
  (_, rulebook) => {
    test('every worked example stands there with its arithmetic', () => {
      const page = pageOf(rulebook, 'en');
      const { examples } = rulebook.document;
      expect(page.match(/agrees with what the rulebook expects/g)).toHaveLength(examples.length);
      expect(page.match(/<summary>Arithmetic<\/summary>/g)).toHaveLength(examples.length);
      expect(page).toContain('with numbers: ');
    });

    test('a page in both languages has the parts of either, Chinese first', () => {
      const page = pageOf(rulebook, 'zh', 'en');
      const [chinese, english] = page.split('\n---\n');
      expect(chinese).toContain('[English](#en)');
      expect(chinese!.trimEnd()).toContain(pageOf(rulebook, 'zh').trimEnd());
      expect(english).toContain(pageOf(rulebook, 'en').trimEnd());
    });
  },
);

test('how many numbers are official, reported and assumed is counted', () => {
  const industrial = rulebooks.find(({ id }) => id === 'industrial-carbon-efficiency')!;
  // Levels and grades are reported; the least number of peers and the green-power switch are not.
  expect(pageOf(industrial, 'en')).toContain(
    '| The rulebook’s own numbers | 0 (0 %) | 6 (75 %) | 2 (25 %) | 8 |',
  );
});

test('a limit of a band stands with its status, and with its dates where it changes', () => {
  const [rulebook] = rulebooks.filter(({ id }) => id === 'small-enterprise-carbon-efficiency');
  const dated = rulebook!.text.replace(
    '{ from: "2021-01-01", value: 0.6, source: project, clause: 碳效等级, status: assumed }',
    '{ from: "2021-01-01", value: 0.6, source: project, status: assumed }, { from: "2027-01-01", value: 0.55, source: changxing, status: reported }',
  );
  expect(pageOf(rulebook!, 'en')).toContain('≤ 0.6 (assumed by this project) `grade_1_limit`');
  expect(pageOf(parseRulebook(dated, 'dated.yaml'), 'en')).toContain(
    '≤ 0.6 (from 2021-01-01, assumed by this project), 0.55 (from 2027-01-01, reported) `grade_1_limit`',
  );
});

test('what an author writes is shown, never taken for markup', () => {
  const [rulebook] = rulebooks;
  const wild = '<b>|a|</b> `x` *y* [z](u)';
  const page = pageOf({ ...rulebook!, title: { zh: wild, en: wild } }, 'en');
  expect(page).toContain('# \\<b\\>\\|a\\|\\</b\\> \\`x\\` \\*y\\* \\[z\\](u)');
  expect(code('a | b')).toBe('`a \\| b`');
  expect(code('`')).toBe('`` ` ``');
});

/** As it is, as Markdown, or where the text is a code in the page's words for it. */
function waysToShow(text: string, language: Language): string[] {
  return [
    text,
    plain(text),
    code(text),
    ...[statusTitle(text), codeWords(text), unitTitle(text)].map((title) => plain(title[language])),
  ];
}

/** Texts of one language and all other values of a document, as texts; of examples what is not their arithmetic. */
function leavesOf(value: unknown, language: Language): string[] {
  if (typeof value === 'string' || typeof value === 'number') {
    return [String(value).replace(/\s+/g, ' ').trim()];
  }
  if (typeof value !== 'object' || value === null) return [];
  // A ladder of gates compares nothing, so how it would compare is no text of it.
  const isLadder = 'bands' in value && 'compare' in value && !('of' in value && value.of);
  const passed = [...[language === 'zh' ? 'en' : 'zh', 'expect'], ...(isLadder ? ['compare'] : [])];
  return Object.entries(value).flatMap(([key, below]) =>
    passed.includes(key) ? [] : leavesOf(below, language),
  );
}
