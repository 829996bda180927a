/** Rating a population: the kernel for all, the referee where the kernel can't be certain. */
import type { Bilingual, RatingColumns } from '@tanxiao/contracts';

import type { Plan } from '../plan/plan';
import { type Benchmark, type BenchmarkTable, type UsableBenchmark } from './benchmarks';
import { type Kernel, type KernelOutput, makeKernel } from './kernel';
import type { Population } from './population';
import { evaluateExactly } from './referee';

export interface Ratings {
  readonly size: number;
  /** How many subjects the referee decided. */
  readonly refereed: number;
  columns(i: number): RatingColumns;
  /** The benchmark a subject was compared with; null where there was none. */
  benchmark(i: number): Benchmark | null;
}

const kernels = new WeakMap<Plan, Kernel>();

function kernelOf(plan: Plan): Kernel {
  let kernel = kernels.get(plan);
  if (!kernel) {
    kernel = makeKernel(plan, 2);
    kernels.set(plan, kernel);
  }
  return kernel;
}

/** @param benchmarks null rates without any: what needs one stays unknown, with its reason */
export function rate(
  plan: Plan,
  population: Population,
  benchmarks: BenchmarkTable | null,
): Ratings {
  const n = population.size;
  const chosen = chooseBenchmarks(plan, population, benchmarks);
  const approximations = new Float64Array(n);
  const output: KernelOutput = {
    results: plan.results.map(() => new Float64Array(n)),
    bands: plan.gradings.map(() => new Int8Array(n)),
    reasons: new Int32Array(n),
    refer: new Uint8Array(n),
    members: new Uint8Array(0),
  };
  for (let i = 0; i < n; i++) approximations[i] = chosen[i]?.approximation ?? NaN;
  kernelOf(plan)(population.kernelInput(approximations), output, 0, n);
  const refereed = new Map<number, RatingColumns>();
  for (let i = 0; i < n; i++) {
    if (output.refer[i] === 0 && chosen[i]?.inKernelRange !== false) continue;
    const { columns } = evaluateExactly(plan, {
      inputs: population.inputsOf(i),
      province: population.provinceOf(i),
      benchmark: chosen[i]?.totals ?? null,
    });
    refereed.set(i, columns);
  }
  return {
    size: n,
    refereed: refereed.size,
    columns: (i) => refereed.get(i) ?? kernelColumns(plan, output, i),
    benchmark: (i) => chosen[i]?.row ?? null,
  };
}

function chooseBenchmarks(
  plan: Plan,
  population: Population,
  benchmarks: BenchmarkTable | null,
): (UsableBenchmark | null)[] {
  const chosen = new Array<UsableBenchmark | null>(population.size).fill(null);
  if (!benchmarks || !plan.peers) return chosen;
  for (let i = 0; i < population.size; i++) {
    chosen[i] = benchmarks.findByKeys(
      (level) => population.keysOf(level)[population.groupOf(level, i)]!,
    );
  }
  return chosen;
}

function kernelColumns(plan: Plan, output: KernelOutput, i: number): RatingColumns {
  const bands = output.bands.map((column) => (column[i] === -1 ? null : column[i]!));
  const mask = output.reasons[i]!;
  return {
    outcome: bands[plan.headline.grade] === null ? 'not-rated' : 'rated',
    reasons:
      mask === 0
        ? []
        : plan.reasons.flatMap((reason, r) => ((mask & (2 ** r)) !== 0 ? [reason.code] : [])),
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
