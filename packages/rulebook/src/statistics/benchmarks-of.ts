/**
 * The benchmarks of one population that is in memory: its partials as the only chunk, stage by stage. They are made of
 * exact values, so neither order nor the number of chunks and workers can change them.
 */
import { BenchmarkTable } from '../evaluate/benchmarks';
import type { Population } from '../evaluate/population';
import type { Plan } from '../plan/plan';
import { exactValuesOf, partialOf } from './chunk-partial';
import { BenchmarkMerger } from './merger';
import { stagesOf } from './partial';

const ONLY_CHUNK = 0;

/** Every group's benchmarks at every level, over the population's members: stage by stage, as they need one another. */
export function benchmarksOf(plan: Plan, population: Population): BenchmarkTable {
  let table = BenchmarkTable.from(plan, []);
  for (const stage of stagesOf(plan)) {
    const merger = new BenchmarkMerger(plan, stage);
    merger.add(ONLY_CHUNK, partialOf(plan, population, table, stage));
    const exact = merger.candidates().map((request) => exactValuesOf(population, table, request));
    table = BenchmarkTable.from(plan, [...table.rows, ...merger.rows(exact)]);
  }
  return table;
}
