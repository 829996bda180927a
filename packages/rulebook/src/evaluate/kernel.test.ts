/** The kernel where its arithmetic or its code is at an end: it refers to the referee, it never decides wrongly. */
import { parsePeriod } from '@tanxiao/contracts';

import { parseFactorSet } from '../document/factor-set';
import { parseRulebook } from '../document/rulebook';
import { SMALL_FACTOR_SET, SMALL_RULEBOOK } from '../document/small.fixture';
import { compilePlan } from '../plan/compile';
import { benchmarksOf } from '../statistics/benchmarks-of';
import { Population } from './population';
import { rate } from './rate';
import { evaluateExactly } from './referee';

const PLACE = { regionCode: '330502', industryClassification: 'any', industryCode: '1111' };

/** Rates one subject of a rulebook with "output not positive" replaced by another condition. */
function ratedWhen(
  condition: string,
  inputs: readonly number[],
  rulebook = SMALL_RULEBOOK,
): { readonly refereed: number; readonly reasons: readonly string[] } {
  const text = rulebook.replace('when: output <= 0,', `when: "${condition}",`);
  const plan = compilePlan(
    parseRulebook(text, 'small.yaml'),
    parseFactorSet(SMALL_FACTOR_SET, 'few.yaml'),
    parsePeriod('2024')!,
  );
  const population = new Population(plan, 1);
  population.add({ ...PLACE, inputs });
  const exact = evaluateExactly(plan, { ...PLACE, inputs, statistics: [null] });
  const ratings = rate(plan, population, null);
  expect(ratings.columns(0)).toEqual(exact.columns);
  return { refereed: ratings.refereed, reasons: exact.columns.reasons };
}

const product = (name: string, times: number): string => Array<string>(times).fill(name).join('*');

test('a product within a condition that underflows to zero is not taken for zero', () => {
  ratedWhen(`${product('fuel_01', 25)} > 0`, [1, 0, 1e-14, 0]);
});

test.each([['1 > 0'], ['0 > 1']])('a condition that reads nothing, %s, can be decided', (text) => {
  ratedWhen(text, [1, 0, 1, 1]);
});

const PARAMETER = 'value: 3, source: book';

test.each([
  ['note >= least', 2.3, true],
  ['note > least', 2.3, false],
  ['note == least', 2.3, true],
  ['note != least', 2.3, false],
  ['-note < -least', 2.3, false],
  ['note <= least', 2.30000000000001, false],
  ['note <= least', 2.29999999999999, true],
  ['max(note, least) > least', 2.3, false],
  ['(note > 100 ? 1 : note) == least', 2.3, true],
])(
  '%s with note %d and least 2.3 is no case for the referee: nothing was computed',
  (text, note, holds) => {
    expect(SMALL_RULEBOOK).toContain(PARAMETER);
    const book = SMALL_RULEBOOK.replace(PARAMETER, 'value: 2.3, source: book');
    const { refereed, reasons } = ratedWhen(text, [7, note, 0, 0], book);
    expect(refereed).toBe(0);
    expect(reasons.includes('no-output')).toBe(holds);
  },
);

test('what was computed is a case for the referee exactly on its bound', () => {
  const { refereed } = ratedWhen('note + note - note >= least', [7, 3, 0, 0]);
  expect(refereed).toBe(1);
});

test.each([
  ['max(0, note + note - least) <= 0', 1, 0],
  ['max(note + note - least, 0) > 0', 1, 0],
  ['min(0, note + note) >= 0', 1, 0],
  ['max(0, note + note - least) > 0', 2, 0],
  // Exactly zero by arithmetic: nothing is certain.
  ['max(0, note + note - least - least) <= 0', 3, 1],
])(
  '%s with note %d and least 3 is %d case for the referee: a clamp is exact',
  (text, note, times) => {
    expect(ratedWhen(text, [7, note, 0, 0]).refereed).toBe(times);
  },
);

const BANDS = /bands:\n(?: {6}- .*\n)+/;
const band = (code: string, limit = ''): string =>
  `{ code: ${code}, title: { zh: 档, en: Band }${limit && `, ${limit}`} }`;

describe.each([
  ['upwards', [band('A', 'atMost: good_limit'), band('B', 'below: fair_limit'), band('C')]],
  ['downwards', [band('A', 'atLeast: fair_limit'), band('B', 'above: good_limit'), band('C')]],
  [
    'upwards with a condition',
    [band('A', 'atMost: good_limit'), band('B', 'below: fair_limit, when: note < 1'), band('C')],
  ],
])('bands %s', (_, bands) => {
  const text = SMALL_RULEBOOK.replace(
    BANDS,
    `bands:\n${bands.map((one) => `      - ${one}\n`).join('')}`,
  );

  test.each(['full-value', 'rounded-value'])(
    'compared by %s are those of the referee, on each limit and beside it',
    (compare) => {
      const plan = compilePlan(
        parseRulebook(text.replace('full-value', compare), 'small.yaml'),
        parseFactorSet(SMALL_FACTOR_SET, 'few.yaml'),
        parsePeriod('2024')!,
      );
      // Emissions are 2.2 t a tonne of coal: with an output of 2.2 the intensity is what was burnt.
      const burnt = [0, 0.5, 1, 2, 3].flatMap((at) => [at, at - 1e-14, at + 1e-14, at + 0.0006]);
      const subjects = burnt
        .filter((coal) => coal >= 0)
        .flatMap((coal) => [0, 1].map((note) => ({ ...PLACE, inputs: [2.2, note, coal, 0] })));
      const population = new Population(plan, subjects.length);
      for (const subject of subjects) population.add(subject);
      const benchmarks = benchmarksOf(plan, population);
      const ratings = rate(plan, population, benchmarks);
      const exact = subjects.map((subject) =>
        evaluateExactly(plan, { ...subject, statistics: [benchmarks.find(0, subject)!.totals] }),
      );
      expect(subjects.map((_, i) => ratings.columns(i).bands)).toEqual(
        exact.map(({ columns }) => columns.bands),
      );
      expect(new Set(exact.map(({ columns }) => columns.bands[0])).size).toBe(3);
    },
  );
});
