/** The kernel where its arithmetic or its code is at an end: it refers to the referee, it never decides wrongly. */
import { parsePeriod } from '@tanxiao/contracts';

import { parseFactorSet } from '../document/factor-set';
import { parseRulebook } from '../document/rulebook';
import { SMALL_FACTOR_SET, SMALL_RULEBOOK } from '../document/small.fixture';
import { compilePlan } from '../plan/compile';
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
