/** One broken rulebook for every kind of mistake an author can make: the error says where and what. */
import { parsePeriod } from '@tanxiao/contracts';

import { compilePlan } from '../plan/compile';
import { parseFactorSet } from './factor-set';
import { type DocumentProblem, RulebookError } from './problems';
import { parseRulebook } from './rulebook';
import { SHAPES_RULEBOOK } from './shapes.fixture';
import { SMALL_FACTOR_SET, SMALL_RULEBOOK } from './small.fixture';

const period = parsePeriod('2024')!;

function problemsOf(text: string, factorSet = SMALL_FACTOR_SET): readonly DocumentProblem[] {
  try {
    compilePlan(parseRulebook(text, 'made.yaml'), parseFactorSet(factorSet, 'few.yaml'), period);
    return [];
  } catch (error) {
    if (error instanceof RulebookError) return error.problems;
    throw error;
  }
}

test('the rulebooks that the mistakes are made in have no problem themselves', () => {
  expect(problemsOf(SMALL_RULEBOOK)).toEqual([]);
  expect(problemsOf(SHAPES_RULEBOOK)).toEqual([]);
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
    '2022-01-01", value: 2',
  ],
  ['unknown-source', 'source: book, clause: "1"', 'source: bok, clause: "1"', 'bok'],
  // Every object has a member of this name: only those of the document count.
  [
    'unknown-source',
    'source: book, clause: "1"',
    'source: constructor, clause: "1"',
    'constructor',
  ],
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
    'withholds: [intensity]',
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
  ['duplicate-name', 'level: all', 'level: class', 'level: class'],
  [
    'duplicate-name',
    '{ name: ratio, decimals: 3 }]',
    '{ name: ratio, decimals: 3 }, { name: ratio, decimals: 2 }]',
    'ratio, decimals: 2',
  ],
  ['duplicate-name', '- { code: B,', '- { code: A,', '甲'],
  ['bad-number', 'value: 2, source', 'value: 2.1234567890123456, source', '2.12'],
  ['bad-number', 'missing: { value: 0 }', 'missing: { value: 1.0e+300 }', '1.0e+300'],
  ['bad-number', 'minimum: 0', 'minimum: 1.0e-300', '1.0e-300'],
  ['yaml', 'subject: enterprise', 'subject: enterprise\nsubject: factory', 'subject: factory'],
  ['yaml', 'title: { zh: 小例, en: Small }', 'title: { zh: 小例, en: Small', 'subject'],
];

const LAST_GROUP = 'industryDigits: 0, region: all }]';

/** The same in the rulebook that has every shape. */
const MISTAKES_IN_SHAPES: typeof MISTAKES = [
  ['unknown-option', 'missing: { option: old }', 'missing: { option: older }', 'name: kind'],
  ['unknown-option', 'violation == "no"', 'violation == "none"', 'no-violation'],
  ['unknown-option', '{ key: old, values', '{ key: ancient, values', 'ancient'],
  ['text-without-choice', 'violation == "no"', 'energy == "no"', 'no-violation'],
  ['option-order', 'violation == "no"', 'violation <= "no"', 'no-violation'],
  ['unit-clash', 'formula: intensity / norm', 'formula: intensity / norm * kind', 'against_norm'],
  ['duplicate-name', '{ code: "yes", title', '{ code: "no", title', 'name: violation'],
  ['duplicate-name', '{ key: "1711", values', '{ key: "17", values', 'key: "17"'],
  ['bad-number', 'minimum: 0, maximum: 12', 'minimum: 13, maximum: 12', 'functions'],
  ['schema-invalid_format', 'from: "2025-01-01", value: 1.1', 'from: "2025", value: 1.1', '1.1'],
  ['date-order', 'from: "2025-01-01", value: 1.1', 'from: "2021-01-01", value: 1.1', '1.1'],
  [
    'date-gap',
    '- { key: "17", values: [{ from: "2021-01-01"',
    '- { key: "17", values: [{ from: "2023-01-01"',
    'key: "17"',
  ],
  [
    'unknown-source',
    'otherwise: { value: 1, source: book',
    'otherwise: { value: 1, source: booklet',
    'booklet',
  ],
  [
    'unknown-reason',
    'otherwise: { notRated: no-correction }',
    'otherwise: { notRated: no-corrections }',
    'no-corrections',
  ],
  ['unknown-name', 'by: { input: kind }', 'by: { input: energy }', 'energy'],
  ['weights-sum', 'weight: { value: 40,', 'weight: { value: 45,', 'weight: { value: 60'],
  ['weights-sum', 'full: { value: 100,', 'full: { value: 90,', 'full'],
  ['options-without-choice', 'of: kind, method: options', 'of: reuse, method: options', 'modern'],
  [
    'options-shares',
    'new: { value: 1, source: book, status: assumed } }',
    'newer: { value: 1, source: book, status: assumed } }',
    'modern',
  ],
  ['unknown-name', 'of: reuse, method: points', 'of: reused_share, method: points', 'reused_share'],
  ['unit-clash', 'of: functions, method: count', 'of: energy, method: count', 'platform'],
  ['unknown-name', 'full: all_functions', 'full: every_function', 'every_function'],
  ['bad-share', 'value: 0.4, source', 'value: 1.4, source', 'share: best_share'],
  ['unknown-name', 'share: best_share\n    best', 'share: best_part\n    best', 'best_part'],
  [
    'unit-clash',
    'name: middle\n    title: { zh: 中位, en: Median }\n    unit: tce/10k_cny',
    'name: middle\n    title: { zh: 中位, en: Median }\n    unit: tce',
    'unit: tce',
  ],
  [
    'cycle',
    'members: output > 0\n    minimumPeers: least\n    source: book\n    clause: "5"',
    'members: top_score > 0\n    minimumPeers: least\n    source: book\n    clause: "5"',
    'name: intensity',
  ],
  ['band-mixed', 'atLeast: fair_score', 'atMost: fair_score', '合格'],
  [
    'band-gap',
    '- { code: none, title: { zh: 未达, en: none } }',
    '- { code: none, title: { zh: 未达, en: none }, when: functions > 0 }',
    '未达',
  ],
  [
    'band-bound',
    '- { code: one, title: { zh: 一阶, en: one }, when: functions >= all_functions or in_hills == 1 }',
    '- { code: one, title: { zh: 一阶, en: one } }',
    '一阶',
  ],
  [
    'band-bound',
    'title: { zh: 二阶, en: two }, when',
    'title: { zh: 二阶, en: two }, atLeast: all_functions, when',
    '二阶',
  ],
  ['unknown-name', 'atLeast: good_score', 'atLeast: great_score', '良好'],
  ['unknown-name', 'otherwise: none, source', 'otherwise: nothing, source', 'no-violation'],
  [
    'rounded-limit',
    '    of: score\n    source: book\n    clause: "5"',
    '    of: score\n    compare: rounded-value\n    source: book\n    clause: "5"',
    '甲',
  ],
  ['arguments', 'known(last_year) and', 'known(last_year, energy) and', 'name: change'],
  [
    'division-unguarded',
    'known(last_year) and last_year > 0 ?',
    'known(last_year) ?',
    'name: change',
  ],
  ['unknown-name', LAST_GROUP, `by: [kinds], ${LAST_GROUP}`, 'kinds'],
  ['groups-without-choice', LAST_GROUP, `by: [energy], ${LAST_GROUP}`, 'by: [energy]'],
  ['repeated-choice', LAST_GROUP, `by: [kind, kind], ${LAST_GROUP}`, 'by: [kind, kind]'],
  ['unused-input', 'of: award, clause', 'of: accident, clause', 'award'],
  [
    'total-without-member',
    '      - { code: "03", title: { zh: 油, en: Oil }, unit: t }\n',
    '',
    'total(fuels',
  ],
  ['total-without-member', 'only: ["01", "03"]', 'only: ["01"]', 'total(fuels'],
  ['factor-without-part', 'parts: [carbon]', 'parts: [carbn]', 'parts: [carbn]'],
  ['duplicate-name', 'parts: [carbon]', 'parts: [carbon, carbon]', 'parts: [carbon, carbon]'],
  ['unit-clash', 'parts: [carbon]', 'parts: [carbon, molar]', 'total(fuels'],
  ['bad-number', 'maximum: 0.95', 'maximum: 0.05', 'maximum: 0.05'],
  [
    'unknown-without-reason',
    'name: award, title: { zh: 奖励分, en: Award }, unit: "1", minimum: 0, missing: { value: 0 }',
    'name: award, title: { zh: 奖励分, en: Award }, unit: "1", minimum: 0, missing: unknown',
    'name: awarded',
  ],
  [
    'unknown-without-reason',
    'when: intensity <= middle',
    'when: measured_carbon_01 > 0',
    'name: star',
  ],
];

test('factor-without-part: a factor that is no product has no parts', () => {
  const text = SHAPES_RULEBOOK.replace(
    '{ code: "01", title: { zh: 煤, en: Coal }',
    '{ code: "02", title: { zh: 气, en: Gas }, unit: 10k_m3, informative: true }\n      - { code: "01", title: { zh: 煤, en: Coal }',
  );
  const problem = problemsOf(text).find(({ code }) => code === 'factor-without-part');
  expect(problem?.message).toContain('it is no product');
});

test('bad-unit: a part of a factor has a unit as the factor has', () => {
  const factors = SMALL_FACTOR_SET.replace('unit: tC/t', 'unit: "tC//t"');
  const problems = problemsOf(SMALL_RULEBOOK, factors);
  expect(problems.map(({ code, file }) => [code, file])).toEqual([['bad-unit', 'few.yaml']]);
});

test('no-population: a score that compares with a population names it', () => {
  const start = SHAPES_RULEBOOK.indexOf('    population:\n');
  const end = SHAPES_RULEBOOK.indexOf('    groups:\n      - name: low_energy');
  const text = SHAPES_RULEBOOK.slice(0, start) + SHAPES_RULEBOOK.slice(end);
  expect(problemsOf(text).map(({ code }) => code)).toContain('no-population');
});

test.each([
  ...MISTAKES.map((mistake) => [...mistake, SMALL_RULEBOOK] as const),
  ...MISTAKES_IN_SHAPES.map((mistake) => [...mistake, SHAPES_RULEBOOK] as const),
])('%s: %s → %s', (code, wrongBefore, wrong, place, rulebook) => {
  expect(rulebook).toContain(wrongBefore);
  const text = rulebook.replace(wrongBefore, wrong);
  const problem = problemsOf(text).find((p) => p.code === code);
  expect(problem).toBeDefined();
  expect(problem!.file).toBe('made.yaml');
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
