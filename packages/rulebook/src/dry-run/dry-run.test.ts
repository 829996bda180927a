import fc from 'fast-check';

import { causeText, ownValuesText } from './cause-text';
import type { Cause } from './causes';
import { comparedPlans, dryRun, type Mover } from './dry-run';
import { outcomeKey } from './outcome';
import { CHANGE_KINDS, type ChangeKind, Substitutions } from './substitution';
import {
  FAIR_LIMIT,
  GAS_2023,
  GOOD_LIMIT,
  LEAST_PEERS,
  planOf,
  populationOf,
  type SubjectOf,
  type Trial,
  tried,
} from './trial.fixture';

/** Coal counts 2.2: intensities 1.1, 2.2, 3.3; mean 66 ÷ 30 = 2.2; ratios 0.5, 1, 1.5: A, A, B. */
const COAL: readonly SubjectOf[] = [
  { key: 'a', output: 10, coal: 5 },
  { key: 'b', output: 10, coal: 10 },
  { key: 'c', output: 10, coal: 15 },
];
/** Gas counts 21: intensities 1.1, 2.2, 2.1; mean 54 ÷ 30 = 1.8; ratios 0.61, 1.22, 1.17: A, B, B. */
const MIXED: readonly SubjectOf[] = [
  { key: 'a', output: 10, coal: 5 },
  { key: 'b', output: 10, coal: 10 },
  { key: 'g', output: 10, gas: 1 },
];

const GAS_NOT_RATED = ['when: output <= 0', 'when: output <= 0 or fuel_02 > 0'] as const;

const told = ({ key, movement, before, after }: Mover): unknown[] => [
  key,
  movement,
  outcomeKey(before.outcome),
  outcomeKey(after.outcome),
];
const causeOf = (mover: Mover, kind: Cause['kind']): Cause => {
  const cause = mover.causes.find((one) => one.kind === kind);
  if (!cause) throw new Error(`no ${kind} among ${mover.causes.map((one) => one.kind).join()}`);
  return cause;
};

describe('a changed limit', () => {
  const run = tried({ rulebook: [[GOOD_LIMIT, 'value: 0.8, source: book']] }, COAL);
  const [b] = [...run.movers()];

  test('moves whom it lies between, and the matrix says from where to where', () => {
    expect(run.matrix.rows.map(outcomeKey)).toEqual(['rated:A', 'rated:B', 'rated:C']);
    expect(run.matrix.counts).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]);
    expect(run.counts).toMatchObject({ better: 0, worse: 1, unchanged: 2 });
    expect([...run.movers()].map(told)).toEqual([['b', 'worse', 'rated:A', 'rated:B']]);
  });

  test('is the only reason where nothing else changed, with the limit before and after', () => {
    expect(b!.before).toMatchObject({ value: 1, benchmarks: [{ value: 2.2, size: 3 }] });
    expect(b!.ownValues).toEqual([]);
    expect(b!.causes).toMatchObject([
      { kind: 'limit', limits: [{ band: 'A', before: { value: '1' }, after: { value: '0.8' } }] },
    ]);
    expect(causeText(b!.causes[0]!)).toEqual({
      zh: '界限变化：甲 ≤ 1 → ≤ 0.8',
      en: 'limit changed: A ≤ 1 → ≤ 0.8',
    });
  });

  test('counts for the grading that has it, not for another', () => {
    const level = `
  - name: level
    title: { zh: 水平, en: Level }
    of: intensity
    compare: full-value
    source: book
    clause: "6"
    bands: [{ code: low, title: { zh: 低, en: low }, atMost: low_limit }, { code: high, title: { zh: 高, en: high } }]
results:`;
    const limit = (value: number) =>
      `parameters:
  - name: low_limit
    title: { zh: 低限, en: Low limit }
    unit: tCO2/10k_cny
    values: [{ from: "2021-01-01", value: ${value}, source: book, status: assumed }]`;
    const planWith = (value: number) =>
      planOf({
        rulebook: [
          ['\nresults:', level],
          ['parameters:', limit(value)],
        ],
      });
    const plans = { before: planWith(2), after: planWith(2.5) };
    const population = populationOf(plans, COAL);
    const keys = (grading: string | null) =>
      [...dryRun(comparedPlans(plans, grading)!, population).movers()].map(told);
    expect(keys(null)).toEqual([]);
    // Intensity 2.2 lies between 2 and 2.5.
    expect(keys('level')).toEqual([['b', 'better', 'rated:high', 'rated:low']]);
    expect(comparedPlans(plans, 'none')).toBeNull();
  });
});

describe('a changed factor', () => {
  // Gas 84: intensities 1.1, 2.2, 8.4; mean 117 ÷ 30 = 3.9; ratios 0.28, 0.56, 2.15: A, A, C.
  const run = tried({ factors: [[GAS_2023, 'year: 2023, value: 84']] }, MIXED);
  const [b, g] = [...run.movers()];

  test('moves others by their benchmark alone, their own values stay', () => {
    expect(told(b!)).toEqual(['b', 'better', 'rated:B', 'rated:A']);
    expect(b!.ownValues).toEqual([]);
    expect(b!.causes).toMatchObject([
      {
        kind: 'benchmark',
        benchmarks: [{ changed: ['value'], before: { value: 1.8 }, after: { value: 3.9 } }],
      },
    ]);
  });

  test('decides over the benchmark that moves the other way, by substitution', () => {
    expect(told(g!)).toEqual(['g', 'worse', 'rated:B', 'rated:C']);
    expect(g!.causes.map(({ kind }) => kind)).toEqual(['factor', 'benchmark']);
    // Factor alone: 8.4 ÷ 1.8 = 4.7. Benchmark alone: 2.1 ÷ 3.9 = 0.54.
    expect(causeOf(g!, 'factor')).toMatchObject({
      sufficient: true,
      necessary: true,
      factors: [{ name: 'emission_02', before: '21', after: '84', unit: 'tCO2/10k_m3' }],
    });
    const benchmark = causeOf(g!, 'benchmark');
    expect(benchmark).toMatchObject({ sufficient: false, necessary: false });
    expect([benchmark.alone, benchmark.without].map(outcomeKey)).toEqual(['rated:A', 'rated:C']);
    expect(causeText(benchmark).en).toBe(
      'benchmark changed: Mean 1.8 → 3.9 (this alone: A; without it: C)',
    );
  });

  test('shows which of the subject’s own results changed, as kept', () => {
    expect(g!.ownValues.map(({ name, before, after }) => [name, before, after])).toEqual([
      ['emissions', '21', '84'],
      ['intensity', '2.1', '8.4'],
    ]);
    expect(ownValuesText(g!.ownValues)!.zh).toMatch(
      /^自身数值变化：排放 21 → 84 吨二氧化碳；强度 2\.1 → 8\.4/,
    );
  });

  test('that changes everybody alike moves nobody, since the benchmark goes along', () => {
    const alike = tried({ factors: [['value: 0.6', 'value: 0.3']] }, COAL);
    expect([...alike.movers()]).toEqual([]);
    expect(alike.counts.unchanged).toBe(3);
  });
});

describe('other changes', () => {
  test('a stricter not-rated rule takes the grade away, and the rule is the reason', () => {
    // With d the mean is 87 ÷ 130; without it 2.2 again, which the others' grades show.
    const withGas = [{ key: 'd', output: 100, gas: 1 }, ...COAL];
    const run = tried({ rulebook: [GAS_NOT_RATED] }, withGas);
    expect(run.counts).toMatchObject({ 'no-longer-rated': 1, better: 3 });
    const [d] = [...run.movers()];
    expect(told(d!)).toEqual(['d', 'no-longer-rated', 'rated:A', 'not-rated:no-output']);
    expect(causeOf(d!, 'not-rated-rule')).toMatchObject({
      sufficient: true,
      necessary: true,
      rules: [{ code: 'no-output', before: { when: 'output <= 0' } }],
    });
  });

  test('a larger least number of peers compares with a wider group, and says from which to which', () => {
    // All five: (66 + 8.8) ÷ 50 = 1.496; b's ratio 2.2 ÷ 1.496 = 1.47.
    const others = ['x', 'y'].map((key) => ({ key, output: 10, coal: 2, industry: '2222' }));
    const run = tried({ rulebook: [[LEAST_PEERS, 'value: 4, source: book']] }, [
      ...COAL,
      ...others,
    ]);
    const b = [...run.movers()].find(({ key }) => key === 'b')!;
    expect(told(b)).toEqual(['b', 'worse', 'rated:A', 'rated:B']);
    expect(b.causes).toMatchObject([
      {
        kind: 'benchmark',
        benchmarks: [
          {
            changed: ['group', 'size', 'value'],
            before: { groupKey: 'class:any:1111@330500', size: 3 },
            after: { groupKey: 'all:@', size: 5 },
          },
        ],
      },
    ]);
  });

  test('a changed formula is the reason where it changes the value', () => {
    const run = tried(
      { rulebook: [['formula: intensity / mean', 'formula: intensity / mean + 1']] },
      COAL,
    );
    const [first] = [...run.movers()];
    expect(told(first!)).toEqual(['a', 'worse', 'rated:A', 'rated:B']);
    expect(causeOf(first!, 'formula')).toMatchObject({
      formulas: [{ name: 'ratio', before: 'intensity / mean', after: 'intensity / mean + 1' }],
    });
  });

  test('an input that the data lack is unknown, and the rule for it is the reason', () => {
    const area =
      '  - { name: area, title: { zh: 面积, en: Area }, unit: m2, missing: { notRated: no-area } }\nfamilies:';
    const perArea =
      '\n  - { name: used_area, title: { zh: 用地, en: Land }, unit: m2, formula: area * 1, source: book, clause: "7" }\npeers:\n';
    const rule = '\nnotRated:\n  - { reason: no-area, message: { zh: 缺面积, en: no area } }\n';
    const run = tried(
      {
        rulebook: [
          ['families:', area],
          ['\nnotRated:\n', rule],
          ['\npeers:\n', perArea],
        ],
      },
      COAL,
    );
    expect(run.counts['no-longer-rated']).toBe(3);
    const [a] = [...run.movers()];
    expect(causeOf(a!, 'not-rated-rule')).toMatchObject({
      rules: [{ code: 'no-area', before: null }],
    });
  });

  test('a value below a new minimum is a row of its own, and nobody’s peer', () => {
    const run = tried(
      { rulebook: [['unit: 10k_cny, missing', 'unit: 10k_cny, minimum: 20, missing']] },
      [...COAL, { key: 'd', output: 20, coal: 1 }],
    );
    expect(run.matrix.columns.map(outcomeKey)).toEqual([
      'rated:A',
      'rated:B',
      'rated:C',
      'refused',
    ]);
    const moved = [...run.movers()];
    expect(moved.filter(({ after }) => after.outcome.kind === 'refused')).toHaveLength(3);
    expect(moved[0]!.causes).toMatchObject([
      { kind: 'range', outOfRange: [{ name: 'output', value: 10, minimum: 20 }] },
    ]);
  });

  test('changes of which none suffices are told with what each does alone', () => {
    // Gas 30: mean 63 ÷ 30 = 2.1; g 3 ÷ 2.1 = 1.43, beyond the new limit 1.4.
    const run = tried(
      {
        rulebook: [[FAIR_LIMIT, 'value: 1.4, source: book']],
        factors: [[GAS_2023, 'year: 2023, value: 30']],
      },
      MIXED,
    );
    const g = [...run.movers()].find(({ key }) => key === 'g')!;
    expect(told(g)).toEqual(['g', 'worse', 'rated:B', 'rated:C']);
    // Limit alone: 1.17. Factor alone: 3 ÷ 1.8 = 1.67 within 2. Benchmark alone: 2.1 ÷ 2.1 = 1; without it 1.67.
    expect(
      g.causes.map(({ kind, alone, sufficient, necessary }) => [
        ...[kind, outcomeKey(alone)],
        ...[sufficient, necessary],
      ]),
    ).toEqual([
      ['limit', 'rated:B', false, true],
      ['benchmark', 'rated:A', false, false],
      ['factor', 'rated:B', false, true],
    ]);
  });

  test('a draft that begins after the period is applied as on its first day', () => {
    const dated: Trial['rulebook'] = [
      ['effective: { from: "2021-01-01" }', 'effective: { from: "2025-01-01" }'],
    ];
    // good_limit is 0.9 from 2025 on; b has exactly 1.
    expect([...tried({ rulebook: dated }, COAL).movers()].map(told)).toEqual([
      ['b', 'worse', 'rated:A', 'rated:B'],
    ]);
  });
});

describe('for every population', () => {
  const amount = fc.integer({ min: 0, max: 400 }).map((n) => n / 10);
  const optional = fc.option(amount, { nil: undefined });
  const populations = fc
    .array(
      fc.record(
        {
          output: fc.integer({ min: -5, max: 300 }).map((n) => n / 10),
          coal: optional,
          gas: optional,
          industry: fc.constantFrom('1111', '2222'),
        },
        { requiredKeys: [] },
      ),
      { maxLength: 30 },
    )
    .map((list) => list.map((one, index) => ({ ...one, key: String(index) }) as SubjectOf));
  const EDITS = {
    good: [GOOD_LIMIT, 'value: 0.8, source: book'],
    fair: [FAIR_LIMIT, 'value: 1.5, source: book'],
    peers: [LEAST_PEERS, 'value: 6, source: book'],
    rule: GAS_NOT_RATED,
    formula: [
      'formula: emissions / output',
      'formula: (emissions - fuel_01 * emission_01) / output',
    ],
  } as const;
  const trials = fc.record({
    rulebook: fc.subarray(Object.values(EDITS)),
    factors: fc.subarray([
      [GAS_2023, 'year: 2023, value: 30'] as const,
      ['value: 0.6', 'value: 0.5'] as const,
    ]),
  });

  test('the same rulebook twice moves nobody', () => {
    fc.assert(
      fc.property(populations, (subjects) => {
        const run = tried({}, subjects);
        expect([...run.movers()]).toEqual([]);
        expect(run.counts.unchanged + run.counts['not-rated']).toBe(subjects.length);
      }),
    );
  });

  test('the matrix and the counts of movements add up to the population, the movers to what is off the diagonal', () => {
    fc.assert(
      fc.property(populations, trials, (subjects, trial) => {
        const run = tried(trial, subjects);
        const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
        expect(sum(run.matrix.counts.map(sum))).toBe(subjects.length);
        expect(sum(Object.values(run.counts))).toBe(subjects.length);
        const stay = run.counts.unchanged + run.counts['not-rated'];
        const moved = [...run.movers()];
        expect(moved).toHaveLength(subjects.length - stay);
        for (const { causes } of moved) expect(causes.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  test('a loosened limit never makes a grade worse', () => {
    fc.assert(
      fc.property(populations, fc.integer({ min: 1001, max: 1999 }), (subjects, limit) => {
        const loosened = [GOOD_LIMIT, `value: ${limit / 1000}, source: book`] as const;
        const { counts } = tried({ rulebook: [loosened] }, subjects);
        expect(counts).toMatchObject({ worse: 0, 'no-longer-rated': 0, 'newly-rated': 0 });
      }),
    );
  });

  test('the order of the subjects changes nothing but the order of the movers', () => {
    const byKey = (movers: Iterable<Mover>) =>
      [...movers]
        .map((mover) => ({ ...mover, index: 0 }))
        .sort((a, b) => Number(a.key) - Number(b.key));
    fc.assert(
      fc.property(populations, trials, (subjects, trial) => {
        const [run, reversed] = [tried(trial, subjects), tried(trial, [...subjects].reverse())];
        expect(reversed.matrix).toEqual(run.matrix);
        expect(byKey(reversed.movers())).toEqual(byKey(run.movers()));
      }),
      { numRuns: 40 },
    );
  });

  test('substitution of every kind of change ends where the second version rates, of none where the first does', () => {
    fc.assert(
      fc.property(populations, trials, (subjects, trial) => {
        const plans = { before: planOf({}), after: planOf(trial) };
        const compared = comparedPlans(plans)!;
        const substitutions = new Substitutions(compared);
        const population = populationOf(plans, subjects);
        for (const mover of dryRun(compared, population).movers()) {
          const side = (name: 'before' | 'after') => ({
            inputs: population[name].population.subject(mover.index).inputs,
            benchmarks: mover[name].benchmarks,
          });
          const both = {
            place: population.identity(mover.index),
            before: side('before'),
            after: side('after'),
          };
          const outcome = (kinds: readonly ChangeKind[]) =>
            outcomeKey(substitutions.outcome(both, new Set(kinds)));
          expect(outcome([])).toBe(outcomeKey(mover.before.outcome));
          expect(outcome(CHANGE_KINDS)).toBe(outcomeKey(mover.after.outcome));
        }
      }),
      { numRuns: 40 },
    );
  });
});
