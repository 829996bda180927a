/** Rating a population: the kernel for all, the referee where the kernel can't be certain. */
import type { Bilingual, RatingColumns } from '@tanxiao/contracts';

import type { Plan } from '../plan/plan';
import { type Benchmark, type BenchmarkTable, chooseBenchmarks, exactSubject } from './benchmarks';
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

/** @param benchmarks null rates without any: what needs one stays unknown, with its reason */
export function rate(
  plan: Plan,
  population: Population,
  benchmarks: BenchmarkTable | null,
): Ratings {
  const n = population.size;
  const chosen = chooseBenchmarks(population, benchmarks);
  const output: RatingOutput = {
    results: plan.results.map(() => new Float64Array(n)),
    bands: plan.gradings.map(() => new Int8Array(n)),
    reasons: new Int32Array(n),
    refer: new Uint8Array(n),
  };
  kernelOf(plan)(population.kernelInput(chosen.approximations), output, 0, n);
  const refereed = new Map<number, RatingColumns>();
  const { beyondKernel } = chosen;
  for (let i = 0; i < n; i++) {
    if (output.refer[i] === 0 && beyondKernel?.[population.cellOf(i)] !== 1) continue;
    refereed.set(i, evaluateExactly(plan, exactSubject(population, chosen, i)).columns);
  }
  const ofSubject = (i: number): (Benchmark | null)[] =>
    chosen.found.map((ofCells) => ofCells[population.cellOf(i)]?.row ?? null);
  return {
    size: n,
    refereed: refereed.size,
    columns: (i) => refereed.get(i) ?? kernelColumns(plan, output, i),
    benchmark: (i) => ofSubject(i)[0] ?? null,
    benchmarks: ofSubject,
  };
}

export function kernelColumns(plan: Plan, output: RatingOutput, i: number): RatingColumns {
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
