/** The made city through the real form and the real rulebook: each kind of dirt meets what the model says it meets. */
import { parsePeriod } from '@tanxiao/contracts';
import { formOf, openSheet, readSubmissions, type RowReading } from '@tanxiao/forms';
import { benchmarksOf, type Plan, Population, rate } from '@tanxiao/rulebook';
import { loadStandards } from '@tanxiao/standards';

import { cityFiles, type QuarterFile } from './city';
import { type DirtKind, loadCityModel } from './city-model';

const model = loadCityModel();
const standards = loadStandards();

function planOf(period: string): Plan {
  const plan = standards.plan(model.rulebook, parsePeriod(period)!);
  if (!plan) throw new Error(`no rulebook in force in ${period}`);
  return plan;
}

async function readRows({ bytes, period }: QuarterFile): Promise<RowReading[]> {
  const form = formOf(planOf(period), (id, of) => standards.plan(id, of));
  async function* source(): AsyncGenerator<Buffer> {
    yield await Promise.resolve(bytes);
  }
  const readings: RowReading[] = [];
  // The period stands in the rows: null.
  for await (const reading of readSubmissions(form, await openSheet(source(), 'csv'), {
    period: null,
  }))
    readings.push(reading);
  return readings;
}

type Seen = 'accepted' | 'not-rated' | 'rejected';

interface Evaluated {
  readonly file: QuarterFile;
  /** In the order of the file's rows. */
  readonly seen: readonly Seen[];
  /** Index of the headline grade's band of each rated row. */
  readonly grades: readonly number[];
}

async function evaluate(file: QuarterFile): Promise<Evaluated> {
  const plan = planOf(file.period);
  const readings = await readRows(file);
  const population = new Population(plan, readings.length);
  for (const reading of readings) if ('submission' in reading) population.add(reading.submission);
  const ratings = rate(plan, population, benchmarksOf(plan, population));
  let next = 0;
  const grades: number[] = [];
  const seen = readings.map((reading): Seen => {
    if (!('submission' in reading)) return 'rejected';
    const { outcome, bands } = ratings.columns(next++);
    if (outcome === 'not-rated') return 'not-rated';
    grades.push(bands[plan.headline.grade]!);
    return 'accepted';
  });
  return { file, seen, grades };
}

let quarters: readonly Evaluated[];

beforeAll(async () => {
  quarters = await Promise.all(cityFiles(model).map(evaluate));
});

it('every clean row is accepted and rated; every dirty row meets its stated effect', () => {
  const effects = new Map<DirtKind, string>(model.dirt.map(({ kind, effect }) => [kind, effect]));
  for (const { file, seen } of quarters) {
    expect(seen).toHaveLength(file.rows.length);
    const duplicated = new Set<number>();
    const surprises = file.rows.flatMap(({ dirt, enterprise }, i) => {
      let expected = dirt === null ? 'accepted' : effects.get(dirt)!;
      if (dirt === 'duplicate-row' && !duplicated.has(enterprise.serial)) {
        // The first of the two stands, the second is refused.
        duplicated.add(enterprise.serial);
        expected = 'accepted';
      }
      return seen[i] === expected ? [] : [{ dirt, expected, seen: seen[i], enterprise }];
    });
    expect(surprises).toEqual([]);
  }
});

it('every quarter has all five grades, none with more than half of the city', () => {
  for (const { grades } of quarters) {
    const counts = [0, 1, 2, 3, 4].map((band) => grades.filter((grade) => grade === band).length);
    for (const count of counts) {
      expect(count).toBeGreaterThan(0.03 * grades.length);
      expect(count).toBeLessThan(0.5 * grades.length);
    }
  }
});
