/** Benchmarks as a run makes them: a partial a chunk, sent as bytes, merged in some order, near ranks asked for exactly. */
import {
  type Benchmark,
  BenchmarkMerger,
  BenchmarkTable,
  decodePartial,
  encodePartial,
  exactValuesOf,
  partialOf,
  type Plan,
  Population,
  Rational,
  stagesOf,
  type SubjectData,
} from '@tanxiao/rulebook';

export function populationOf(plan: Plan, subjects: readonly SubjectData[]): Population {
  const population = new Population(plan, subjects.length);
  for (const subject of subjects) population.add(subject);
  return population;
}

/** @param order of merging: positions of chunks, each once */
export function rowsByChunks(
  plan: Plan,
  chunks: readonly (readonly SubjectData[])[],
  order: readonly number[],
): readonly Benchmark[] {
  const populations = chunks.map((chunk) => populationOf(plan, chunk));
  let table = BenchmarkTable.from(plan, []);
  for (const stage of stagesOf(plan)) {
    const sent = populations.map((population) =>
      encodePartial(partialOf(plan, population, table, stage)),
    );
    const merger = new BenchmarkMerger(plan, stage);
    for (const chunk of order) merger.add(chunk, decodePartial(sent[chunk]!));
    const exact = merger
      .candidates()
      .map((request) => exactValuesOf(populations[request.chunk]!, table, request).map(travelled));
    table = BenchmarkTable.from(plan, [...table.rows, ...merger.rows(exact)]);
  }
  return table.rows;
}

/** Between processes exact values go as texts. */
function travelled(value: Rational): Rational {
  return Rational.parse(value.toString());
}
