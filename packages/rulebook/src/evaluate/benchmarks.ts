/**
 * Benchmarks: a statistic's value for every peer group at every level, kept as two exact totals whose quotient it is.
 * They are made of exact values, so neither order nor the number of workers can change them.
 */
import { Rational } from '../exact/rational';
import { roundResult, roundToPlaces } from '../exact/rounding';
import { peerGroupKey } from '../plan/peer-group';
import type { Plan, PlanStatistic } from '../plan/plan';
import { type Kernel, memberKernel, type MemberOutput } from './kernel';
import { BENCHMARK_GREATEST, BENCHMARK_LEAST } from './kernel-code';
import { orderStatistic } from './order-statistic';
import type { Population, SubjectData } from './population';
import {
  type BenchmarkTotals,
  evaluateExactly,
  type ExactSubject,
  isMember,
  measuredSlots,
  statisticValues,
} from './referee';

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

/** Display places of a benchmark where it is no result column of its rulebook. */
const DISPLAY_PLACES = 6;

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

/** The benchmarks that each subject is compared with, by statistic. */
export interface ChosenBenchmarks {
  /** By statistic, by subject. */
  readonly found: readonly (readonly (UsableBenchmark | null)[])[];
  /** By statistic, by subject: as the kernel reads them. */
  readonly approximations: readonly Float64Array[];
}

/** @param benchmarks null: there are none, what needs one stays unknown */
export function chooseBenchmarks(
  population: Population,
  benchmarks: BenchmarkTable | null,
): ChosenBenchmarks {
  const { plan, size } = population;
  const found = plan.statistics.map((_, statistic) => {
    const column = new Array<UsableBenchmark | null>(size).fill(null);
    if (benchmarks !== null) fillChosen(column, population, benchmarks, statistic);
    return column;
  });
  const approximations = found.map((column) => {
    const values = new Float64Array(size);
    for (let i = 0; i < size; i++) values[i] = column[i]?.approximation ?? NaN;
    return values;
  });
  return { found, approximations };
}

/** Looks up once a group, not once a subject: of 1.8 M subjects/s, half the time went into the keys' texts. */
function fillChosen(
  column: (UsableBenchmark | null)[],
  population: Population,
  benchmarks: BenchmarkTable,
  statistic: number,
): void {
  const levels = population.plan.statistics[statistic]!.groups.map((_, level) => ({
    groups: population.groupsAt(statistic, level),
    benchmarks: population
      .keysOf(statistic, level)
      .map((groupKey) => benchmarks.ofGroup(statistic, level, groupKey)),
  }));
  for (let i = 0; i < column.length; i++)
    for (const level of levels) {
      const one = level.benchmarks[level.groups[i]!] ?? null;
      if (one === null) continue;
      column[i] = one;
      break;
    }
}

/** One subject of a population for the referee. */
export function exactSubject(
  population: Population,
  chosen: ChosenBenchmarks,
  i: number,
): ExactSubject {
  return {
    ...population.subject(i),
    statistics: chosen.found.map((column) => column[i]?.totals ?? null),
  };
}

/** Every group's benchmarks at every level, over the population's members: stage by stage, as they need one another. */
export function benchmarksOf(plan: Plan, population: Population): BenchmarkTable {
  const stages = [...new Set(plan.statistics.map(({ stage }) => stage))].sort((a, b) => a - b);
  let table = BenchmarkTable.from(plan, []);
  for (const stage of stages) {
    const chosen = chooseBenchmarks(population, table);
    const rows = plan.statistics.flatMap((statistic, index) =>
      statistic.stage === stage ? statisticRows(population, chosen, index) : [],
    );
    table = BenchmarkTable.from(plan, [...table.rows, ...rows]);
  }
  return table;
}

function statisticRows(
  population: Population,
  chosen: ChosenBenchmarks,
  statistic: number,
): Benchmark[] {
  const { plan } = population;
  const { groups, measure } = plan.statistics[statistic]!;
  const peers = peersOf(population, chosen, statistic);
  const totals =
    measure.kind === 'ratio-of-totals' || measure.kind === 'mean'
      ? totalsByGroup(population, chosen, statistic, peers)
      : orderedByGroup(population, chosen, statistic, peers);
  return groups.flatMap((group, level) =>
    totals[level]!.flatMap((sum, index): Benchmark[] => {
      if (sum === null) return [];
      const { numerator, denominator, size } = sum;
      return [
        {
          statistic: plan.statistics[statistic]!.name,
          level: group.level,
          groupKey: population.keysOf(statistic, level)[index]!,
          size,
          numerator: numerator.toString(),
          denominator: denominator.toString(),
          value:
            denominator.sign() === 0
              ? null
              : roundResult(numerator.over(denominator), displayPlaces(plan, statistic)),
        },
      ];
    }),
  );
}

function displayPlaces(plan: Plan, statistic: number): number {
  const { slot } = plan.statistics[statistic]!;
  return plan.results.find((result) => result.slot === slot)?.decimals ?? DISPLAY_PLACES;
}

interface GroupTotals extends BenchmarkTotals {
  readonly size: number;
}

/** Sums of exact values: of both of a ratio, or of one, rounded as a mean's are, and the number of peers. */
function totalsByGroup(
  population: Population,
  chosen: ChosenBenchmarks,
  statistic: number,
  { members }: Peers,
): (GroupTotals | null)[][] {
  const { plan } = population;
  const { groups, measure } = plan.statistics[statistic]!;
  const sums = groups.map((_, level) =>
    new Array<GroupTotals | null>(population.keysOf(statistic, level).length).fill(null),
  );
  for (let i = 0; i < population.size; i++) {
    if (members[i] === 0) continue;
    const [value, denominator = Rational.ONE] = statisticValues(
      plan,
      statistic,
      exactSubject(population, chosen, i),
    );
    const numerator = measure.kind === 'mean' ? roundToPlaces(value!, measure.decimals) : value!;
    sums.forEach((ofLevel, level) => {
      const group = population.groupOf(statistic, level, i);
      if (group < 0) return;
      const sum = ofLevel[group];
      ofLevel[group] = sum
        ? {
            size: sum.size + 1,
            numerator: sum.numerator.plus(numerator),
            denominator: sum.denominator.plus(denominator),
          }
        : { size: 1, numerator, denominator };
    });
  }
  return sums;
}

/** Order statistics: each group's peers with their approximate values; only those near the rank are evaluated exactly. */
function orderedByGroup(
  population: Population,
  chosen: ChosenBenchmarks,
  statistic: number,
  { members, values, bounds }: Peers,
): (GroupTotals | null)[][] {
  const { plan } = population;
  const { groups, measure } = plan.statistics[statistic]!;
  const exactOf = (i: number): Rational =>
    statisticValues(plan, statistic, exactSubject(population, chosen, i))[0]!;
  return groups.map((_, level) => {
    const peers: number[][] = population.keysOf(statistic, level).map(() => []);
    for (let i = 0; i < population.size; i++)
      if (members[i] === 1) peers[population.groupOf(statistic, level, i)]?.push(i);
    return peers.map((indices) =>
      indices.length === 0
        ? null
        : {
            size: indices.length,
            ...orderStatistic(measure, { indices, values, bounds, exactOf }),
          },
    );
  });
}

type Peers = Pick<MemberOutput, 'members' | 'values' | 'bounds'>;

const memberKernels = new WeakMap<PlanStatistic, Kernel<MemberOutput>>();

/** 1 for each subject that is a peer, decided exactly; values of order statistics within their bounds. */
function peersOf(population: Population, chosen: ChosenBenchmarks, statistic: number): Peers {
  const { plan, size } = population;
  const of = plan.statistics[statistic]!;
  let kernel = memberKernels.get(of);
  if (!kernel) {
    kernel = memberKernel(plan, statistic);
    memberKernels.set(of, kernel);
  }
  const output: MemberOutput = {
    members: new Uint8Array(size),
    values: new Float64Array(size),
    bounds: new Float64Array(size),
    refer: new Uint8Array(size),
  };
  kernel(population.kernelInput(chosen.approximations), output, 0, size);
  for (let i = 0; i < size; i++) {
    const inRange = chosen.found.every((column) => column[i]?.inKernelRange !== false);
    if (output.refer[i] === 0 && inRange) continue;
    const exact = evaluateExactly(plan, exactSubject(population, chosen, i), of.stage);
    output.members[i] = isMember(plan, statistic, exact) ? 1 : 0;
    const value = exact.values[measuredSlots(of.measure)[0]!] ?? null;
    output.values[i] = value?.toNumber() ?? NaN;
    // The nearest double: within 2^-52 of the exact value, whatever that is.
    output.bounds[i] = Math.abs(output.values[i]!) * 2 ** -52;
  }
  return output;
}
