/** What a run does before it rates: populations filled by subjects or by columns, and partial benchmarks of chunks. */
import { BenchmarkMerger, partialOf, type Plan, Population } from '@tanxiao/rulebook';

import { type CitySubjects, populationOf } from './city-subjects';
import type { Contestant } from './contestant';

type Runner = Pick<Contestant, 'name' | 'subjects' | 'run'>;

/** @param size subjects a chunk */
export function statisticsContestants(city: CitySubjects, size: number): Runner[] {
  const { plan, subjects } = city;
  const chunks = Array.from({ length: Math.ceil(subjects.length / size) }, (_, chunk) =>
    subjects.slice(chunk * size, (chunk + 1) * size),
  );
  const populations = chunks.map((chunk) => populationOf(plan, chunk));
  const columns = chunks.map((chunk) => columnsOf(plan, chunk));
  const runner = (name: string, run: () => void): Runner => ({
    name: `${name}, chunks of ${size}`,
    subjects: subjects.length,
    run,
  });
  return [
    runner('Population.add', () => chunks.forEach((chunk) => populationOf(plan, chunk))),
    // The columns become the population's: each run needs its own, whose copying is counted.
    runner('Population.fromColumns, copying the columns', () =>
      columns.forEach((one) =>
        Population.fromColumns(plan, { ...one, columns: one.columns.map((c) => c.slice()) }),
      ),
    ),
    runner('partialOf', () =>
      populations.forEach((population) => partialOf(plan, population, null, 1)),
    ),
    runner('partialOf and merging', () => {
      const merger = new BenchmarkMerger(plan, 1);
      populations.forEach((population, chunk) =>
        merger.add(chunk, partialOf(plan, population, null, 1)),
      );
      merger.rows([]);
    }),
  ];
}

function columnsOf(plan: Plan, subjects: CitySubjects['subjects']) {
  const ids = new Map<string, number>();
  const places: (typeof subjects)[number][] = [];
  const placeOf = Int32Array.from(subjects, (subject) => {
    const key = `${subject.regionCode} ${subject.industryCode}`;
    const id = ids.get(key) ?? places.push(subject) - 1;
    ids.set(key, id);
    return id;
  });
  return {
    columns: plan.inputs.map((_, k) =>
      Float64Array.from(subjects, ({ inputs }) => inputs[k] ?? NaN),
    ),
    ...{ places, placeOf, size: subjects.length },
  };
}
