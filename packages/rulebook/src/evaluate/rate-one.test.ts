/** One subject at a time is rated as within a population. */
import { parsePeriod } from '@tanxiao/contracts';
import fc from 'fast-check';

import { parseFactorSet } from '../document/factor-set';
import { parseRulebook } from '../document/rulebook';
import { shapesPlan } from '../document/shapes.fixture';
import { SMALL_FACTOR_SET, SMALL_RULEBOOK } from '../document/small.fixture';
import { compilePlan } from '../plan/compile';
import type { Plan } from '../plan/plan';
import { benchmarksOf } from '../statistics/benchmarks-of';
import { Population, type SubjectData } from './population';
import { rate } from './rate';
import { subjectRater } from './rate-one';

const shapes = shapesPlan();
const small = compilePlan(
  parseRulebook(SMALL_RULEBOOK, 'small.yaml'),
  parseFactorSet(SMALL_FACTOR_SET, 'few.yaml'),
  parsePeriod('2024')!,
);

function populationOf(plan: Plan, subjects: readonly SubjectData[]): Population {
  const population = new Population(plan, subjects.length);
  for (const subject of subjects) population.add(subject);
  return population;
}

/** Few values, so that peers, bounds and ties come up; choices get options, others quantities within their limits. */
const subjectOf = (plan: Plan): fc.Arbitrary<SubjectData> =>
  fc.record({
    regionCode: fc.constantFrom('330502', '330521', '110101', '540102'),
    industryClassification: fc.constant('any'),
    industryCode: fc.constantFrom('1111', '1711', '1712', '3011'),
    inputs: fc.tuple(
      ...plan.inputs.map(({ options, minimum, maximum }) =>
        fc.option(
          options
            ? fc.nat(options.length - 1)
            : fc
                .constantFrom(0, 0.5, 1, 2, 5, 100, 333.333)
                .filter((value) => value >= (minimum ?? value) && value <= (maximum ?? value)),
          { freq: 8 },
        ),
      ),
    ),
  });

test.each([
  ['choices, facts, tables and staged statistics', shapes],
  ['factors by region', small],
])('a subject alone is rated as among others, whatever was rated before it: %s', (_, plan) => {
  fc.assert(
    fc.property(fc.array(subjectOf(plan), { minLength: 1, maxLength: 20 }), (subjects) => {
      const population = populationOf(plan, subjects);
      for (const table of [benchmarksOf(plan, population), null]) {
        const ratings = rate(plan, population, table);
        const rateOne = subjectRater(plan, table);
        subjects.forEach((subject, i) => expect(rateOne(subject)).toEqual(ratings.columns(i)));
      }
    }),
  );
});

test('a value beyond its limits is refused in the words of a population', () => {
  const limited = shapes.inputs.findIndex(({ minimum }) => minimum === 0);
  const subject: SubjectData = {
    regionCode: '330502',
    industryClassification: 'any',
    industryCode: '1711',
    inputs: shapes.inputs.map((_, k) => (k === limited ? -1 : null)),
  };
  const message = `${shapes.inputs[limited]!.name} is -1, below its minimum 0`;
  expect(() => populationOf(shapes, [subject])).toThrow(message);
  expect(() => subjectRater(shapes, null)(subject)).toThrow(new RangeError(message));
});
