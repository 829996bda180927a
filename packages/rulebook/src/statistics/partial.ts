/**
 * Partial benchmarks: what one chunk of subjects contributes to all statistics of a stage. Partials of any cut of a
 * population, merged in any order (`BenchmarkMerger`), make the same benchmarks to the byte: totals are exact, and of
 * order statistics each peer's value is kept within its bound until it is known whose exact values decide.
 */
import type { BenchmarkTotals } from '../evaluate/referee';
import type { Plan } from '../plan/plan';

export interface Partial {
  /** By which rules: partials of others are never merged with it. */
  readonly rules: string;
  readonly stage: number;
  /** Of the chunk, peers or not. */
  readonly subjects: number;
  /** Of the stage's statistics, in the plan's order. */
  readonly statistics: readonly StatisticPartial[];
}

export type StatisticPartial = TotalsPartial | OrderedPartial;

/** Of a ratio of totals or a mean. */
export interface TotalsPartial {
  readonly kind: 'totals';
  /** By level of the statistic's groups: the groups that have peers in the chunk. */
  readonly levels: readonly (readonly GroupTotals[])[];
}

export interface GroupTotals extends BenchmarkTotals {
  readonly groupKey: string;
  /** Number of peers. */
  readonly size: number;
}

/** Of a median or top share. */
export interface OrderedPartial {
  readonly kind: 'ordered';
  /** By level. */
  readonly levels: readonly {
    readonly groupKeys: readonly string[];
    /** By atom: position of its group's key; −1: its peers are in no group of this level. */
    readonly groups: Int32Array;
  }[];
  /** By peer: its atom. Peers of one atom are in the same groups at every level. */
  readonly atoms: Int32Array;
  /** By peer: its position in the chunk's population. */
  readonly positions: Int32Array;
  /** By peer: the exact value lies within the bound of the value; exactly on it where both are zero. */
  readonly values: Float64Array;
  readonly bounds: Float64Array;
}

/** The stages in which a plan's statistics are made, in their order: each reads benchmarks of earlier ones only. */
export function stagesOf({ statistics }: Plan): number[] {
  return [...new Set(statistics.map(({ stage }) => stage))].sort((a, b) => a - b);
}

/** Positions of the statistics of a stage. */
export function statisticsOf({ statistics }: Plan, stage: number): number[] {
  return statistics.flatMap((statistic, index) => (statistic.stage === stage ? [index] : []));
}

/** Tells rules apart: documents and period. */
export function rulesOf({ rulebook, factorSet, period }: Plan): string {
  return `${rulebook.hash} ${factorSet.hash} ${period.id}`;
}
