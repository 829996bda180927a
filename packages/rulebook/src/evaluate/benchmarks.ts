/**
 * Benchmarks: for every peer group at every level the two exact totals whose quotient it is. They are sums of
 * exact values, so neither order nor the number of workers can change them.
 */
import { Rational } from '../exact/rational';
import { roundResult } from '../exact/rounding';
import type { Plan, PlanPeers } from '../plan/plan';
import { exactProgram } from './exact-program';
import { type Kernel, type KernelOutput, makeKernel } from './kernel';
import { BENCHMARK_GREATEST, BENCHMARK_LEAST } from './kernel-code';
import { peerGroupKey, type Population, type SubjectData } from './population';
import { type BenchmarkTotals, evaluateExactly, peerTotals } from './referee';

export interface Benchmark {
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
    private readonly peers: PlanPeers | null,
    readonly rows: readonly Benchmark[],
  ) {
    for (const row of rows) this.byKey.set(row.groupKey, usable(row));
  }

  static from(plan: Plan, rows: readonly Benchmark[]): BenchmarkTable {
    return new BenchmarkTable(plan.peers, rows);
  }

  /** The benchmark of the narrowest group with enough peers; at the last level any number is enough. */
  find(subject: Omit<SubjectData, 'inputs'>): UsableBenchmark | null {
    return this.findByKeys((level) => peerGroupKey(this.peers!.groups[level]!, subject));
  }

  findByKeys(keyOf: (level: number) => string): UsableBenchmark | null {
    const levels = this.peers?.groups ?? [];
    for (let level = 0; level < levels.length; level++) {
      const found = this.byKey.get(keyOf(level));
      const least = level === levels.length - 1 ? 1 : this.peers!.minimumPeers;
      if (found && found.row.size >= least) return found;
    }
    return null;
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

const membershipKernels = new WeakMap<Plan, Kernel>();

/** Every group's benchmark at every level, over the population's members. */
export function benchmarksOf(plan: Plan, population: Population): BenchmarkTable {
  const { peers } = plan;
  if (!peers) return BenchmarkTable.from(plan, []);
  const members = membersOf(plan, population);
  const rows: Benchmark[] = [];
  const sums = peers.groups.map((_, level) =>
    population
      .keysOf(level)
      .map(() => ({ size: 0, numerator: Rational.ZERO, denominator: Rational.ZERO })),
  );
  for (let i = 0; i < population.size; i++) {
    if (members[i] === 0) continue;
    const { numerator, denominator } = peerTotals(plan, {
      inputs: population.inputsOf(i),
      province: population.provinceOf(i),
      benchmark: null,
    });
    if (numerator === null || denominator === null)
      throw new Error('a peer has both values known: membership demands it');
    sums.forEach((groups, level) => {
      const sum = groups[population.groupOf(level, i)]!;
      sum.size += 1;
      sum.numerator = sum.numerator.plus(numerator);
      sum.denominator = sum.denominator.plus(denominator);
    });
  }
  sums.forEach((groups, level) =>
    groups.forEach((sum, index) => {
      if (sum.size === 0) return;
      rows.push({
        level: peers.groups[level]!.level,
        groupKey: population.keysOf(level)[index]!,
        size: sum.size,
        numerator: sum.numerator.toString(),
        denominator: sum.denominator.toString(),
        value:
          sum.denominator.sign() === 0
            ? null
            : roundResult(sum.numerator.over(sum.denominator), displayPlaces(plan, peers)),
      });
    }),
  );
  return BenchmarkTable.from(plan, rows);
}

function displayPlaces(plan: Plan, peers: PlanPeers): number {
  return plan.results.find((result) => result.slot === peers.slot)?.decimals ?? DISPLAY_PLACES;
}

/** 1 for each subject that is a peer, decided exactly. */
function membersOf(plan: Plan, population: Population): Uint8Array {
  const n = population.size;
  const output: KernelOutput = {
    results: [],
    bands: [],
    reasons: new Int32Array(n),
    refer: new Uint8Array(n),
    members: new Uint8Array(n),
  };
  let kernel = membershipKernels.get(plan);
  if (!kernel) {
    kernel = makeKernel(plan, 1);
    membershipKernels.set(plan, kernel);
  }
  kernel(population.kernelInput(new Float64Array(0)), output, 0, n);
  for (let i = 0; i < n; i++) {
    if (output.refer[i] === 0) continue;
    const exact = evaluateExactly(
      plan,
      { inputs: population.inputsOf(i), province: population.provinceOf(i), benchmark: null },
      1,
    );
    output.members[i] = isMember(plan, exact) ? 1 : 0;
  }
  return output.members;
}

/** A peer has no not-rated reason of its own, both its values are known, and it meets the rulebook's condition. */
export function isMember(plan: Plan, exact: ReturnType<typeof evaluateExactly>): boolean {
  const { peers } = plan;
  if (!peers || exact.reasons.length > 0) return false;
  if (exact.values[peers.numerator] === null || exact.values[peers.denominator] === null)
    return false;
  return exactProgram(plan).members?.(exact.values) === true;
}
