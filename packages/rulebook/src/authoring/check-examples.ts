/**
 * A rulebook's worked examples as its tests: each is rated by the kernel and, line by line, by the referee, and what
 * was found is set beside what the example expects.
 */
import { type Bilingual, decimalText, parsePeriod, type RatingColumns } from '@tanxiao/contracts';

import type { FactorSet } from '../document/factor-set';
import type { NumericInput } from '../document/names';
import type { Rulebook } from '../document/rulebook';
import type { Example } from '../document/schema';
import { type Benchmark, BenchmarkTable } from '../evaluate/benchmarks';
import { failedChecks } from '../evaluate/checks';
import { Population, type SubjectData } from '../evaluate/population';
import { labelOf, rate } from '../evaluate/rate';
import { explain } from '../explain/explain';
import type { Explanation } from '../explain/explanation';
import { compilePlan } from '../plan/compile';
import { peerGroupKey } from '../plan/peer-group';
import type { Plan } from '../plan/plan';
import { mistakesOf } from './example-mistakes';
import { inputRejections } from './input-rejections';

/** The classification that examples write their industry codes in. */
const CLASSIFICATION = 'gbt4754-2017';

export interface ExampleComparison {
  readonly what: 'outcome' | 'reasons' | 'result' | 'grading' | 'label' | 'rejected' | 'referee';
  /** Of a result or grading. */
  readonly name: string | null;
  /** As the example writes it; null is unknown. */
  readonly expected: string | null;
  readonly found: string | null;
  readonly agrees: boolean;
}

export interface ExampleResult {
  readonly title: Bilingual;
  readonly period: string;
  readonly passes: boolean;
  /** Why the example says nothing; then there are no comparisons. */
  readonly mistakes: readonly Bilingual[];
  readonly comparisons: readonly ExampleComparison[];
  /** Codes of the checks that would reject such a submission on arrival. */
  readonly failedChecks: readonly string[];
  /** Null where the example could not be rated, or expects a rejection. */
  readonly explanation: Explanation | null;
}

/** Every example, in the order of the document. @throws RulebookError where the rulebook does not compile */
export function checkExamples(rulebook: Rulebook, factorSet: FactorSet): ExampleResult[] {
  const plans = new Map<string, Plan>();
  return rulebook.document.examples.map((example) => {
    const period = parsePeriod(example.period);
    const mistakes = mistakesOf(rulebook, example);
    if (period === null || mistakes.length > 0) return unrated(example, { mistakes });
    const plan = plans.get(period.id) ?? compilePlan(rulebook, factorSet, period);
    plans.set(period.id, plan);
    const { expect } = example;
    return 'rejected' in expect ? rejected(plan, example, expect) : rated(plan, example, expect);
  });
}

function unrated(
  example: Example,
  told: Pick<ExampleResult, 'mistakes'> & Partial<ExampleResult>,
): ExampleResult {
  return {
    title: example.title,
    period: example.period,
    passes: false,
    comparisons: [],
    failedChecks: [],
    explanation: null,
    ...told,
  };
}

type ExpectedRejection = Extract<Example['expect'], { rejected: unknown }>;
type ExpectedRating = Exclude<Example['expect'], ExpectedRejection>;

/** As on arrival: the checks are only asked where every single input is in order. */
function rejected(plan: Plan, example: Example, expect: ExpectedRejection): ExampleResult {
  const issues = inputRejections(plan.inputs, example.inputs);
  const checks =
    issues.length > 0
      ? []
      : failedChecks(plan, exampleSubject(plan, example).inputs).map(({ code }) => code);
  const found = [
    ...issues.map(({ input, issue }) => `${input} ${issue}`),
    ...checks.map((check) => `check ${check}`),
  ];
  const expected = expect.rejected.map((one) =>
    'input' in one ? `${one.input} ${one.issue}` : `check ${one.check}`,
  );
  const comparison = compared(
    'rejected',
    listText([...expected].sort()),
    listText([...found].sort()),
  );
  return unrated(example, {
    passes: comparison.agrees,
    mistakes: [],
    comparisons: [comparison],
    failedChecks: checks,
  });
}

function rated(plan: Plan, example: Example, expect: ExpectedRating): ExampleResult {
  const subject = exampleSubject(plan, example);
  const benchmarks = exampleBenchmarks(plan, example, subject);
  const failing = failedChecks(plan, subject.inputs).map(({ code }) => code);
  const population = new Population(plan, 1);
  population.add(subject);
  const columns = rate(plan, population, BenchmarkTable.from(plan, benchmarks)).columns(0);
  const explanation = explain(plan, subject, benchmarks);
  const comparisons = [
    ...comparisonsOf(plan, columns, expect),
    ...refereeComparison(columns, explanation.columns),
  ];
  return {
    title: example.title,
    period: example.period,
    passes: comparisons.every(({ agrees }) => agrees),
    mistakes: [],
    comparisons,
    failedChecks: failing,
    explanation,
  };
}

function exampleSubject(plan: Plan, example: Example): SubjectData {
  return {
    regionCode: example.regionCode,
    industryClassification: CLASSIFICATION,
    industryCode: example.industryCode,
    inputs: plan.inputs.map((input) => valueOf(input, example.inputs[input.name] ?? null)),
  };
}

/** An option's position for its code; null where the choice has no such option. */
function valueOf({ options }: NumericInput, given: number | string | null): number | null {
  if (typeof given !== 'string') return given;
  const position = options?.findIndex(({ code }) => code === given) ?? -1;
  return position < 0 ? null : position;
}

/** An example states its statistics, not of how many peers they are: of as many as the rulebook demands. */
function exampleBenchmarks(plan: Plan, example: Example, subject: SubjectData): Benchmark[] {
  return plan.statistics.flatMap(({ name, groups, minimumPeers }, index) => {
    const given = example.statistics?.[name] ?? (index === 0 ? example.benchmark : undefined);
    const group = groups.find((level) => peerGroupKey(level, subject) !== null);
    const groupKey = group ? peerGroupKey(group, subject) : null;
    if (given === undefined || !group || groupKey === null) return [];
    const totals =
      typeof given === 'number' ? { numerator: decimalText(given), denominator: '1' } : given;
    return [
      {
        statistic: name,
        ...totals,
        level: group.level,
        groupKey,
        size: Math.max(1, minimumPeers),
        value: null,
      },
    ];
  });
}

function comparisonsOf(
  plan: Plan,
  columns: RatingColumns,
  expected: ExpectedRating,
): ExampleComparison[] {
  const label = expected.label === undefined ? [] : [labelOf(plan, columns.bands)?.zh ?? null];
  return [
    compared('outcome', expected.outcome, columns.outcome),
    compared('reasons', listText(expected.reasons ?? []), listText(columns.reasons)),
    ...Object.entries(expected.results ?? {}).map(([name, value]) =>
      compared('result', value, resultOf(plan, columns, name), name),
    ),
    ...Object.entries(expected.gradings ?? {}).map(([name, code]) =>
      compared('grading', code, bandCodeOf(plan, columns, name), name),
    ),
    ...label.map((found) => compared('label', expected.label ?? null, found)),
  ];
}

/** Nothing to tell where both agree, which they do on every input; a disagreement is our defect, not the author's. */
function refereeComparison(kernel: RatingColumns, referee: RatingColumns): ExampleComparison[] {
  const comparison = compared('referee', JSON.stringify(referee), JSON.stringify(kernel));
  return comparison.agrees ? [] : [comparison];
}

function compared(
  what: ExampleComparison['what'],
  expected: string | null,
  found: string | null,
  name: string | null = null,
): ExampleComparison {
  return { what, name, expected, found, agrees: expected === found };
}

function listText(codes: readonly string[]): string {
  return codes.join(', ');
}

function resultOf(plan: Plan, columns: RatingColumns, name: string): string | null {
  const value = columns.values[plan.results.findIndex((result) => result.name === name)] ?? null;
  return value === null ? null : decimalText(value);
}

function bandCodeOf(plan: Plan, columns: RatingColumns, name: string): string | null {
  const index = plan.gradings.findIndex((grading) => grading.name === name);
  const band = columns.bands[index] ?? null;
  return band === null ? null : (plan.gradings[index]?.bands[band]?.code ?? null);
}
