/** Every worked example of every rulebook, by kernel and by referee. */
import { decimalText, parsePeriod, type RatingColumns } from '@tanxiao/contracts';
import {
  type Benchmark,
  BenchmarkTable,
  type Example,
  explain,
  labelOf,
  peerGroupKey,
  type Plan,
  Population,
  rate,
  type SubjectData,
} from '@tanxiao/rulebook';

import { loadStandards } from './standards';

const standards = loadStandards();

function subjectOf(plan: Plan, example: Example): SubjectData {
  const names = plan.inputs.map((input) => input.name);
  for (const name of Object.keys(example.inputs)) expect(names).toContain(name);
  return {
    regionCode: example.regionCode,
    industryClassification: 'gbt4754-2017',
    industryCode: example.industryCode,
    inputs: plan.inputs.map(({ name, options }) => {
      const given = example.inputs[name] ?? null;
      if (typeof given !== 'string') return given;
      const position = options?.findIndex(({ code }) => code === given) ?? -1;
      expect([name, given, position >= 0]).toEqual([name, given, true]);
      return position;
    }),
  };
}

/** The statistics that the example gives, as benchmarks of the subject's narrowest groups. */
function benchmarksOf(plan: Plan, example: Example, subject: SubjectData): Benchmark[] {
  return plan.statistics.flatMap(({ name, groups }, index) => {
    const given = example.statistics?.[name] ?? (index === 0 ? example.benchmark : undefined);
    if (given === undefined) return [];
    const totals =
      typeof given === 'number' ? { numerator: decimalText(given), denominator: '1' } : given;
    const group = groups[0]!;
    return [
      {
        statistic: name,
        ...totals,
        level: group.level,
        groupKey: peerGroupKey(group, subject),
        size: 1000,
        value: null,
      },
    ];
  });
}

function expectColumns(plan: Plan, columns: RatingColumns, expected: Example['expect']): void {
  expect(columns.outcome).toBe(expected.outcome);
  expect(columns.reasons).toEqual(expected.reasons ?? []);
  for (const [name, value] of Object.entries(expected.results ?? {})) {
    const found = columns.values[plan.results.findIndex((result) => result.name === name)] ?? null;
    expect([name, found === null ? null : decimalText(found)]).toEqual([name, value]);
  }
  for (const [name, code] of Object.entries(expected.gradings ?? {})) {
    const index = plan.gradings.findIndex((grading) => grading.name === name);
    const band = columns.bands[index] ?? null;
    expect([name, band === null ? null : plan.gradings[index]!.bands[band]!.code]).toEqual([
      name,
      code,
    ]);
  }
  if (expected.label !== undefined) expect(labelOf(plan, columns.bands)?.zh).toBe(expected.label);
}

describe.each(
  standards.rulebooks.map((rulebook) => [`${rulebook.id} ${rulebook.version}`, rulebook] as const),
)('%s', (_, rulebook) => {
  test('has at least eight worked examples', () => {
    expect(rulebook.document.examples.length).toBeGreaterThanOrEqual(8);
  });

  test.each(rulebook.document.examples.map((example) => [example.title.zh, example] as const))(
    '%s',
    (_title, example) => {
      const plan = standards.plan(rulebook.id, parsePeriod(example.period)!)!;
      const subject = subjectOf(plan, example);
      const benchmarks = benchmarksOf(plan, example, subject);
      const population = new Population(plan, 1);
      population.add(subject);
      const ratings = rate(plan, population, BenchmarkTable.from(plan, benchmarks));
      expectColumns(plan, ratings.columns(0), example.expect);
      expect(explain(plan, subject, benchmarks).columns).toEqual(ratings.columns(0));
    },
  );
});
