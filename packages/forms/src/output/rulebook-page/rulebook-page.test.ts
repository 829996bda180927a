import { type Language, unitTitle } from '@tanxiao/contracts';
import {
  checkExamples,
  type FactorSet,
  namedFactorSet,
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

/** Of `test/src/support`, which lies outside of this project's sources. */
interface TestSupport {
  shapesDocuments(): { rulebook: Rulebook; factorSet: FactorSet };
}
/** Has every shape of rule once. */
const { rulebook: shapes, factorSet: fewFactors } = jest
  .requireActual<TestSupport>('../../../../../test/src/support/shapes-rulebook')
  .shapesDocuments();
const { rulebooks } = shipped;
const factorSets = [...shipped.factorSets, fewFactors];

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
    test('every worked example stands there with its arithmetic, or with what it is rejected for', () => {
      const page = pageOf(rulebook, 'en');
      const { examples } = rulebook.document;
      expect(page.match(/agrees with what the rulebook expects/g)).toHaveLength(examples.length);
      const rejected = examples.filter((example) => 'rejected' in example.expect).length;
      expect(page.match(/<summary>Arithmetic<\/summary>/g)).toHaveLength(
        examples.length - rejected,
      );
      expect(page.split('Rejected on arrival for: ')).toHaveLength(rejected + 1);
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

test('of a factor that takes parts alone, their numbers, unit and status are shown', () => {
  const page = pageOf(shapes, 'en');
  expect(page).toContain('the product of these parts alone `carbon`');
  expect(page).toContain('| `carbon_01` | Coal: Default carbon content | 0.9 | tC/t | reported |');
  expect(page).toMatch(/\| `molar_03` \| Oil: Molar \| 44\/12 \|/);
});

test('the numbers of a score have their own clause and source where these are not those of their rule', () => {
  const status = 'source: book, status: assumed';
  const own = shapes.text
    .replace(`weight: { value: 60, ${status} }`, `weight: { value: 60, ${status}, clause: W-60 }`)
    .replace(`full: { value: 100, ${status} }`, `full: { value: 100, ${status}, clause: F-100 }`)
    .replace(`cap: { value: 5, ${status} }`, `cap: { value: 5, ${status}, clause: C-5 }`)
    .replace(`old: { value: 0.5, ${status} }`, `old: { value: 0.5, ${status}, clause: O-5 }`)
    .replace(
      `weight: { value: 20, ${status} }`,
      `weight: { value: 20, ${status}, clause: "4.2.2" }`,
    );
  const page = pageOf(parseRulebook(own, 'own.yaml'), 'en');
  expect(page).toContain('Clause: 4.2; Weight: 60 (assumed by this project; W-60)');
  expect(page).toContain('Full marks: 100 (assumed by this project; F-100)');
  expect(page).toContain('(at most 5 (assumed by this project; C-5) together)');
  expect(page).toContain('`old` 0.5 (assumed by this project; O-5)');
  expect(page).toContain('| 20 (assumed by this project) |');
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
