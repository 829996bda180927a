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
  const { plan, cellCount } = population;
  const found = Array.from(plan.statistics, (_, statistic) =>
    benchmarks === null
      ? Array.from({ length: cellCount }, () => null)
      : foundByCell(population, benchmarks, statistic),
  );
  return {
    found,
    approximations: Array.from(found, (ofCells) => approximationsOf(population, ofCells)),
    beyondKernel: cellsBeyondKernel(found, cellCount),
  };
}

function foundByCell(
  population: Population,
  benchmarks: BenchmarkTable,
  statistic: number,
): (UsableBenchmark | null)[] {
  const levels = Array.from(population.plan.statistics[statistic]!.groups, (_, level) => ({
    groups: population.groupsAt(statistic, level),
    benchmarks: Array.from(population.keysOf(statistic, level), (groupKey) =>
      benchmarks.ofGroup(statistic, level, groupKey),
    ),
  }));
  return Array.from({ length: population.cellCount }, (_, cell) => {
    for (const level of levels) {
      const one = level.benchmarks[level.groups[cell]!] ?? null;
      if (one !== null) return one;
    }
    return null;
  });
}

function approximationsOf(
  population: Population,
  found: readonly (UsableBenchmark | null)[],
): Float64Array {
  const ofCells = Float64Array.from(found, (one) => one?.approximation ?? NaN);
  const values = new Float64Array(population.size);
  for (let i = 0; i < values.length; i++) values[i] = ofCells[population.cellOf(i)]!;
  return values;
}

function cellsBeyondKernel(found: ChosenBenchmarks['found'], cellCount: number): Uint8Array | null {
  const beyond = new Uint8Array(cellCount);
  for (const ofCells of found)
    ofCells.forEach((one, cell) => {
      if (one?.inKernelRange === false) beyond[cell] = 1;
    });
  return beyond.includes(1) ? beyond : null;
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
