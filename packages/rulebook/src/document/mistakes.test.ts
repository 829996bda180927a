/** One broken rulebook for every kind of mistake an author can make: the error says where and what. */
import { parsePeriod } from '@tanxiao/contracts';

import { compilePlan } from '../plan/compile';
import { parseFactorSet } from './factor-set';
import { type DocumentProblem, RulebookError } from './problems';
import { parseRulebook } from './rulebook';
import { SMALL_FACTOR_SET, SMALL_RULEBOOK } from './small.fixture';

const period = parsePeriod('2024')!;

function problemsOf(text: string, factorSet = SMALL_FACTOR_SET): readonly DocumentProblem[] {
  try {
    compilePlan(parseRulebook(text, 'small.yaml'), parseFactorSet(factorSet, 'few.yaml'), period);
    return [];
  } catch (error) {
    if (error instanceof RulebookError) return error.problems;
    throw error;
  }
}

test('the small rulebook itself has no problem', () => {
  expect(problemsOf(SMALL_RULEBOOK)).toEqual([]);
});

/** [code, text replaced, replacement, part of the line that the problem names] */
const MISTAKES: readonly (readonly [string, string, string, string])[] = [
  [
    'unknown-name',
    'formula: emissions / output',
    'formula: emissions / outputt',
    'emissions / outputt',
  ],
  [
    'cycle',
    'formula: "total(fuels, fuel * emission)"',
    'formula: "total(fuels, fuel * emission) + 0 * ratio * output * mean"',
    '0 * ratio',
  ],
  [
    'unit-clash',
    'formula: emissions / output',
    'formula: (emissions + output) / output',
    '(emissions + output)',
  ],
  ['unit-clash', 'unit: tCO2/10k_cny, formula', 'unit: tCO2, formula', 'intensity'],
  ['unit-clash', 'require: note <= 100', 'require: note <= output', 'note-small'],
  ['bad-unit', 'unit: tCO2, formula', 'unit: "tCO2//t", formula', 'tCO2//t'],
  ['band-gap', 'title: { zh: 丙, en: C } }', 'title: { zh: 丙, en: C }, atMost: least }', '丙'],
  ['band-bound', 'title: { zh: 甲, en: A }, atMost: good_limit', 'title: { zh: 甲, en: A }', '甲'],
  ['band-overlap', 'value: 2, source', 'value: 0.95, source', '乙'],
  [
    'date-order',
    '{ from: "2025-01-01", value: 0.9',
    '{ from: "2020-01-01", value: 0.9',
    '2020-01-01',
  ],
  [
    'date-gap',
    'values: [{ from: "2021-01-01", value: 2',
    'values: [{ from: "2022-01-01", value: 2',
    'fair_limit',
  ],
  ['unknown-source', 'source: book, clause: "1"', 'source: bok, clause: "1"', 'bok'],
  [
    'schema-invalid_value',
    'value: 3, source: book, status: assumed',
    'value: 3, source: book, status: guessed',
    'guessed',
  ],
  [
    'schema-invalid_value',
    'value: 3, source: book, status: assumed',
    'value: 3, source: book',
    'value: 3',
  ],
  [
    'schema-invalid_type',
    'value: 3, source: book, status: assumed',
    'value: 3, status: assumed',
    'value: 3',
  ],
  [
    'schema-unrecognized_keys',
    'subject: enterprise',
    'subject: enterprise\nsubjekt: factory',
    'subjekt',
  ],
  ['unused-input', 'require: note <= 100', 'require: least <= 100', 'name: note'],
  [
    'informative-input-read',
    'en: Coal }, unit: t',
    'en: Coal }, informative: true, unit: t',
    'Coal',
  ],
  [
    'division-unguarded',
    'when: output <= 0, withholds: [intensity]',
    'when: output <= 0, withholds: [emissions]',
    'emissions / output',
  ],
  [
    'unknown-without-reason',
    'formula: emissions / output',
    'onlyIf: output > 0, formula: emissions / output',
    'name: intensity',
  ],
  ['cycle', 'numerator: emissions', 'numerator: ratio', 'name: emissions'],
  ['reason-without-cause', 'when: output <= 0, withholds: [intensity], ', '', 'no-output'],
  [
    'reason-incomplete',
    'when: output <= 0, withholds: [intensity]',
    'when: output <= 0',
    'no-output',
  ],
  [
    'unknown-reason',
    'missing: { notRated: no-mean }',
    'missing: { notRated: no-meaning }',
    'no-meaning',
  ],
  ['unknown-set', 'total(fuels, ', 'total(fuel_set, ', 'fuel_set'],
  [
    'family-outside-total',
    'formula: emissions / output',
    'formula: emissions / fuel',
    'emissions / fuel',
  ],
  ['total-without-family', 'total(fuels, fuel * emission)', 'total(fuels, output)', 'output'],
  [
    'nested-total',
    'total(fuels, fuel * emission)',
    'total(fuels, fuel * total(fuels, fuel))',
    'total(fuels, fuel))',
  ],
  ['number-in-formula', 'formula: intensity / mean', 'formula: intensity / mean * 1.05', '1.05'],
  ['unknown-function', 'formula: intensity / mean', 'formula: sqrt(intensity / mean)', 'sqrt'],
  [
    'formula-syntax',
    'formula: intensity / mean',
    'formula: intensity / / mean',
    'intensity / / mean',
  ],
  ['not-allowed', 'formula: intensity / mean', 'formula: "x = intensity / mean"', 'x = intensity'],
  ['not-allowed', 'formula: intensity / mean', 'formula: intensity ^ mean', 'intensity ^ mean'],
  ['not-allowed', 'formula: intensity / mean', 'formula: "\'a\' * mean"', "'a' * mean"],
  ['implicit-product', 'formula: intensity / mean', 'formula: intensity mean', 'intensity mean'],
  ['chained-comparison', 'require: note <= 100', 'require: 0 <= note <= 100', '0 <= note'],
  [
    'condition-for-number',
    'formula: intensity / mean',
    'formula: intensity <= mean',
    'intensity <= mean',
  ],
  ['number-for-condition', 'require: note <= 100', 'require: note', 'note-small'],
  ['check-beyond-inputs', 'require: note <= 100', 'require: emissions <= 100', 'emissions <= 100'],
  ['missing-factor', 'quantity: emission, for', 'quantity: emissivity, for', 'few'],
  ['duplicate-name', 'name: good_limit', 'name: fair_limit', 'rulebook'],
  ['duplicate-name', '- { code: B,', '- { code: A,', '甲'],
  ['bad-number', 'value: 2, source', 'value: 2.1234567890123456, source', '2.12'],
  ['yaml', 'subject: enterprise', 'subject: enterprise\nsubject: factory', 'subject: factory'],
  ['yaml', 'title: { zh: 小例, en: Small }', 'title: { zh: 小例, en: Small', 'subject'],
];

test.each(MISTAKES)('%s: %s → %s', (code, wrongBefore, wrong, place) => {
  expect(SMALL_RULEBOOK).toContain(wrongBefore);
  const text = SMALL_RULEBOOK.replace(wrongBefore, wrong);
  const problem = problemsOf(text).find((p) => p.code === code);
  expect(problem).toBeDefined();
  expect(problem!.file).toBe('small.yaml');
  expect(problem!.message.length).toBeGreaterThan(10);
  const lines = text.split('\n');
  // The place is on the problem's line or, for a block, within the few lines that follow it.
  expect(lines.slice(problem!.line - 1, problem!.line + 3).join('\n')).toContain(place);
});

test('all problems are reported at once', () => {
  const text = SMALL_RULEBOOK.replace(
    'source: book, clause: "1"',
    'source: bok, clause: "1"',
  ).replace('of: intensity', 'of: intensities');
  expect(problemsOf(text).map((p) => p.code)).toEqual(
    expect.arrayContaining(['unknown-source', 'unknown-name']),
  );
});

describe('text that is no rulebook', () => {
  test.each([
    ['empty', ''],
    ['a list', '- 1'],
    ['a million characters', 'a'.repeat(1_000_001)],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]`,
    ],
    ['prototype keys', '__proto__: { polluted: true }\nconstructor: 1'],
    ['a custom tag', 'rulebook: !!js/function "function(){}"'],
  ])('%s is refused', (_, text) => {
    expect(problemsOf(text).length).toBeGreaterThan(0);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test.each([
    ['deep parentheses', `${'('.repeat(5000)}output${')'.repeat(5000)}`],
    ['a long chain', Array(3000).fill('output').join('+')],
    ['a way to JavaScript', 'output.constructor.constructor("return process")()'],
    ['an import', 'import("fs")'],
    ['a power tower', '9^9^9^9'],
    ['a matrix', 'zeros(100000, 10000)'],
  ])('a formula with %s is refused', (_, formula) => {
    const text = SMALL_RULEBOOK.replace(
      'formula: emissions / output',
      `formula: ${JSON.stringify(formula)}`,
    );
    expect(problemsOf(text).length).toBeGreaterThan(0);
  });
});
