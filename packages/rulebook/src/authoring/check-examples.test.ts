import { parseFactorSet } from '../document/factor-set';
import { parseRulebook } from '../document/rulebook';
import { SMALL_FACTOR_SET, SMALL_RULEBOOK } from '../document/small.fixture';
import { checkExamples, type ExampleResult } from './check-examples';
import { type ExampleCoverage, uncovered } from './example-coverage';
import { exampleProblems } from './example-problems';

const factorSet = parseFactorSet(SMALL_FACTOR_SET, 'few.yaml');

/** 100 t of coal × 0.6 × 44 ÷ 12 = 220 tCO2; ÷ 220 = 1: band A until 2024 (limit 1), B from 2025 on (limit 0.9). */
const OUTPUT_220 =
  'inputs: { output: 220, fuel_01: 100 }, benchmark: { numerator: "1", denominator: "2" }';
const NO_OUTPUT = 'inputs: { fuel_01: 100 }';

function ran(...examples: readonly string[]): {
  results: ExampleResult[];
  coverage: ExampleCoverage;
} {
  const list = examples.map((text) => `  - { title: { zh: 例, en: Example }, ${text} }\n`).join('');
  const rulebook = parseRulebook(`${SMALL_RULEBOOK}examples:\n${list}`, 'small.yaml');
  const results = checkExamples(rulebook, factorSet);
  return { results, coverage: uncovered(rulebook, results) };
}

test('an example whose every expectation is met passes, by the numbers of its own period', () => {
  const { results } = ran(
    `period: "2024", ${OUTPUT_220}, expect: { outcome: rated, results: { emissions: "220", ratio: "2" }, gradings: { grade: A } }`,
    `period: "2025", ${OUTPUT_220}, expect: { outcome: rated, gradings: { grade: B } }`,
    `period: "2024", ${NO_OUTPUT}, expect: { outcome: not-rated, reasons: [missing-output, no-mean], results: { intensity: null } }`,
  );
  expect(results.map(({ passes, mistakes }) => [passes, mistakes])).toEqual([
    [true, []],
    [true, []],
    [true, []],
  ]);
});

test('an expectation that is not met stands beside what was found', () => {
  const [result] = ran(
    `period: "2024", ${OUTPUT_220}, expect: { outcome: not-rated, reasons: [no-mean], results: { emissions: "221" }, gradings: { grade: C } }`,
  ).results;
  expect(result!.passes).toBe(false);
  expect(result!.comparisons.filter(({ agrees }) => !agrees)).toEqual([
    { what: 'outcome', name: null, expected: 'not-rated', found: 'rated', agrees: false },
    { what: 'reasons', name: null, expected: 'no-mean', found: '', agrees: false },
    { what: 'result', name: 'emissions', expected: '221', found: '220', agrees: false },
    { what: 'grading', name: 'grade', expected: 'C', found: 'A', agrees: false },
  ]);
});

test.each([
  ['an input that does not exist', 'inputs: { outputs: 1 }, period: "2024"', 'outputs'],
  ['a value below its minimum', 'inputs: { fuel_01: -1 }, period: "2024"', 'fuel_01 is -1'],
  ['a period that is none', 'inputs: {}, period: 2024Q5', '2024Q5'],
  ['a period before the rulebook takes force', 'inputs: {}, period: "2019"', '2019-12-31'],
])('an example with %s fails and says so', (_, text, named) => {
  const [result] = ran(`${text}, expect: { outcome: not-rated }`).results;
  expect(result).toMatchObject({ passes: false, comparisons: [] });
  expect(result!.mistakes.map(({ en }) => en).join()).toContain(named);
});

test('an unknown name that is expected to be unknown does not pass for a result', () => {
  const [result] = ran(
    'period: "2024", inputs: {}, expect: { outcome: not-rated, results: { emission: null }, gradings: { grades: null } }',
  ).results;
  expect(result!.passes).toBe(false);
  expect(result!.mistakes).toHaveLength(2);
});

test('bands, reasons and checks that no example reaches are listed', () => {
  const { coverage } = ran(
    `period: "2024", ${OUTPUT_220}, expect: { outcome: rated }`,
    `period: "2024", ${NO_OUTPUT}, expect: { outcome: not-rated }`,
  );
  expect(coverage).toEqual({
    bands: [
      { grading: 'grade', band: 'B' },
      { grading: 'grade', band: 'C' },
    ],
    reasons: ['missing-factor', 'no-output', 'mean-not-positive'],
    checks: ['note-small'],
  });
  const rejected = ran('period: "2024", inputs: { note: 101 }, expect: { outcome: not-rated }');
  expect(rejected.results[0]!.failedChecks).toEqual(['note-small']);
  expect(rejected.coverage.checks).toEqual([]);
});

test('failed examples are problems at their lines, each value with what was expected and found', () => {
  const good = `period: "2024", ${OUTPUT_220}, expect: { outcome: rated }`;
  const bad = `period: "2024", ${OUTPUT_220}, expect: { outcome: rated, results: { emissions: "221" }, gradings: { grade: C } }`;
  const text = `${SMALL_RULEBOOK}examples:\n${[good, bad].map((one) => `  - { title: { zh: 例, en: Example }, ${one} }\n`).join('')}`;
  const rulebook = parseRulebook(text, 'small.yaml');
  const problems = exampleProblems(rulebook, checkExamples(rulebook, factorSet));
  expect(
    problems.map(({ code, line, message }) => [code, text.split('\n')[line - 1], message]),
  ).toEqual([
    [
      'failed-example',
      expect.stringContaining('"221"'),
      '"Example" (2024): result emissions expected 221, found 220',
    ],
    [
      'failed-example',
      expect.stringContaining('"221"'),
      '"Example" (2024): grading grade expected C, found A',
    ],
  ]);
});

describe('an example that expects a rejection', () => {
  const rejects = (inputs: string, expected: string) =>
    ran(`period: "2024", inputs: { ${inputs} }, expect: { rejected: [${expected}] }`).results[0]!;

  test('passes where the submission would be turned away for exactly that', () => {
    const result = rejects('fuel_01: -1', '{ input: fuel_01, issue: below-minimum }');
    expect(result).toMatchObject({ passes: true, mistakes: [], explanation: null });
  });

  test('fails where something else, or nothing, is wrong with it', () => {
    const expected = '{ input: fuel_01, issue: below-minimum }';
    const other = rejects('fuel_01: -1, fuel_02: -1', expected);
    expect(other).toMatchObject({ passes: false });
    expect(other.comparisons).toEqual([
      {
        what: 'rejected',
        name: null,
        expected: 'fuel_01 below-minimum',
        found: 'fuel_01 below-minimum, fuel_02 below-minimum',
        agrees: false,
      },
    ]);
    expect(rejects('fuel_01: 1', expected).comparisons[0]).toMatchObject({ found: '' });
  });

  test('reaches the check that turns it away', () => {
    const { results, coverage } = ran(
      'period: "2024", inputs: { note: 101 }, expect: { rejected: [{ check: note-small }] }',
    );
    expect(results.map(({ passes }) => passes)).toEqual([true]);
    expect(coverage.checks).toEqual([]);
  });

  test('fails and says so where it names what the rulebook does not have', () => {
    const result = rejects('fuel_01: -1', '{ input: fuel_1, issue: below-minimum }');
    expect(result.mistakes.map(({ en }) => en)).toEqual([
      'there is no input named "fuel_1"; did you mean "fuel_01"?',
    ]);
  });
});
