import { parsePeriod } from '@tanxiao/contracts';
import fc from 'fast-check';

import { parseFactorSet } from '../document/factor-set';
import { parseRulebook } from '../document/rulebook';
import { SMALL_FACTOR_SET, SMALL_RULEBOOK } from '../document/small.fixture';
import type { Benchmark } from '../evaluate/benchmarks';
import { failedChecks } from '../evaluate/checks';
import type { SubjectData } from '../evaluate/population';
import { evaluateExactly, type ExactEvaluation } from '../evaluate/referee';
import { Rational } from '../exact/rational';
import { compilePlan } from '../plan/compile';
import type { Plan } from '../plan/plan';
import type { GradingAdvice, InputAdvice } from './advice';
import { advise } from './advise';
import { roundedTo } from './span';
import { boxOf, overBox } from './uncertainty';

/** The small rulebook with another formula for the graded intensity. */
function planWith(formula: string, change: (text: string) => string = (text) => text): Plan {
  const text = change(SMALL_RULEBOOK.replace('formula: emissions / output', `formula: ${formula}`));
  return compilePlan(
    parseRulebook(text, 'small.yaml'),
    parseFactorSet(SMALL_FACTOR_SET, 'few.yaml'),
    parsePeriod('2024')!,
  );
}

const PLAIN = planWith('emissions / output');
/** A rebate of `note` per cent from 1 % on, and never less than a hundredth of the emissions. */
const PIECES_FORMULA =
  '"max((note >= 1 ? emissions * (100 - note) / 100 : emissions), emissions / 100) / output"';
const PIECES = planWith(PIECES_FORMULA);
const ROUNDED = planWith('emissions / output', (text) =>
  text.replace('compare: full-value', 'compare: rounded-value'),
);
const QUADRATIC = planWith('"emissions * (1 + note * note) / output"');

const BENCHMARK: Benchmark = {
  ...{ statistic: 'mean', level: 'all', groupKey: 'all:@', size: 3 },
  ...{ numerator: '1', denominator: '1', value: 1 },
};

interface Given {
  readonly output: number;
  readonly note: number;
  readonly coal: number;
  readonly gas: number;
}

const subject = ({ output, note, coal, gas }: Given): SubjectData => ({
  regionCode: '330502',
  industryClassification: 'any',
  industryCode: '1111',
  inputs: [output, note, coal, gas],
});

const exactly = (plan: Plan, of: SubjectData): ExactEvaluation =>
  evaluateExactly(plan, {
    ...of,
    statistics: [{ numerator: Rational.ONE, denominator: Rational.ONE }],
  });

function gradeOf(plan: Plan, given: Given): GradingAdvice {
  return advise(plan, subject(given), [BENCHMARK]).gradings[0]!;
}

const inputOf = (grading: GradingAdvice, band: string, name: string): InputAdvice =>
  grading.better.find(({ code }) => code === band)!.inputs.find((input) => input.name === name)!;

const decimal = (max: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: max * 1000 }).map((thousandths) => thousandths / 1000);
const given: fc.Arbitrary<Given> = fc.record({
  output: decimal(200).filter((value) => value > 0),
  note: decimal(100),
  coal: decimal(300),
  gas: decimal(10),
});

/** The band that a changed input gives; null where the submission is rejected or not rated. */
function bandAt(plan: Plan, from: Given, name: string, value: Rational): number | null {
  const inputs = [...subject(from).inputs];
  const index = plan.inputs.findIndex((input) => input.name === name);
  inputs[index] = Number(value.toString());
  if (failedChecks(plan, inputs).length > 0) return null;
  return exactly(plan, { ...subject(from), inputs }).columns.bands[plan.headline.grade] ?? null;
}

/** Every advice for every input and better band of generated subjects. */
function everyAdvice(
  plan: Plan,
  check: (of: { advice: InputAdvice; band: number; from: Given }) => void,
): void {
  fc.assert(
    fc.property(given, (from) => {
      for (const better of gradeOf(plan, from).better) {
        const band = ['A', 'B', 'C'].indexOf(better.code);
        for (const advice of better.inputs) check({ advice, band, from });
      }
    }),
    { numRuns: 200 },
  );
}

const PLANS: readonly (readonly [string, Plan])[] = [
  ['a quotient', PLAIN],
  ['pieces', PIECES],
  ['rounded values', ROUNDED],
];

describe.each(PLANS)('advice on %s', (_, plan) => {
  test('every change advised, applied, reaches the band', () => {
    let seen = 0;
    everyAdvice(plan, ({ advice, band, from }) => {
      if (!advice.reachable) return;
      seen += 1;
      for (const { value } of [advice.least, advice.rounded])
        expect(bandAt(plan, from, advice.name, Rational.parse(value))).toBeLessThanOrEqual(band);
    });
    expect(seen).toBeGreaterThan(100);
  });

  test('a change smaller by one unit of the fifteenth digit does not reach it', () => {
    everyAdvice(plan, ({ advice, band, from }) => {
      if (!advice.reachable) return;
      const least = Rational.parse(advice.least.value);
      const back = advice.least.change.startsWith('-');
      const smaller = roundedTo(least, { digits: 15, upwards: back, past: true });
      expect(bandAt(plan, from, advice.name, smaller) ?? Infinity).toBeGreaterThan(band);
    });
  });

  test('where no value is said to reach it, none that is tried does', () => {
    let seen = 0;
    everyAdvice(plan, ({ advice, band, from }) => {
      if (advice.reachable) return;
      expect(advice.obstacle).not.toBe('not-solved');
      seen += 1;
      for (const value of [0, 0.001, 0.5, 1, 2, 50, 99, 100, 101, 1e6, 1e14])
        expect(
          bandAt(plan, from, advice.name, Rational.fromNumber(value)) ?? Infinity,
        ).toBeGreaterThan(band);
    });
    expect(seen).toBeGreaterThan(50);
  });
});

describe('advice by hand', () => {
  // 60 t × 0.6 × 44/12 = 132 tCO2; ÷ 110 = 1.2; A up to 1, B up to 2.
  const grade = gradeOf(PLAIN, { output: 110, note: 0, coal: 60, gas: 0 });

  test('the distance to a limit is exact, and relative to the value', () => {
    expect(grade).toMatchObject({ value: '1.2', band: { code: 'B' } });
    expect(grade.better[0]!.distance).toMatchObject({ absoluteExact: '-0.2', percent: '-16.7' });
    expect(grade.boundaries.below).toMatchObject({ percent: '-16.7', beyond: { code: 'A' } });
    expect(grade.boundaries.above).toMatchObject({ percent: '66.7', beyond: { code: 'C' } });
  });

  test('an input above the line is reduced, one below the line is increased', () => {
    // 110 ÷ 2.2 = 50 t; 132 ÷ 1 = 132.
    expect(inputOf(grade, 'A', 'fuel_01')).toMatchObject({
      exact: '50',
      least: { value: '50', change: '-10', percent: '-16.7' },
    });
    expect(inputOf(grade, 'A', 'output')).toMatchObject({
      exact: '132',
      least: { value: '132', change: '22', percent: '20' },
    });
  });

  test('what cannot help says why', () => {
    // 22 tCO2 less from gas at 21 tCO2 would need −22/21.
    expect(inputOf(grade, 'A', 'fuel_02')).toMatchObject({
      reachable: false,
      obstacle: 'below-minimum',
      needed: '-22/21',
    });
    const noted = gradeOf(QUADRATIC, { output: 110, note: 0, coal: 60, gas: 0 });
    expect(inputOf(noted, 'A', 'note')).toMatchObject({ obstacle: 'not-solved' });
    expect(inputOf(noted, 'A', 'fuel_01')).toMatchObject({ least: { value: '50' } });
  });

  test('a step is taken where the piece beyond it is good enough', () => {
    // 1.2 × 99/100 = 1.188 is not enough for A; 1.2 × (1 − 1/6) is: 100/6 = 16.66… %, rounded up.
    const pieces = gradeOf(PIECES, { output: 110, note: 0, coal: 60, gas: 0 });
    expect(inputOf(pieces, 'A', 'note')).toMatchObject({
      exact: '50/3',
      least: { value: '16.6666666666667' },
    });
    // 110.9999 tCO2 ÷ 110 = 1.0090…: from 1 % on it is 0.9989…
    const step = gradeOf(PIECES, { output: 110, note: 0, coal: 50.4545, gas: 0 });
    expect(inputOf(step, 'A', 'note')).toMatchObject({ exact: '1', least: { value: '1' } });
  });

  test('a check that forbids the change is named', () => {
    // 660 × (100 − note / 100) ÷ 110 ÷ 100 ≤ 1 from note = 8333.3… on, but a note is at most 100.
    const far = gradeOf(planWith('"emissions * (100 - note / 100) / output / 100"'), {
      ...{ output: 110, note: 0, coal: 300, gas: 0 },
    });
    expect(inputOf(far, 'A', 'note')).toMatchObject({
      obstacle: 'fails-check',
      code: 'note-small',
      message: { en: 'the note is too large' },
    });
  });

  test('a not-rated rule that forbids the change is named', () => {
    const strict = planWith(PIECES_FORMULA, (text) =>
      text.replace('when: output <= 0,', 'when: output <= 0 or note >= 1,'),
    );
    const rebated = gradeOf(strict, { output: 110, note: 0, coal: 60, gas: 0 });
    expect(inputOf(rebated, 'A', 'note')).toMatchObject({
      ...{ obstacle: 'not-rated', needed: '50/3', code: 'no-output' },
    });
  });

  test('a rounded value reaches the limit half a unit before it, ties to even', () => {
    // Intensity has three places: 1.0005 rounds to 1.000, so 110 × 1.0005 = 110.055 tCO2 ÷ 2.2 = 50.025 t.
    const rounded = gradeOf(ROUNDED, { output: 110, note: 0, coal: 60, gas: 0 });
    expect(inputOf(rounded, 'A', 'fuel_01')).toMatchObject({ exact: '50.025' });
  });

  test('a subject without a band gets no advice, and the best band none either', () => {
    expect(gradeOf(PLAIN, { output: 0, note: 0, coal: 60, gas: 0 })).toMatchObject({
      band: null,
      better: [],
    });
    expect(gradeOf(PLAIN, { output: 110, note: 0, coal: 1, gas: 0 }).better).toEqual([]);
  });

  test('a grade that depends on a benchmark says that it is held fixed', () => {
    expect(advise(PLAIN, subject({ output: 1, note: 0, coal: 1, gas: 0 }), [])).toMatchObject({
      benchmarkHeldFixed: false,
    });
    const ratio = planWith('emissions / output', (text) =>
      text
        .replace('of: intensity', 'of: ratio')
        .replace(/(_limit\n {4}title:[^\n]*\n {4}unit: )tCO2\/10k_cny/g, '$1"1"'),
    );
    const advice = advise(ratio, subject({ output: 110, note: 0, coal: 60, gas: 0 }), [BENCHMARK]);
    expect(advice.benchmarkHeldFixed).toBe(true);
    expect(inputOf(advice.gradings[0]!, 'A', 'fuel_01')).toMatchObject({ exact: '50' });
  });
});

describe('uncertainty', () => {
  test.each(PLANS)('the range over %s holds every point sampled', (_, plan) => {
    const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
    const place = fc.integer({ min: 0, max: 10 });
    const points = fc.array(fc.tuple(place, place, place, place), { minLength: 5, maxLength: 5 });
    const shares = fc.record({ output: share, note: share, fuel_01: share, fuel_02: share });
    fc.assert(
      fc.property(given, shares, points, (from, uncertainties, sampled) => {
        const base = exactly(plan, subject(from));
        const box = boxOf(plan, base, uncertainties);
        const grading = plan.gradings[0]!;
        const symbolic = overBox(plan, base, box);
        const range = symbolic.value(grading.slot!);
        const options = { uncertainties };
        const { uncertainty } = advise(plan, subject(from), [BENCHMARK], options).gradings[0]!;
        for (const places of sampled) {
          const inputs = plan.inputs.map(({ name }, index) => {
            const { low, high } = box.get(plan.slotOf.get(name)!)!;
            const part = Rational.of(BigInt(places[index]!), 10n);
            return Number(low.plus(high.minus(low).times(part)).toString());
          });
          const { values, columns } = exactly(plan, { ...subject(from), inputs });
          const value = values[grading.slot!] ?? null;
          if (value !== null && range?.bounds) {
            expect(value.compare(range.bounds.low)).toBeGreaterThanOrEqual(0);
            expect(value.compare(range.bounds.high)).toBeLessThanOrEqual(0);
          }
          const band = columns.bands[0] ?? null;
          if (!uncertainty) continue;
          if (band === null) expect(uncertainty.together.couldBeUnrated).toBe(true);
          else expect(uncertainty.together.bands).toContain('ABC'[band]);
        }
      }),
    );
  });

  // 110 tCO2 ÷ 110 × 1.02 (coal) and ÷ 0.98 (output) decide together, neither alone does.
  const near = subject({ output: 113, note: 0, coal: 50, gas: 0 });
  const answers = (uncertainties: Record<string, number>) =>
    advise(PLAIN, near, [BENCHMARK], { uncertainties }).gradings[0]!.uncertainty!;

  test('inputs that are certain each by itself may flip the band together', () => {
    const { single, together } = answers({ fuel_01: 0.02, output: 0.02 });
    expect(single.map(({ answer }) => answer)).toEqual(['certain', 'certain']);
    expect(together).toMatchObject({ answer: 'could-flip', bands: ['A', 'B'] });
  });

  test('an input that may be zero where it divides could leave the subject unrated', () => {
    expect(answers({ output: 1 }).together).toMatchObject({ couldBeUnrated: true });
  });

  test('an uncertainty that is none and a name that is no input are refused', () => {
    expect(() => answers({ fuel_01: -0.1 })).toThrow(RangeError);
    expect(() => answers({ fuel_99: 0.1 })).toThrow(/fuel_99/);
  });
});
