import { parsePeriod } from '@tanxiao/contracts';
import fc from 'fast-check';

import { parseFactorSet } from '../document/factor-set';
import { parseRulebook } from '../document/rulebook';
import { SMALL_FACTOR_SET, SMALL_RULEBOOK } from '../document/small.fixture';
import { explain } from '../explain/explain';
import { compilePlan } from '../plan/compile';
import type { Plan } from '../plan/plan';
import { benchmarksOf } from '../statistics/benchmarks-of';
import { type Benchmark, BenchmarkTable } from './benchmarks';
import { failedChecks } from './checks';
import { Population, type SubjectData } from './population';
import { rate, type Ratings } from './rate';

const rulebook = parseRulebook(SMALL_RULEBOOK, 'small.yaml');
const factorSet = parseFactorSet(SMALL_FACTOR_SET, 'few.yaml');
const planFor = (period: string): Plan => compilePlan(rulebook, factorSet, parsePeriod(period)!);
const plan = planFor('2024');

interface Values {
  output?: number;
  coal?: number;
  gas?: number;
  industry?: string;
  region?: string;
}

const subject = ({
  output,
  coal,
  gas,
  industry = '1111',
  region = '330502',
}: Values): SubjectData => ({
  regionCode: region,
  industryClassification: 'any',
  industryCode: industry,
  inputs: [output ?? null, null, coal ?? null, gas ?? null],
});

function populationOf(subjects: readonly SubjectData[], p = plan): Population {
  const population = new Population(p, subjects.length);
  for (const s of subjects) population.add(s);
  return population;
}

function rateAmong(subjects: readonly SubjectData[], p = plan): Ratings {
  const population = populationOf(subjects, p);
  return rate(p, population, benchmarksOf(p, population));
}

const given = (benchmarks: readonly (Benchmark | null)[]): Benchmark[] =>
  benchmarks.filter((one) => one !== null);

describe('benchmarks', () => {
  const peers = [
    subject({ output: 10, coal: 5 }),
    subject({ output: 30, coal: 5 }),
    subject({ output: 20, coal: 2 }),
    subject({ output: 20, coal: 4, industry: '2222' }),
  ];

  test('are the ratio of totals, not the mean of ratios', () => {
    const row = benchmarksOf(plan, populationOf(peers)).rows.find(
      (r) => r.groupKey === 'class:any:1111@330500',
    )!;
    // (5 + 5 + 2) × 0.6 × 44/12 = 26.4 over 60
    expect(row).toEqual({
      statistic: 'mean',
      level: 'class',
      groupKey: 'class:any:1111@330500',
      size: 3,
      numerator: '26.4',
      denominator: '60',
      value: 0.44,
    });
  });

  test('fall back to the wider group where peers are too few, and say which group it was', () => {
    const ratings = rateAmong(peers);
    expect(ratings.benchmark(0)).toMatchObject({ level: 'class', size: 3 });
    expect(ratings.benchmark(3)).toMatchObject({ level: 'all', size: 4 });
  });

  test('at the last level count with any number of peers', () => {
    expect(rateAmong([peers[0]!]).benchmark(0)).toMatchObject({ level: 'all', size: 1 });
  });

  test('leave out subjects that are not rated themselves', () => {
    const dirty = [
      subject({ output: -100, coal: 1 }),
      subject({ coal: 1 }),
      subject({ output: 0, coal: 1 }),
    ];
    expect(benchmarksOf(plan, populationOf([...peers, ...dirty])).rows).toEqual(
      benchmarksOf(plan, populationOf(peers)).rows,
    );
  });

  test('are the same in whatever order the subjects come', () => {
    const values = fc.record({
      output: fc.integer({ min: -1000, max: 10 ** 9 }).map((n) => n / 1000),
      coal: fc.integer({ min: 0, max: 10 ** 12 }).map((n) => n / 10 ** 6),
      industry: fc.constantFrom('1111', '2222'),
    });
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 40 }), (list) => {
        const sorted = (items: Values[]) =>
          [...benchmarksOf(plan, populationOf(items.map(subject))).rows].sort((a, b) =>
            a.groupKey < b.groupKey ? -1 : 1,
          );
        expect(sorted([...list].reverse())).toEqual(sorted(list));
      }),
    );
  });
});

describe('ratings', () => {
  const reference = [1, 2, 3].map(() => subject({ output: 1, gas: 0.05 }));

  test('a value exactly on a bound takes the better grade, the least more the next', () => {
    // Gas of 2024 counts 21: 21 × 1 ÷ 21 = 1 = good_limit.
    const ratings = rateAmong([
      subject({ output: 21, gas: 1 }),
      subject({ output: 20.9999999999999, gas: 1 }),
      ...reference,
    ]);
    expect(ratings.columns(0)).toMatchObject({ outcome: 'rated', bands: [0] });
    expect(ratings.columns(1)).toMatchObject({ outcome: 'rated', bands: [1] });
    expect(ratings.refereed).toBeGreaterThan(0);
  });

  test('a dated parameter and a dated factor follow the period', () => {
    const one = [subject({ output: 21, gas: 1 })];
    expect(rateAmong(one, planFor('2024')).columns(0).bands).toEqual([0]);
    expect(rateAmong(one, planFor('2025')).columns(0).bands).toEqual([1]);
    expect(rateAmong(one, planFor('2022')).columns(0).values[0]).toBe(20);
  });

  test('a missing regional factor is a reason, never a zero', () => {
    const columns = rateAmong([
      subject({ output: 21, gas: 1, region: '540102' }),
      ...reference,
    ]).columns(0);
    expect(columns).toEqual({
      outcome: 'not-rated',
      reasons: ['missing-factor'],
      values: [null, null, null],
      bands: [null],
    });
  });

  test('every reason that holds is given, in the order of the rulebook', () => {
    const ratings = rate(plan, populationOf([subject({ output: 0, coal: 1 })]), null);
    expect(ratings.columns(0).reasons).toEqual(['no-output', 'no-mean']);
  });

  test('explanation, referee and kernel give the same columns', () => {
    const value = fc.option(
      fc.integer({ min: 0, max: 10 ** 9 }).map((n) => n / 10 ** 4),
      { nil: undefined },
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 20 }),
        (list) => {
          const subjects = list.map(([output, coal, gas]) =>
            subject({
              ...(output === undefined ? {} : { output }),
              ...(coal === undefined ? {} : { coal }),
              ...(gas === undefined ? {} : { gas }),
            }),
          );
          const ratings = rateAmong(subjects);
          subjects.forEach((s, i) =>
            expect(explain(plan, s, given(ratings.benchmarks(i))).columns).toEqual(
              ratings.columns(i),
            ),
          );
        },
      ),
    );
  });

  test('a kept benchmark read back rates the same', () => {
    const population = populationOf([...reference, subject({ output: 7, coal: 3, gas: 0.1 })]);
    const fresh = benchmarksOf(plan, population);
    const kept = BenchmarkTable.from(
      plan,
      JSON.parse(JSON.stringify(fresh.rows)) as typeof fresh.rows,
    );
    const [a, b] = [rate(plan, population, fresh), rate(plan, population, kept)];
    for (let i = 0; i < population.size; i++) expect(b.columns(i)).toEqual(a.columns(i));
  });

  test('chunks are compared with the same benchmarks as all together, places that come later too', () => {
    const all = [
      ...reference,
      subject({ output: 7, coal: 3, gas: 0.1 }),
      subject({ output: 5, coal: 4, industry: '2222', region: '330523' }),
      subject({ output: 9, coal: 2, industry: '2222', region: '330523' }),
    ];
    const population = populationOf(all);
    const table = benchmarksOf(plan, population);
    const together = rate(plan, population, table);
    all.forEach((one, i) => {
      const chunk = Population.fromColumns(plan, {
        columns: one.inputs.map((value) => Float64Array.of(value ?? NaN)),
        places: [one],
        placeOf: Int32Array.of(0),
        size: 1,
      });
      const alone = rate(plan, chunk.population, table);
      expect(alone.columns(0)).toEqual(together.columns(i));
      expect(alone.benchmarks(0)).toEqual(together.benchmarks(i));
    });
    expect(given([together.benchmark(0), together.benchmark(all.length - 1)])).toHaveLength(2);
  });

  test('a value below its minimum never gets into a population', () => {
    expect(() => populationOf([subject({ output: 1, coal: -1 })])).toThrow(RangeError);
  });
});

describe('checks', () => {
  test('fail exactly beyond their bound, and not where a value is unknown', () => {
    expect(failedChecks(plan, [1, 100, null, null])).toEqual([]);
    expect(failedChecks(plan, [1, 100.000000000001, null, null]).map((c) => c.code)).toEqual([
      'note-small',
    ]);
    expect(failedChecks(plan, [1, null, null, null])).toEqual([]);
  });
});

describe('explanations', () => {
  test('show the arithmetic with this subject’s numbers, the factor’s parts and where each comes from', () => {
    const ratings = rateAmong([subject({ output: 21, coal: 2.5, gas: 1 })]);
    const { lines, gradings, benchmarks } = explain(
      plan,
      subject({ output: 21, coal: 2.5, gas: 1 }),
      given(ratings.benchmarks(0)),
    );
    expect(lines.map((line) => [line.name, line.value, line.shown])).toEqual([
      ['emissions', '26.5', '26.5'],
      ['intensity', '53/42', '1.262'],
      ['ratio', '1', '1'],
    ]);
    expect(lines[0]!.substituted).toBe('2.5 × 2.2 + 1 × 21');
    const coal = lines[0]!.operands.find((o) => o.name === 'emission_01')!;
    expect(coal).toMatchObject({ kind: 'factor', value: '2.2', unit: 'tCO2/t', status: 'assumed' });
    expect(coal.components.map((part) => part.value)).toEqual(['0.6', '44/12']);
    const gas = lines[0]!.operands.find((o) => o.name === 'emission_02')!;
    // 2023's factor carried to 2024 is our assumption, not the publisher's.
    expect(gas).toMatchObject({ status: 'assumed', clause: '330000, 2023' });
    expect(gradings[0]).toMatchObject({ band: 'B', value: '53/42' });
    expect(benchmarks).toMatchObject([
      { statistic: 'mean', level: 'all', size: 1, exact: '53/42' },
    ]);
  });
});
