/** Every shape of rule, with arithmetic that can be checked by hand. */
import fc from 'fast-check';

import { parseFactorSet } from '../document/factor-set';
import { parseRulebook } from '../document/rulebook';
import { SHAPES_RULEBOOK, shapesPlan } from '../document/shapes.fixture';
import { SMALL_FACTOR_SET } from '../document/small.fixture';
import { explain } from '../explain/explain';
import { compilePlan } from '../plan/compile';
import type { Plan } from '../plan/plan';
import { benchmarksOf } from '../statistics/benchmarks-of';
import type { Benchmark } from './benchmarks';
import { Population, type SubjectData } from './population';
import { rate } from './rate';

const plan = shapesPlan();

type Values = Readonly<Record<string, number | string>>;

/** A plain new factory of class 1711: 100 tce for 100 万元, so an intensity of 1. */
const PLAIN: Values = { kind: 'new', violation: 'no', energy: 100, output: 100, last_year: 1 };

function subject(values: Values, region = '330502', p = plan): SubjectData {
  const all: Values = { ...PLAIN, ...values };
  return {
    regionCode: region,
    industryClassification: 'any',
    industryCode: '1711',
    inputs: p.inputs.map(({ name, options }) => {
      const value = all[name];
      if (typeof value !== 'string') return value ?? null;
      return value === '' ? null : options!.findIndex(({ code }) => code === value);
    }),
  };
}

interface Rated {
  readonly outcome: string;
  readonly reasons: readonly string[];
  readonly results: Readonly<Record<string, number | null>>;
  readonly bands: Readonly<Record<string, string | null>>;
}

function rateAll(subjects: readonly SubjectData[], p: Plan = plan): Rated[] {
  const population = new Population(p, subjects.length);
  for (const one of subjects) population.add(one);
  const ratings = rate(p, population, benchmarksOf(p, population));
  return subjects.map((one, i) => {
    const columns = ratings.columns(i);
    const given = ratings.benchmarks(i).filter((b): b is Benchmark => b !== null);
    // Kernel and referee say the same of every subject that any test here rates.
    expect(explain(p, one, given).columns).toEqual(columns);
    return {
      outcome: columns.outcome,
      reasons: columns.reasons,
      results: Object.fromEntries(
        p.results.map(({ name }, k) => [name, columns.values[k] ?? null]),
      ),
      bands: Object.fromEntries(
        p.gradings.map(({ name, bands }, k) => [name, bands[columns.bands[k] ?? -1]?.code ?? null]),
      ),
    };
  });
}

/** Intensities 1, 2, 3, 4, 5: the best 40 % are two, the second best is 2, the mean and the median are 3. */
const FIVE = [1, 2, 3, 4, 5].map((intensity) => subject({ energy: 100 * intensity }));

describe('statistics of peers', () => {
  test('the value that the best 40 % of five reach is the second best; mean and median are 3', () => {
    const [first] = rateAll(FIVE);
    expect(first!.results).toMatchObject({
      strength_leading: 2,
      strength_baseline: 3,
      middle: 3,
    });
  });

  test('the median of an even number is the mean of the two in the middle', () => {
    expect(rateAll(FIVE.slice(0, 4))[0]!.results.middle).toBe(2.5);
  });

  test('a mean adds rounded values: its total is a decimal, however many peers there are', () => {
    const sevenths = Array.from({ length: 300 }, (_, i) => subject({ energy: i, output: 7 + i }));
    const population = new Population(plan, sevenths.length);
    for (const one of sevenths) population.add(one);
    const mean = plan.statistics.findIndex(({ name }) => name === 'strength_baseline');
    const { row } = benchmarksOf(plan, population).find(mean, sevenths[0]!)!;
    expect(row.numerator).toMatch(/^\d+\.\d{1,12}$/);
    expect(row.denominator).toBe('300');
  });

  test('order statistics are exact, in any order of the subjects', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 7 })), {
          minLength: 1,
          maxLength: 30,
        }),
        (pairs) => {
          const subjects = pairs.map(([energy, output]) => subject({ energy, output }));
          const sorted = pairs.map(([energy, output]) => energy / output).sort((a, b) => a - b);
          const wanted = sorted[Math.ceil(0.4 * sorted.length) - 1]!;
          const population = new Population(plan, subjects.length);
          for (const one of subjects) population.add(one);
          const table = benchmarksOf(plan, population);
          const leading = plan.statistics.findIndex(({ name }) => name === 'strength_leading');
          const row = table.find(leading, subjects[0]!)!.row;
          expect(
            Number(row.numerator.split('/')[0]) / Number(row.numerator.split('/')[1] ?? 1),
          ).toBe(wanted);
          const reversed = new Population(plan, subjects.length);
          for (const one of [...subjects].reverse()) reversed.add(one);
          const key = (b: Benchmark): string => `${b.statistic} ${b.groupKey}`;
          const byKey = (rows: readonly Benchmark[]) =>
            [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
          expect(byKey(benchmarksOf(plan, reversed).rows)).toEqual(byKey(table.rows));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a statistic over scores waits for the statistics that the scores read', () => {
    expect(plan.statistics.map(({ name, stage }) => [name, stage])).toEqual([
      ['top_score', 2],
      ['middle', 1],
      ['strength_leading', 1],
      ['strength_baseline', 1],
    ]);
  });
});

describe('scores', () => {
  test('full marks at the leading value, none short of the baseline value, linear between', () => {
    const points = rateAll([...FIVE, subject({ energy: 250 }), subject({ energy: 250 })]);
    // Seven subjects: 1, 2, 2.5, 2.5, 3, 4, 5: the best 40 % are three, leading 2.5, mean 20/7.
    expect(points[0]!.results).toMatchObject({ strength_leading: 2.5, strength_baseline: 2.8571 });
    const five = rateAll(FIVE);
    // Leading 2, baseline 3. Normed: 20 × min(1.5, 3 ÷ intensity); new: 10; no reuse, no platform.
    expect(five.map(({ results }) => results.score)).toEqual([
      40 + 30 + 10,
      40 + 30 + 10,
      0 + 20 + 10,
      0 + 15 + 10,
      0 + 12 + 10,
    ]);
  });

  test('a count is full at its full number, points are capped at their weight, options have their share', () => {
    const score = (values: Values): number => rateAll([subject(values)])[0]!.results.score!;
    // Alone: leading is its own intensity, so 40; 3 ÷ 1 capped at 1.5: 30.
    expect(score({})).toBe(80);
    expect(score({ functions: 4 })).toBe(87.5);
    expect(score({ functions: 12 })).toBe(95);
    expect(score({ reuse: 0.9 })).toBe(80.9);
    // Old: correction 0.8, share 0.5.
    expect(score({ kind: 'old' })).toBe(75);
    expect(score({ kind: '' })).toBe(75);
  });

  test('bonuses have a cap, deductions go no lower than zero', () => {
    const score = (values: Values): number => rateAll([subject(values)])[0]!.results.score!;
    expect(score({ award: 3 })).toBe(83);
    expect(score({ award: 9 })).toBe(85);
    expect(score({ accident: 10 })).toBe(70);
    expect(score({ accident: 100 })).toBe(0);
  });

  test('nothing consumed earns the cap of an inverse ratio, and is no division by zero', () => {
    expect(rateAll([subject({ energy: 0 })])[0]!.results.score).toBe(80);
  });
});

describe('gradings', () => {
  test('a rank quota gives the better class to all who are tied at its edge', () => {
    // Best 40 % of five scores 80, 80, 30, 25, 22 are those of at least 80.
    expect(rateAll(FIVE).map(({ bands }) => bands.rank)).toEqual(['A', 'A', 'B', 'B', 'B']);
    const tied = [100, 100, 100, 400, 500].map((energy) => subject({ energy }));
    expect(rateAll(tied).map(({ bands }) => bands.rank)).toEqual(['A', 'A', 'A', 'B', 'B']);
  });

  test('a gate that does not hold decides, whatever the score', () => {
    const [clean, violating] = rateAll([subject({}), subject({ violation: 'yes' })]);
    expect([clean!.bands.star, violating!.bands.star]).toEqual(['good', 'none']);
    expect(violating!.outcome).toBe('rated');
  });

  test('a band with a limit and a condition needs both', () => {
    // 80 points each; the worse half is above the median of intensity, so good is out of its reach.
    const [a, b] = rateAll([subject({ energy: 100 }), subject({ energy: 101 })]);
    expect([a!.results.score, a!.bands.star]).toEqual([80, 'good']);
    expect(b!.bands.star).toBe('fair');
  });

  test('a value on a bound takes the better band', () => {
    // 75 − 15 = 60 exactly; 75 − 45 = 30 exactly.
    const bands = [15, 15.01, 45, 45.01].map(
      (accident) => rateAll([subject({ kind: 'old', accident })])[0]!.bands.star,
    );
    expect(bands).toEqual(['good', 'fair', 'fair', 'none']);
  });

  test('a ladder of gates takes the highest step whose conditions hold', () => {
    const step = (values: Values, region?: string) =>
      rateAll([subject(values, region)])[0]!.bands.step;
    expect(step({ functions: 8 })).toBe('two');
    expect(step({ functions: 8, kind: 'old' })).toBe('one');
    expect(step({ functions: 7 })).toBe('none');
    expect(step({ functions: 0 }, '330523')).toBe('one');
    expect(step({ functions: 0 }, '330881')).toBe('one');
  });
});

describe('values by what a subject is', () => {
  test('a table takes the longest beginning of the industry code, and what counts otherwise', () => {
    const normed = (industryCode: string): number | null =>
      rateAll([{ ...subject({}), industryCode }])[0]!.results.against_norm!;
    expect([normed('1711'), normed('1712'), normed('2011')]).toEqual([0.3333, 0.5, 1]);
  });

  test('a dated table value begins on its day', () => {
    const later = shapesPlan(undefined, '2025');
    expect(rateAll([subject({})])[0]!.results.intensity).toBe(1);
    expect(rateAll([subject({}, '330502', later)], later)[0]!.results.intensity).toBe(1.1);
  });
});

describe('unknown values', () => {
  test('known() guards its branch: without last year there is no change, and the reason is told', () => {
    const [one] = rateAll([subject({ last_year: '' }), ...FIVE]);
    expect(one!.results.change).toBe(0);
    expect(one!.reasons).toEqual(['no-last-year']);
    expect(rateAll([subject({ last_year: 2 })])[0]!.results.change).toBe(-0.5);
    expect(rateAll([subject({ last_year: 0 })])[0]!.results.change).toBe(0);
  });

  describe('a measured value in place of a default', () => {
    const burnt: Values = { fuel_01: 10, fuel_03: 10 };

    test('counts member by member: 10 × 0.5 × 44/12 + 10 × 0.9 × 44/12', () => {
      const [measured, one, none] = rateAll([
        subject({ ...burnt, measured_carbon_01: 0.5, measured_carbon_03: 0.6 }),
        subject({ ...burnt, measured_carbon_01: 0.5 }),
        subject(burnt),
      ]);
      expect(measured!.results.emissions).toBe(40.3333);
      expect(one!.results.emissions).toBe(51.3333);
      expect(none!.results.emissions).toBe(55);
      expect(none!.outcome).toBe('rated');
    });

    test('the trace shows the value that counts, and that nothing was measured where the default does', () => {
      const line = explain(plan, subject({ ...burnt, measured_carbon_01: 0.5 }), []).lines.find(
        ({ name }) => name === 'emissions',
      )!;
      expect(line.substituted).toBe('10 × 0.5 × 3.666667… + 10 × 0.9 × 3.666667…');
      expect(line.operands.map(({ name, value }) => [name, value])).toEqual([
        ['fuel_01', '10'],
        ['measured_carbon_01', '0.5'],
        ['molar_01', '11/3'],
        ['fuel_03', '10'],
        ['measured_carbon_03', null],
        ['carbon_03', '0.9'],
        ['molar_03', '11/3'],
      ]);
      expect(line.operands[4]!.note).toEqual({ zh: '未填报', en: 'not submitted' });
      expect(line.operands[5]).toMatchObject({ status: 'reported', unit: 'tC/t' });
    });

    test('a term is left out of the trace where its quantity is zero, not where an unused default is', () => {
      const factors = SMALL_FACTOR_SET.replace('value: 0.6, unit: tC/t', 'value: 0, unit: tC/t');
      const zero = compilePlan(
        parseRulebook(SHAPES_RULEBOOK, 'shapes.yaml'),
        parseFactorSet(factors, 'few.yaml'),
        plan.period,
      );
      const line = explain(zero, subject({ fuel_01: 10, measured_carbon_01: 0.5 }), []).lines.find(
        ({ name }) => name === 'emissions',
      )!;
      expect([line.substituted, line.zeroTerms]).toEqual(['10 × 0.5 × 3.666667…', 1]);
    });
  });

  test('a subject that is not rated is nobody’s peer', () => {
    const [first, withoutOutput] = rateAll([...FIVE.slice(0, 1), subject({ output: 0 })]);
    expect(withoutOutput!.reasons).toContain('output-zero');
    expect(first!.results.middle).toBe(1);
  });
});

test('kernel and referee agree on random subjects of every shape', () => {
  const amount = fc.oneof(
    fc.integer({ min: 0, max: 500 }),
    fc.integer({ min: 0, max: 10 ** 7 }).map((n) => n / 10 ** 4),
  );
  const measured = fc.option(
    fc.integer({ min: 10, max: 95 }).map((n) => n / 100),
    { nil: '' },
  );
  const option = (...codes: string[]) => fc.constantFrom(...codes, '');
  const values = fc.record({
    kind: option('old', 'new'),
    violation: option('yes', 'no'),
    energy: amount,
    output: amount,
    reuse: fc.integer({ min: 0, max: 20 }).map((n) => n / 20),
    functions: fc.integer({ min: 0, max: 12 }),
    last_year: amount,
    award: amount,
    accident: amount,
    fuel_01: amount,
    fuel_03: amount,
    measured_carbon_01: measured,
    measured_carbon_03: measured,
  });
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 12 }), (list) => {
      rateAll(list.map((one) => subject(one)));
    }),
    { numRuns: 300 },
  );
});
