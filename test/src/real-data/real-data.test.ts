/** The real factories through form and rulebook: nothing crashes, nothing is lost, every row has its outcome. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

import { formOf, openSheet, readSubmissions } from '@tanxiao/forms';
import { benchmarksOf, Population, rate } from '@tanxiao/rulebook';
import { loadStandards } from '@tanxiao/standards';

import { ASSESSMENT_ROWS, assessmentsPath, assessmentsPlan, mappingGas } from './assessments';
import { mapFactoryAssessments } from './map-factory-assessments';

const path = assessmentsPath();
const whereShared = path === null ? describe.skip : describe;

async function* mappedBytes(source: string): AsyncGenerator<Buffer> {
  const input = createReadStream(source, 'utf8');
  const lines = createInterface({ input, crlfDelay: Infinity });
  for await (const line of mapFactoryAssessments(lines, mappingGas().ratio))
    yield Buffer.from(`${line}\n`);
}

interface Outcomes {
  readonly rejected: Readonly<Record<string, number>>;
  readonly notRated: Readonly<Record<string, number>>;
  readonly rated: number;
  readonly grades: readonly number[];
  readonly refereed: number;
  readonly total: number;
}

function countOf(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

async function evaluateAll(source: string): Promise<Outcomes> {
  const plan = assessmentsPlan();
  const form = formOf(plan, (id, period) => loadStandards().plan(id, period));
  const population = new Population(plan, ASSESSMENT_ROWS);
  const rejected: Record<string, number> = {};
  const notRated: Record<string, number> = {};
  let total = 0;
  const sheet = await openSheet(mappedBytes(source), 'csv');
  for await (const reading of readSubmissions(form, sheet, { period: null })) {
    total += 1;
    if ('submission' in reading) population.add(reading.submission);
    else countOf(rejected, reading.issues.map(({ code, column }) => `${code} ${column}`).join());
  }
  const ratings = rate(plan, population, benchmarksOf(plan, population));
  const grades = plan.gradings[plan.headline.grade]!.bands.map(() => 0);
  let rated = 0;
  for (let i = 0; i < ratings.size; i++) {
    const { outcome, reasons, bands } = ratings.columns(i);
    if (outcome === 'not-rated') countOf(notRated, reasons.join());
    else {
      rated += 1;
      grades[bands[plan.headline.grade]!]! += 1;
    }
  }
  return { rejected, notRated, rated, grades, refereed: ratings.refereed, total };
}

whereShared('15,738 real factories', () => {
  let outcomes: Outcomes;

  beforeAll(async () => {
    outcomes = await evaluateAll(path!);
  }, 120_000);

  it('each are rated, not rated with a reason, or rejected: none is lost', () => {
    const sum = (counts: Readonly<Record<string, number>>): number =>
      Object.values(counts).reduce((total, count) => total + count, 0);
    expect(outcomes.total).toBe(ASSESSMENT_ROWS);
    expect(outcomes.rated + sum(outcomes.notRated) + sum(outcomes.rejected)).toBe(ASSESSMENT_ROWS);
    expect(Object.keys(outcomes.notRated)).not.toContain('');
  });

  it('are rejected only for what the file lacks', () => {
    expect(outcomes.rejected).toEqual({ 'required industry_code': 1 });
  });

  it('are not rated only where revenue or electricity is missing', () => {
    expect(outcomes.notRated).toMatchInlineSnapshot(`
     {
       "missing-electricity": 39,
       "missing-revenue": 124,
       "missing-revenue,missing-electricity": 2,
     }
    `);
  });

  it('spread over all five grades', () => {
    expect(outcomes.grades.reduce((total, count) => total + count, 0)).toBe(outcomes.rated);
    expect({ rated: outcomes.rated, grades: outcomes.grades }).toMatchInlineSnapshot(`
     {
       "grades": [
         4758,
         1905,
         2970,
         3023,
         2916,
       ],
       "rated": 15572,
     }
    `);
  });
});
