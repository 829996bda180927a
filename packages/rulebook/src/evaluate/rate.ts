/** Rating a population: the kernel for all, the referee where the kernel can't be certain. */
import type { Bilingual, RatingColumns } from '@tanxiao/contracts';

import type { Plan } from '../plan/plan';
import {
  type Benchmark,
  type BenchmarkTable,
  chooseBenchmarks,
  type ChosenBenchmarks,
  exactSubject,
} from './benchmarks';
import { type Kernel, ratingKernel, type RatingOutput } from './kernel';
import type { Population } from './population';
import { evaluateExactly } from './referee';

export interface Ratings {
  readonly size: number;
  /** How many subjects the referee decided. */
  readonly refereed: number;
  columns(i: number): RatingColumns;
  /** The benchmark of the first statistic that a subject was compared with; null where there was none. */
  benchmark(i: number): Benchmark | null;
  /** By statistic. */
  benchmarks(i: number): readonly (Benchmark | null)[];
}

const kernels = new WeakMap<Plan, Kernel<RatingOutput>>();

function kernelOf(plan: Plan): Kernel<RatingOutput> {
  let kernel = kernels.get(plan);
  if (!kernel) {
    kernel = ratingKernel(plan);
    kernels.set(plan, kernel);
  }
  return kernel;
}

/** A population's ratings as the columns that the kernel fills, the referee's decisions among them. */
export interface RatedColumns extends RatingOutput {
  readonly size: number;
  /** How many subjects the referee decided. */
  readonly refereed: number;
  /** Subjects that could not be rated; nothing in the columns is theirs. */
  readonly failures: readonly { readonly position: number; readonly error: unknown }[];
  /** By subject: its cell, at least so many entries as there are subjects. Those of one cell share their benchmarks. */
  readonly cells: Int32Array;
  readonly cellCount: number;
  /** The benchmark that a statistic's subjects of a cell were compared with; null where there was none. */
  readonly benchmarkOfCell: (statistic: number, cell: number) => Benchmark | null;
}

/**
 * @param benchmarks null rates without any: what needs one stays unknown, with its reason
 * @param results room for the results, a column each; left out: new columns
 */
export function rateColumns(
  plan: Plan,
  population: Population,
  benchmarks: BenchmarkTable | null,
  results: readonly Float64Array[] = Array.from(
    plan.results,
    () => new Float64Array(population.size),
  ),
): RatedColumns {
  const n = population.size;
  const chosen = chooseBenchmarks(population, benchmarks);
  const output: RatingOutput = {
    results,
    bands: Array.from(plan.gradings, () => new Int8Array(n)),
    reasons: new Int32Array(n),
    refer: new Uint8Array(n),
  };
  kernelOf(plan)(population.kernelInput(chosen.approximations), output, 0, n);
  const { refereed, failures } = referTo(population, chosen, output);
  // One literal, as of the columns of runs: of spread objects V8 makes another hidden class now and then.
  return {
    results: output.results,
    bands: output.bands,
    reasons: output.reasons,
    refer: output.refer,
    size: n,
    refereed,
    failures,
    cells: population.cells,
    cellCount: population.cellCount,
    benchmarkOfCell: (statistic, cell) => chosen.found[statistic]?.[cell]?.row ?? null,
  };
}

/** What the kernel could not be certain of is decided exactly. */
function referTo(
  population: Population,
  chosen: ChosenBenchmarks,
  output: RatingOutput,
): Pick<RatedColumns, 'refereed' | 'failures'> {
  const { beyondKernel } = chosen;
  const failures: { position: number; error: unknown }[] = [];
  let refereed = 0;
  for (let i = 0; i < population.size; i++) {
    if (output.refer[i] === 0 && beyondKernel?.[population.cellOf(i)] !== 1) continue;
    try {
      decideExactly(population, chosen, output, i);
      refereed += 1;
    } catch (error) {
      failures.push({ position: i, error });
    }
  }
  return { refereed, failures };
}

function decideExactly(
  population: Population,
  chosen: ChosenBenchmarks,
  output: RatingOutput,
  i: number,
): void {
  const { plan } = population;
  const { columns } = evaluateExactly(plan, exactSubject(population, chosen, i));
  writeColumns(plan, output, columns, i);
}

/** @throws what the first subject that could not be rated met */
export function rate(
  plan: Plan,
  population: Population,
  benchmarks: BenchmarkTable | null,
): Ratings {
  const rated = rateColumns(plan, population, benchmarks);
  const [failure] = rated.failures;
  if (failure) throw failure.error;
  const benchmark = (statistic: number, i: number): Benchmark | null =>
    rated.benchmarkOfCell(statistic, rated.cells[i]!);
  return {
    size: rated.size,
    refereed: rated.refereed,
    columns: (i) => kernelColumns(plan, rated, i),
    benchmark: (i) => benchmark(0, i),
    benchmarks: (i) => plan.statistics.map((_, statistic) => benchmark(statistic, i)),
  };
}

/** What {@link kernelColumns} reads back. */
function writeColumns(
  plan: Plan,
  output: RatingOutput,
  { values, bands, reasons }: RatingColumns,
  i: number,
): void {
  output.results.forEach((column, k) => (column[i] = values[k] ?? NaN));
  output.bands.forEach((column, k) => (column[i] = bands[k] ?? -1));
  const held = new Set(reasons);
  output.reasons[i] = plan.reasons.reduce(
    (mask, { code }, r) => (held.has(code) ? mask | (2 ** r) : mask),
    0,
  );
}

/** The codes of a set of reasons. */
export function reasonCodes(plan: Plan, mask: number): string[] {
  return plan.reasons.flatMap((reason, r) => ((mask & (2 ** r)) !== 0 ? [reason.code] : []));
}

export function kernelColumns(plan: Plan, output: RatingOutput, i: number): RatingColumns {
  const bands = output.bands.map((column) => (column[i] === -1 ? null : column[i]!));
  const mask = output.reasons[i]!;
  return {
    outcome: bands[plan.headline.grade] === null ? 'not-rated' : 'rated',
    reasons: mask === 0 ? [] : reasonCodes(plan, mask),
    values: output.results.map((column) => (Number.isNaN(column[i]) ? null : column[i]!)),
    bands,
  };
}

/** The combined label (高碳3级) of a rating's bands; null where one of its gradings is unknown or there is no label. */
export function labelOf(plan: Plan, bands: readonly (number | null)[]): Bilingual | null {
  const { label } = plan.rulebook.document;
  if (!label) return null;
  const titles = new Map<string, Bilingual>();
  for (const name of label.of) {
    const index = plan.gradings.findIndex((grading) => grading.name === name);
    const band = bands[index] ?? null;
    if (band === null) return null;
    titles.set(name, plan.gradings[index]!.bands[band]!.title);
  }
  const fillIn = (template: string, language: 'zh' | 'en'): string =>
    template.replace(/\{(\w+)\}/g, (whole, name: string) => titles.get(name)?.[language] ?? whole);
  return { zh: fillIn(label.zh, 'zh'), en: fillIn(label.en, 'en') };
}
