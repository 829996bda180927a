/**
 * Benchmarks in use: a statistic's value for every peer group at every level, kept as two exact totals whose quotient it
 * is, and the one that each subject is compared with. How they are made: ../statistics.
 */
import { Rational } from '../exact/rational';
import { peerGroupKey } from '../plan/peer-group';
import type { Plan, PlanStatistic } from '../plan/plan';
import { BENCHMARK_GREATEST, BENCHMARK_LEAST } from './kernel-code';
import type { Population, SubjectData } from './population';
import type { BenchmarkTotals, ExactSubject } from './referee';

export interface Benchmark {
  /** Name of the statistic. */
  readonly statistic: string;
  readonly level: string;
  readonly groupKey: string;
  /** Number of peers. */
  readonly size: number;
  /** Exact: a plain decimal, or a fraction `n/d`. */
  readonly numerator: string;
  readonly denominator: string;
  /** The quotient, rounded for display; null where the denominator is zero. */
  readonly value: number | null;
}

/** A benchmark ready for use: its exact totals, and the double the kernel reads. */
export interface UsableBenchmark {
  readonly row: Benchmark;
  readonly totals: BenchmarkTotals;
  /** Within 4 units of 2^-53 of the quotient; NaN where there is none. */
  readonly approximation: number;
  /** Whether the kernel may use it; otherwise its subjects go to the referee. */
  readonly inKernelRange: boolean;
}

export class BenchmarkTable {
  private readonly byKey = new Map<string, UsableBenchmark>();

  private constructor(
    private readonly statistics: readonly PlanStatistic[],
    readonly rows: readonly Benchmark[],
  ) {
    for (const row of rows) this.byKey.set(`${row.statistic} ${row.groupKey}`, usable(row));
  }

  static from(plan: Plan, rows: readonly Benchmark[]): BenchmarkTable {
    return new BenchmarkTable(plan.statistics, rows);
  }

  /** A statistic's benchmark of the narrowest group with enough peers; at the last level any number is enough. */
  find(statistic: number, subject: SubjectData): UsableBenchmark | null {
    const { groups } = this.statistics[statistic]!;
    for (let level = 0; level < groups.length; level++) {
      const key = peerGroupKey(groups[level]!, subject);
      const found = key === null ? null : this.ofGroup(statistic, level, key);
      if (found) return found;
    }
    return null;
  }

  /** A group's benchmark; null where the group has too few peers for its level. */
  ofGroup(statistic: number, level: number, groupKey: string): UsableBenchmark | null {
    const { name, groups, minimumPeers } = this.statistics[statistic]!;
    const found = this.byKey.get(`${name} ${groupKey}`);
    const least = level === groups.length - 1 ? 1 : minimumPeers;
    return found && found.row.size >= least ? found : null;
  }
}

/** Reads a kept benchmark back. @throws RangeError where its totals are no exact numbers */
export function usable(row: Benchmark): UsableBenchmark {
  const totals = {
    numerator: Rational.parse(row.numerator),
    denominator: Rational.parse(row.denominator),
  };
  if (totals.denominator.sign() === 0)
    return { row, totals, approximation: NaN, inKernelRange: true };
  const approximation = totals.numerator.over(totals.denominator).toNumber();
  const magnitude = Math.abs(approximation);
  return {
    row,
    totals,
    approximation,
    inKernelRange:
      magnitude === 0 || (magnitude >= BENCHMARK_LEAST && magnitude <= BENCHMARK_GREATEST),
  };
}

/** The benchmarks that subjects are compared with. Those of one cell share them. */
export interface ChosenBenchmarks {
  /** By statistic, by cell of the population. */
  readonly found: readonly (readonly (UsableBenchmark | null)[])[];
  /** By statistic, by subject: as the kernel reads them. */
  readonly approximations: readonly Float64Array[];
  /** By cell: 1 where the kernel may not use one of them; null where it may use all. */
  readonly beyondKernel: Uint8Array | null;
}

/** @param benchmarks null: there are none, what needs one stays unknown */
export function chooseBenchmarks(
  population: Population,
  benchmarks: BenchmarkTable | null,
): ChosenBenchmarks {
  const byStatistic = ofSharedCells(population, benchmarks);
  byStatistic.forEach((ofCells, statistic) => {
    if (ofCells.found.length < population.cellCount)
      ofCells.add(foundFrom(population, benchmarks, { statistic, first: ofCells.found.length }));
  });
  return {
    found: Array.from(byStatistic, ({ found }) => found),
    approximations: Array.from(byStatistic, ({ approximations }) =>
      bySubject(population, approximations),
    ),
    beyondKernel: cellsBeyondKernel(byStatistic, population.cellCount),
  };
}

/** A statistic's benchmarks by cell. */
class CellBenchmarks {
  readonly found: (UsableBenchmark | null)[] = [];
  /** NaN: there is none. */
  readonly approximations: number[] = [];
  isAnyBeyondKernel = false;

  add(found: readonly (UsableBenchmark | null)[]): void {
    for (const one of found) {
      this.found.push(one);
      this.approximations.push(one?.approximation ?? NaN);
      if (one?.inKernelRange === false) this.isAnyBeyondKernel = true;
    }
  }
}

type ByStatistic = readonly CellBenchmarks[];

/** Chunks of a population share some thousand cells, for which a table is asked once. */
const foundInTables = new WeakMap<BenchmarkTable, WeakMap<object, ByStatistic>>();

function ofSharedCells(
  { plan, sharedCells }: Population,
  benchmarks: BenchmarkTable | null,
): ByStatistic {
  const none = (): ByStatistic => Array.from(plan.statistics, () => new CellBenchmarks());
  if (benchmarks === null) return none();
  const inTable = foundInTables.get(benchmarks) ?? new WeakMap<object, ByStatistic>();
  foundInTables.set(benchmarks, inTable);
  const known = inTable.get(sharedCells) ?? none();
  inTable.set(sharedCells, known);
  return known;
}

/** Of the cells from one on. */
function foundFrom(
  population: Population,
  benchmarks: BenchmarkTable | null,
  { statistic, first }: { readonly statistic: number; readonly first: number },
): (UsableBenchmark | null)[] {
  const length = population.cellCount - first;
  if (benchmarks === null) return Array.from({ length }, () => null);
  const levels = Array.from(population.plan.statistics[statistic]!.groups, (_, level) => ({
    groups: population.groupsAt(statistic, level),
    benchmarks: Array.from(population.keysOf(statistic, level), (groupKey) =>
      benchmarks.ofGroup(statistic, level, groupKey),
    ),
  }));
  return Array.from({ length }, (_, k) => {
    for (const level of levels) {
      const one = level.benchmarks[level.groups[first + k]!] ?? null;
      if (one !== null) return one;
    }
    return null;
  });
}

function bySubject({ size, cells }: Population, ofCells: readonly number[]): Float64Array {
  const values = new Float64Array(size);
  for (let i = 0; i < size; i++) values[i] = ofCells[cells[i]!]!;
  return values;
}

function cellsBeyondKernel(byStatistic: ByStatistic, cellCount: number): Uint8Array | null {
  const some = byStatistic.filter(({ isAnyBeyondKernel }) => isAnyBeyondKernel);
  if (some.length === 0) return null;
  return Uint8Array.from({ length: cellCount }, (_, cell) =>
    some.some(({ found }) => found[cell]?.inKernelRange === false) ? 1 : 0,
  );
}

/** One subject of a population for the referee. */
export function exactSubject(
  population: Population,
  chosen: ChosenBenchmarks,
  i: number,
): ExactSubject {
  const { regionCode, industryClassification, industryCode, inputs } = population.subject(i);
  const cell = population.cellOf(i);
  const statistics = Array.from(chosen.found, (ofCells) => ofCells[cell]?.totals ?? null);
  return { regionCode, industryClassification, industryCode, inputs, statistics };
}
