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
    inputs: names.map((name) => example.inputs[name] ?? null),
  };
}

function benchmarkOf(plan: Plan, example: Example, subject: SubjectData): Benchmark | null {
  if (!example.benchmark || !plan.peers) return null;
  const group = plan.peers.groups[0]!;
  return {
    ...example.benchmark,
    level: group.level,
    groupKey: peerGroupKey(group, subject),
    size: 5,
    value: null,
  };
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
      const benchmark = benchmarkOf(plan, example, subject);
      const population = new Population(plan, 1);
      population.add(subject);
      const ratings = rate(
        plan,
        population,
        benchmark ? BenchmarkTable.from(plan, [benchmark]) : null,
      );
      expectColumns(plan, ratings.columns(0), example.expect);
      expect(explain(plan, subject, benchmark).columns).toEqual(ratings.columns(0));
    },
  );
});
