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

/** Rates one subject of the small rulebook with "output not positive" replaced by another condition. */
function ratedWhen(condition: string, inputs: readonly number[]): void {
  const text = SMALL_RULEBOOK.replace('when: output <= 0,', `when: "${condition}",`);
  const plan = compilePlan(
    parseRulebook(text, 'small.yaml'),
    parseFactorSet(SMALL_FACTOR_SET, 'few.yaml'),
    parsePeriod('2024')!,
  );
  const population = new Population(plan, 1);
  population.add({ ...PLACE, inputs });
  const exact = evaluateExactly(plan, { ...PLACE, inputs, statistics: [null] });
  expect(rate(plan, population, null).columns(0)).toEqual(exact.columns);
}

const product = (name: string, times: number): string => Array<string>(times).fill(name).join('*');

test('a product within a condition that underflows to zero is not taken for zero', () => {
  ratedWhen(`${product('fuel_01', 25)} > 0`, [1, 0, 1e-14, 0]);
});

test.each([['1 > 0'], ['0 > 1']])('a condition that reads nothing, %s, can be decided', (text) => {
  ratedWhen(text, [1, 0, 1, 1]);
});
