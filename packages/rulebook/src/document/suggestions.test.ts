/** What an author is told beyond "invalid": the name that was meant, and the mistake within the form that was meant. */
import { parseFactorSet } from './factor-set';
import { type DocumentProblem, RulebookError } from './problems';
import { parseRulebook } from './rulebook';
import { SHAPES_RULEBOOK } from './shapes.fixture';
import { SMALL_FACTOR_SET, SMALL_RULEBOOK } from './small.fixture';

function problemsOf(parse: () => unknown): readonly DocumentProblem[] {
  try {
    parse();
    return [];
  } catch (error) {
    if (error instanceof RulebookError) return error.problems;
    throw error;
  }
}

const inRulebook = (right: string, wrong: string): readonly DocumentProblem[] => {
  const text = SMALL_RULEBOOK.includes(right) ? SMALL_RULEBOOK : SHAPES_RULEBOOK;
  return problemsOf(() => parseRulebook(replaced(text, right, wrong), 'edited.yaml'));
};
const inFactorSet = (right: string, wrong: string): readonly DocumentProblem[] =>
  problemsOf(() => parseFactorSet(replaced(SMALL_FACTOR_SET, right, wrong), 'few.yaml'));

function replaced(text: string, right: string, wrong: string): string {
  expect(text).toContain(right);
  return text.replace(right, wrong);
}

test.each([
  ['a field', 'subject: enterprise', 'subjekt: enterprise', 'subject'],
  ['a field deep within', 'industryDigits: 4', 'industryDigit: 4', 'industryDigits'],
  ['a field of a field of two forms', '{ notRated: missing-output }', '{ notRatd: x }', 'notRated'],
  ['a word of a field of two forms', 'missing: { value: 0 }', 'missing: unknwon', 'unknown'],
  ['an allowed value', 'region: city', 'region: citi', 'city'],
  ['a value in a formula', 'emissions / output', 'emissions / outputt', 'output'],
  ['a calculation', 'of: intensity', 'of: intensiti', 'intensity'],
  ['a parameter of a band', 'atMost: good_limit', 'atMost: god_limit', 'good_limit'],
  ['a source', 'source: book, clause: "1"', 'source: bok, clause: "1"', 'book'],
  ['a reason', '{ notRated: no-mean }', '{ notRated: no-meen }', 'no-mean'],
  ['a set in a formula', 'total(fuels, ', 'total(fuel, ', 'fuels'],
  ['a function', 'known(last_year)', 'knwn(last_year)', 'known'],
  ['an option in a formula', 'kind == "new"', 'kind == "now"', 'new'],
  ['the choice of an option in a formula', 'kind == "new"', 'kinds == "new"', 'kind'],
  ['an option that counts where none is given', '{ option: old }', '{ option: olds }', 'old'],
  ['an option in a table', '{ key: old, values', '{ key: olt, values', 'old'],
  ['a scored option', 'shares: { old: ', 'shares: { oldd: ', 'old'],
  ['the choice that is scored', 'of: kind, method', 'of: kindd, method', 'kind'],
])('%s that is misspelt is met with the right spelling', (_, right, wrong, meant) => {
  expect(inRulebook(right, wrong).map(({ suggestion }) => suggestion)).toContain(meant);
});

test('a source of a factor set that is misspelt is met with the right spelling', () => {
  const problems = inFactorSet('source: book, status: official', 'source: boook, status: official');
  expect(problems.map(({ suggestion }) => suggestion)).toContain('book');
});

test('a name that resembles none is met with no guess', () => {
  const [problem] = inRulebook('of: intensity', 'of: albedo');
  expect(problem).toMatchObject({ code: 'unknown-name', suggestion: null });
});

test('an unknown field is shown where it stands, not where its object begins', () => {
  const problem = inRulebook('subject: enterprise', 'subject: enterprise\nsubjekt: factory')[0];
  expect(problem).toMatchObject({ code: 'schema-unrecognized_keys', line: 5 });
});

describe('a field of several forms', () => {
  test('tells the mistake of the form that was meant, and no other', () => {
    const problems = inFactorSet(
      'value: 44, over: 12, unit: tCO2/tC, source: book, status: official',
      'value: 44, over: 12, unit: tCO2/tC, source: book, status: certain',
    );
    expect(problems.map(({ code }) => code)).toEqual(['schema-invalid_value']);
    expect(problems[0]!.message).toContain('factors.0.product.1.status');
  });

  test('tells every form where none fits better', () => {
    const problems = inRulebook(
      'headline: {',
      `examples:
  - title: { zh: 例, en: Example }
    period: "2024"
    inputs: {}
    expect: { outcome: rated, results: { ratio: 0.6 } }
headline: {`,
    );
    expect(problems.map(({ code }) => code)).toEqual(['schema-invalid_union']);
    expect(problems[0]!.message).toMatch(/string.*or.*null/);
  });
});

test('every syntax error of a document is reported, each at its place', () => {
  const problems = problemsOf(() =>
    parseRulebook('rulebook: small\nversion: "1" b\ntitle: "a" b\n', 'x.yaml'),
  );
  expect(problems.map(({ code }) => code)).toEqual(problems.map(() => 'yaml'));
  expect(new Set(problems.map(({ line }) => line))).toEqual(new Set([2, 3]));
});
