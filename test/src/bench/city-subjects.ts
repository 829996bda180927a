/**
 * The benchmark's inputs: made cities of the demo (人工生成，非真实数据), smooth and industry-like, with the few that are
 * not rated; no unit slips and no aimed-at bounds. Seeded: the same subjects on every machine.
 */
import { loadCityModel, madeEnterprises, quarterFile } from '@tanxiao/demo';
import {
  benchmarksOf,
  type BenchmarkTable,
  type Plan,
  Population,
  type SubjectData,
} from '@tanxiao/rulebook';

export interface CitySubjects {
  readonly plan: Plan;
  readonly subjects: readonly SubjectData[];
  readonly population: Population;
  readonly benchmarks: BenchmarkTable;
  /** By input name, defaults in place, and `benchmark` as a double: what a competitor is given. */
  readonly rows: readonly Row[];
}

export type Row = Readonly<Record<string, number | null>>;

const SEED = 'tanxiao-bench';
/** Of the demo's dirt: what a careful form lets through. */
const LET_THROUGH: ReadonlySet<string | null> = new Set([
  null,
  'missing-electricity',
  'missing-value-added',
  'zero-value-added',
  'negative-value-added',
]);

/** @param plan of `industrial-carbon-efficiency` */
export function citySubjects(plan: Plan, count: number): CitySubjects {
  const subjects: SubjectData[] = [];
  for (let city = 1; subjects.length < count; city++)
    subjects.push(...subjectsOfCity(plan, `${SEED}-${city}`).slice(0, count - subjects.length));
  const population = populationOf(plan, subjects);
  const benchmarks = benchmarksOf(plan, population);
  return {
    plan,
    subjects,
    population,
    benchmarks,
    rows: subjects.map((subject, i) => rowOf(plan, population.subject(i), benchmarks, subject)),
  };
}

export function populationOf(plan: Plan, subjects: readonly SubjectData[]): Population {
  const population = new Population(plan, subjects.length);
  for (const subject of subjects) population.add(subject);
  return population;
}

function subjectsOfCity(plan: Plan, seed: string): SubjectData[] {
  const model = loadCityModel();
  const quarter = model.quarters.find(({ period }) => period === plan.period.id);
  if (!quarter) throw new Error(`the made city has no quarter ${plan.period.id}`);
  return quarterFile(model, madeEnterprises(model, seed), quarter, seed)
    .rows.filter(({ dirt }) => LET_THROUGH.has(dirt))
    .map(({ enterprise, cells }) => ({
      regionCode: enterprise.regionCode,
      industryClassification: model.classification,
      industryCode: enterprise.industryCode,
      inputs: plan.inputs.map(({ name }) => numberIn(cells.get(name) ?? '')),
    }));
}

function numberIn(cell: string): number | null {
  return cell === '' ? null : Number(cell);
}

function rowOf(
  plan: Plan,
  { inputs }: SubjectData,
  benchmarks: BenchmarkTable,
  place: SubjectData,
): Row {
  const statistics = plan.statistics.map(({ name }, index) => [
    name,
    benchmarks.find(index, place)?.approximation ?? null,
  ]);
  return Object.fromEntries([
    ...plan.inputs.map(({ name }, k) => [name, inputs[k] ?? null]),
    ...statistics,
  ]) as Row;
}
