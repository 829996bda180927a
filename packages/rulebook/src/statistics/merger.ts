/**
 * Merges partials into benchmark rows: added one by one in any order, then the exact values of the few peers near a rank
 * are asked for, then the rows are there. Memory: the totals of every peer group, and 28 bytes a peer of each order
 * statistic (a peer may be near a rank until all are known); partials themselves are not kept.
 */
import type { Benchmark } from '../evaluate/benchmarks';
import type { BenchmarkTotals } from '../evaluate/referee';
import type { Rational } from '../exact/rational';
import { roundResult } from '../exact/rounding';
import type { Plan } from '../plan/plan';
import { MergedOrder } from './merged-order';
import { MergedTotals } from './merged-totals';
import { isOrderMeasure } from './order-statistic';
import { type GroupTotals, type Partial, rulesOf, statisticsOf } from './partial';

/** Peers of a chunk whose exact values of a statistic are needed: `exactValuesOf` gives them. */
export interface CandidateRequest {
  /** Position among the plan's statistics. */
  readonly statistic: number;
  readonly chunk: number;
  /** In the chunk's population, ascending. */
  readonly positions: Int32Array;
}

/** Display places of a benchmark where it is no result column of its rulebook. */
const DISPLAY_PLACES = 6;

export class BenchmarkMerger {
  private readonly statistics: readonly number[];
  private readonly merged: readonly (MergedTotals | MergedOrder)[];
  private readonly chunks = new Set<number>();

  constructor(
    private readonly plan: Plan,
    private readonly stage: number,
  ) {
    this.statistics = statisticsOf(plan, stage);
    this.merged = this.statistics.map((statistic) => {
      const { measure, groups } = plan.statistics[statistic]!;
      return isOrderMeasure(measure)
        ? new MergedOrder(measure, groups.length)
        : new MergedTotals(groups.length);
    });
  }

  /**
   * @param chunk a number of its own for each chunk, by which its peers are asked for
   * @throws RangeError where the chunk is there already, or the partial was made by other rules or for another stage
   */
  add(chunk: number, partial: Partial): void {
    if (this.chunks.has(chunk)) throw new RangeError(`chunk ${chunk} is merged already`);
    if (partial.rules !== rulesOf(this.plan) || partial.stage !== this.stage)
      throw new RangeError(
        `the partial of chunk ${chunk} was made by other rules or for another stage (${partial.stage}, not ${this.stage}): make it again`,
      );
    this.chunks.add(chunk);
    partial.statistics.forEach((one, k) => {
      const merged = this.merged[k]!;
      if (merged instanceof MergedTotals && one.kind === 'totals') merged.add(one);
      if (merged instanceof MergedOrder && one.kind === 'ordered') merged.add(chunk, one);
    });
  }

  /** Whose exact values `rows` needs, once all chunks are added: none where the stage has no order statistics. */
  candidates(): CandidateRequest[] {
    return this.statistics.flatMap((statistic, k) => {
      const merged = this.merged[k]!;
      if (merged instanceof MergedTotals) return [];
      return merged.candidates().map((request) => ({ statistic, ...request }));
    });
  }

  /**
   * The stage's benchmarks, sorted by statistic and level as the plan has them, then by group key (by code units).
   * @param exactValues by request of `candidates`, by position
   */
  rows(exactValues: readonly (readonly Rational[])[]): Benchmark[] {
    let next = 0;
    return this.statistics.flatMap((statistic, k) => {
      const merged = this.merged[k]!;
      if (merged instanceof MergedTotals) return this.rowsOf(statistic, merged.groups());
      const requests = merged.candidates().length;
      const values = exactValues.slice(next, next + requests);
      next += requests;
      return this.rowsOf(statistic, merged.groups(values));
    });
  }

  /** @param levels by level, in any order within it */
  private rowsOf(statistic: number, levels: readonly (readonly GroupTotals[])[]): Benchmark[] {
    const { plan } = this;
    const { name, groups } = plan.statistics[statistic]!;
    const places = displayPlaces(plan, statistic);
    return groups.flatMap(({ level }, l) =>
      [...levels[l]!].sort(byKey).map(({ groupKey, size, numerator, denominator }): Benchmark => ({
        ...{ statistic: name, level, groupKey, size },
        numerator: numerator.toString(),
        denominator: denominator.toString(),
        value: displayed({ numerator, denominator }, places),
      })),
    );
  }
}

function byKey(a: GroupTotals, b: GroupTotals): number {
  return a.groupKey < b.groupKey ? -1 : a.groupKey > b.groupKey ? 1 : 0;
}

function displayed({ numerator, denominator }: BenchmarkTotals, places: number): number | null {
  return denominator.isZero() ? null : roundResult(numerator.over(denominator), places);
}

function displayPlaces(plan: Plan, statistic: number): number {
  const { slot } = plan.statistics[statistic]!;
  return plan.results.find((result) => result.slot === slot)?.decimals ?? DISPLAY_PLACES;
}
