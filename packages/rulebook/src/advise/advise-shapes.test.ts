import fc from 'fast-check';

import { shapesPlan } from '../document/shapes.fixture';
import type { Benchmark } from '../evaluate/benchmarks';
import { failedChecks } from '../evaluate/checks';
import { evaluateExactly } from '../evaluate/referee';
import { Rational } from '../exact/rational';
import type { Advice, GradingAdvice } from './advice';
import { advise } from './advise';

const plan = shapesPlan();

/** What each statistic is held at: leading 1, baseline 3, the best score 70, the median intensity 2. */
const HELD: Readonly<Record<string, string>> = {
  ...{ strength_leading: '1', strength_baseline: '3', top_score: '70', middle: '2' },
};
const BENCHMARKS: readonly Benchmark[] = plan.statistics.map(({ name }) => ({
  ...{ statistic: name, level: 'all', groupKey: 'all:@', size: 3 },
  ...{ numerator: HELD[name]!, denominator: '1', value: Number(HELD[name]) },
}));

type Given = Readonly<Record<string, number>>;

const subject = (given: Given) => ({
  ...{ regionCode: '330502', industryClassification: 'any', industryCode: '1712' },
  inputs: plan.inputs.map(({ name }) => given[name] ?? null),
});

const adviceFor = (given: Given): Advice =>
  advise(plan, subject(given), BENCHMARKS, { gradings: ['rank', 'step', 'star'] });

function bandAt(given: Given, grading: string): number | null {
  const of = subject(given);
  if (failedChecks(plan, of.inputs).length > 0) return null;
  const statistics = plan.statistics.map(({ name }) => ({
    numerator: Rational.parse(HELD[name]!),
    denominator: Rational.ONE,
  }));
  const { columns } = evaluateExactly(plan, { ...of, statistics });
  return columns.bands[plan.gradings.findIndex(({ name }) => name === grading)] ?? null;
}

const tenths = (max: number) => fc.integer({ min: 0, max: max * 10 }).map((n) => n / 10);
const given: fc.Arbitrary<Given> = fc.record({
  ...{ kind: fc.integer({ min: 0, max: 1 }), violation: fc.integer({ min: 0, max: 1 }) },
  ...{ energy: tenths(500), output: tenths(100).filter((value) => value > 0) },
  ...{ reuse: tenths(1), functions: fc.integer({ min: 0, max: 12 }), last_year: tenths(5) },
  ...{ award: tenths(6), accident: tenths(10) },
});

const indexOf = (grading: GradingAdvice, code: string): number =>
  grading.bands.findIndex((band) => band.code === code);

test('whatever the shape of the rule, every change and option advised reaches the band', () => {
  const seen = { inputs: 0, choices: 0 };
  fc.assert(
    fc.property(given, (from) => {
      for (const grading of adviceFor(from).gradings)
        for (const better of grading.better) {
          const wanted = indexOf(grading, better.code);
          for (const input of better.inputs) {
            if (!input.reachable) continue;
            seen.inputs += 1;
            for (const { value } of [input.least, input.rounded])
              expect(
                bandAt({ ...from, [input.name]: Number(value) }, grading.name),
              ).toBeLessThanOrEqual(wanted);
          }
          for (const { name, options } of better.choices) {
            seen.choices += options.length;
            const known = plan.inputs.find((input) => input.name === name)!.options!;
            for (const { code } of options) {
              const value = known.findIndex((option) => option.code === code);
              expect(bandAt({ ...from, [name]: value }, grading.name)).toBeLessThanOrEqual(wanted);
            }
          }
        }
    }),
    { numRuns: 150 },
  );
  expect(seen.inputs).toBeGreaterThan(100);
  expect(seen.choices).toBeGreaterThan(20);
});

test('what is said to be out of reach is reached by no value within the input’s bounds', () => {
  fc.assert(
    fc.property(given, fc.array(tenths(600), { minLength: 5, maxLength: 5 }), (from, values) => {
      for (const grading of adviceFor(from).gradings)
        for (const better of grading.better)
          for (const input of better.inputs) {
            if (input.reachable || input.obstacle === 'not-solved') continue;
            const { maximum } = plan.inputs.find(({ name }) => name === input.name)!;
            for (const value of values.filter((one) => maximum === null || one <= maximum))
              expect(
                bandAt({ ...from, [input.name]: value }, grading.name) ?? Infinity,
              ).toBeGreaterThan(indexOf(grading, better.code));
          }
    }),
    { numRuns: 100 },
  );
});

test('the bands that an uncertainty names are all that a sample meets', () => {
  const uncertainties = { energy: 0.2, output: 0.1, reuse: 0.5, award: 1 };
  const factor = fc.integer({ min: -10, max: 10 }).map((n) => n / 10);
  fc.assert(
    fc.property(given, fc.tuple(factor, factor, factor, factor), (from, factors) => {
      const options = { gradings: ['rank', 'step', 'star'], uncertainties };
      const moved: Record<string, number> = { ...from };
      Object.entries(uncertainties).forEach(([name, share], i) => {
        const value = Number((from[name]! * (1 + share * factors[i]!)).toFixed(6));
        moved[name] = name === 'reuse' ? Math.min(1, value) : value;
      });
      for (const grading of advise(plan, subject(from), BENCHMARKS, options).gradings) {
        if (!grading.uncertainty) continue;
        const { bands, couldBeUnrated } = grading.uncertainty.together;
        const band = bandAt(moved, grading.name);
        if (band === null) expect(couldBeUnrated).toBe(true);
        else expect(bands).toContain(grading.bands[band]!.code);
      }
    }),
  );
});

describe('by hand', () => {
  // No reuse, four of eight functions, a modern plant: 7.5 + 10; intensity 4 is short of 3, so 0 of 40 and 20 × 2/4.
  const from = {
    ...{ kind: 1, violation: 0, energy: 400, output: 100, reuse: 0, functions: 4 },
    ...{ last_year: 1, award: 0, accident: 0 },
  };
  const [, step, star] = adviceFor(from).gradings as [GradingAdvice, GradingAdvice, GradingAdvice];

  test('a limit from below, a condition and a gate each say what is missing', () => {
    expect(star).toMatchObject({ value: '27.5', band: { code: 'none' }, failedGates: [] });
    const [fair, good] = star.better;
    expect(fair!.distance).toMatchObject({ absolute: '2.5', isMet: false });
    expect(fair!.distance!.limit).toMatchObject({ relation: '>=', value: '30' });
    expect(good!.condition).toEqual({ text: 'intensity <= middle', isMet: false });
    // 2.5 points more: 15/8 a function, so 16/3 of them; reuse counts its own value, which is 1 at most.
    const of = (name: string) => fair!.inputs.find((input) => input.name === name);
    expect(of('functions')).toMatchObject({ exact: '16/3' });
    expect(of('reuse')).toMatchObject({ obstacle: 'above-maximum', needed: '2.5' });
    expect(of('accident')).toMatchObject({ reachable: false, obstacle: 'below-minimum' });
    const barred = adviceFor({ ...from, violation: 1 }).gradings[2]!;
    expect(barred.failedGates.map(({ code }) => code)).toEqual(['no-violation']);
    expect(barred.better[0]!.inputs.every(({ reachable }) => !reachable)).toBe(true);
  });

  test('a grading without a value is advised by its conditions, a choice by its options', () => {
    expect(step).toMatchObject({ of: null, value: null, band: { code: 'none' } });
    expect(step.better.map(({ code, distance }) => [code, distance])).toEqual([
      ['one', null],
      ['two', null],
    ]);
    expect(step.better[0]!.inputs).toMatchObject([{ name: 'functions', least: { value: '8' } }]);
    const old = adviceFor({ ...from, kind: 0, functions: 9 }).gradings[1]!;
    expect(old.better[0]!.choices).toMatchObject([
      { name: 'kind', present: { code: 'old' }, options: [{ code: 'new' }] },
    ]);
  });
});
