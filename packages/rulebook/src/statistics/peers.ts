/** Who is a peer of a statistic, decided exactly: by the kernel where it is certain, else by the referee. */
import {
  type BenchmarkTable,
  chooseBenchmarks,
  type ChosenBenchmarks,
  exactSubject,
} from '../evaluate/benchmarks';
import { type Kernel, memberKernel, type MemberOutput } from '../evaluate/kernel';
import type { Population } from '../evaluate/population';
import { evaluateExactly, isMember, measuredSlots, statisticValues } from '../evaluate/referee';
import type { Rational } from '../exact/rational';
import type { PlanStatistic } from '../plan/plan';

/** Columns of a population's subjects; `values` and `bounds` as `MemberOutput` has them. */
export type Peers = Pick<MemberOutput, 'members' | 'values' | 'bounds'>;

/** A population beside the benchmarks of earlier stages, which its statistics may read. */
export class PeerPopulation {
  private readonly chosen: ChosenBenchmarks;

  constructor(
    readonly population: Population,
    table: BenchmarkTable | null,
  ) {
    this.chosen = chooseBenchmarks(population, table);
  }

  peersOf(statistic: number): Peers {
    const { population, chosen } = this;
    const { plan, size } = population;
    const output: MemberOutput = {
      members: new Uint8Array(size),
      values: new Float64Array(size),
      bounds: new Float64Array(size),
      refer: new Uint8Array(size),
    };
    const kernel = kernelOf(plan.statistics[statistic]!, () => memberKernel(plan, statistic));
    kernel(population.kernelInput(chosen.approximations), output, 0, size);
    for (let i = 0; i < size; i++)
      if (output.refer[i] === 1 || chosen.beyondKernel?.[population.cellOf(i)] === 1)
        this.decideExactly(statistic, i, output);
    return output;
  }

  /** Of a peer: both values of a ratio, or the one. */
  exactValues(statistic: number, i: number): readonly Rational[] {
    const { population, chosen } = this;
    return statisticValues(population.plan, statistic, exactSubject(population, chosen, i));
  }

  private decideExactly(statistic: number, i: number, output: MemberOutput): void {
    const { population, chosen } = this;
    const { plan } = population;
    const { stage, measure } = plan.statistics[statistic]!;
    const exact = evaluateExactly(plan, exactSubject(population, chosen, i), stage);
    output.members[i] = isMember(plan, statistic, exact) ? 1 : 0;
    const value = exact.values[measuredSlots(measure)[0]!] ?? null;
    output.values[i] = measure.kind === 'mean' ? NaN : (value?.toNumber() ?? NaN);
    // The nearest double: within 2^-52 of the exact value, whatever that is.
    output.bounds[i] = Math.abs(output.values[i]) * 2 ** -52;
  }
}

const kernels = new WeakMap<PlanStatistic, Kernel<MemberOutput>>();

function kernelOf(
  statistic: PlanStatistic,
  make: () => Kernel<MemberOutput>,
): Kernel<MemberOutput> {
  let kernel = kernels.get(statistic);
  if (!kernel) {
    kernel = make();
    kernels.set(statistic, kernel);
  }
  return kernel;
}
