/**
 * A rulebook's worked examples as its tests: each is rated by the kernel and, line by line, by the referee, and what
 * was found is set beside what the example expects.
 */
import { type Bilingual, decimalText, parsePeriod, type RatingColumns } from '@tanxiao/contracts';

import type { FactorSet } from '../document/factor-set';
import type { NumericInput } from '../document/names';
import { inForce, type Rulebook } from '../document/rulebook';
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

/** The classification that examples write their industry codes in. */
const CLASSIFICATION = 'gbt4754-2017';

export interface ExampleComparison {
  readonly what: 'outcome' | 'reasons' | 'result' | 'grading' | 'label' | 'referee';
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
  /** Why the example could not be rated at all; then there are no comparisons. */
  readonly mistakes: readonly Bilingual[];
  readonly comparisons: readonly ExampleComparison[];
  /** Codes of the checks that would reject such a submission on arrival. */
  readonly failedChecks: readonly string[];
  /** Null where the example could not be rated. */
  readonly explanation: Explanation | null;
}

/** Every example, in the order of the document. @throws RulebookError where the rulebook does not compile */
export function checkExamples(rulebook: Rulebook, factorSet: FactorSet): ExampleResult[] {
  const plans = new Map<string, Plan>();
  return rulebook.document.examples.map((example) => {
    const period = parsePeriod(example.period);
    const mistakes = mistakesOf(rulebook, example);
    if (period === null || mistakes.length > 0) return unrated(example, mistakes);
    const plan = plans.get(period.id) ?? compilePlan(rulebook, factorSet, period);
    plans.set(period.id, plan);
    return rated(plan, example);
  });
}

function unrated(example: Example, mistakes: readonly Bilingual[]): ExampleResult {
  return {
    title: example.title,
    period: example.period,
    passes: false,
    mistakes,
    comparisons: [],
    failedChecks: [],
    explanation: null,
  };
}

function rated(plan: Plan, example: Example): ExampleResult {
  const subject = exampleSubject(plan, example);
  const benchmarks = exampleBenchmarks(plan, example, subject);
  const rejected = failedChecks(plan, subject.inputs).map(({ code }) => code);
  const population = new Population(plan, 1);
  population.add(subject);
  const columns = rate(plan, population, BenchmarkTable.from(plan, benchmarks)).columns(0);
  const explanation = explain(plan, subject, benchmarks);
  const comparisons = [
    ...comparisonsOf(plan, columns, example.expect),
    ...refereeComparison(columns, explanation.columns),
  ];
  return {
    title: example.title,
    period: example.period,
    passes: comparisons.every(({ agrees }) => agrees),
    mistakes: [],
    comparisons,
    failedChecks: rejected,
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
  expected: Example['expect'],
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

/** What makes an example no example of this rulebook: a period, an input or a result that it does not know. */
function mistakesOf(rulebook: Rulebook, example: Example): Bilingual[] {
  const { document, inputs } = rulebook;
  const unknown = (
    given: Readonly<Record<string, unknown>> | undefined,
    known: readonly { readonly name: string }[],
    kind: Bilingual,
  ): Bilingual[] =>
    Object.keys(given ?? {})
      .filter((name) => !known.some((one) => one.name === name))
      .map((name) => ({
        zh: `没有名为“${name}”的${kind.zh}`,
        en: `there is no ${kind.en} named "${name}"`,
      }));
  return [
    ...periodMistakes(rulebook, example.period),
    ...unknown(example.inputs, inputs, { zh: '填报项', en: 'input' }),
    ...unknown(example.expect.results, document.results.columns, {
      zh: '结果列',
      en: 'result column',
    }),
    ...unknown(example.expect.gradings, document.gradings, { zh: '分级', en: 'grading' }),
    ...unknown(example.statistics, document.peers, { zh: '统计值', en: 'statistic' }),
    ...inputMistakes(rulebook, example),
  ];
}

function periodMistakes(rulebook: Rulebook, id: string): Bilingual[] {
  const period = parsePeriod(id);
  if (period === null) {
    return [
      {
        zh: `评价期“${id}”无效：应如 2026Q3、2026H1 或 2026`,
        en: `period "${id}" is not valid: write 2026Q3, 2026H1 or 2026`,
      },
    ];
  }
  if (inForce([rulebook], rulebook.id, period) !== null) return [];
  return [
    {
      zh: `评价规范在评价期 ${id} 的最后一天（${period.end}）没有生效`,
      en: `the rulebook is not in force on the last day of ${id} (${period.end})`,
    },
  ];
}

/** What would be rejected on arrival for its own sake: numbers beyond their bounds, options that do not exist. */
function inputMistakes(rulebook: Rulebook, example: Example): Bilingual[] {
  return rulebook.inputs.flatMap((input) => {
    const given = example.inputs[input.name] ?? null;
    const mistake = given === null ? null : inputMistake(input, given);
    return mistake === null ? [] : [mistake];
  });
}

function inputMistake(
  { name, minimum, maximum, options }: NumericInput,
  given: number | string,
): Bilingual | null {
  if (options !== null || typeof given === 'string') {
    const codes = options?.map(({ code }) => code) ?? [];
    if (codes.includes(String(given))) return null;
    return options === null
      ? { zh: `${name} 应为数值，实为“${given}”`, en: `${name} takes a number, found "${given}"` }
      : {
          zh: `${name} 没有选项“${given}”，可用：${codes.join('、')}`,
          en: `${name} has no option "${given}"; there are ${codes.join(', ')}`,
        };
  }
  const found = decimalText(given);
  if (minimum !== null && given < minimum) {
    const bound = decimalText(minimum);
    return {
      zh: `${name} 为 ${found}，小于最小值 ${bound}`,
      en: `${name} is ${found}, below its minimum ${bound}`,
    };
  }
  if (maximum !== null && given > maximum) {
    const bound = decimalText(maximum);
    return {
      zh: `${name} 为 ${found}，大于最大值 ${bound}`,
      en: `${name} is ${found}, above its maximum ${bound}`,
    };
  }
  return null;
}
