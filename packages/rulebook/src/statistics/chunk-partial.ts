/** Makes a chunk's partial, and gives the exact values of its peers that merging asks for. */
import type { BenchmarkTable } from '../evaluate/benchmarks';
import type { Population } from '../evaluate/population';
import type { Rational } from '../exact/rational';
import type { Plan } from '../plan/plan';
import { isOrderMeasure } from './order-statistic';
import { orderedPeers } from './ordered-peers';
import { type Partial, rulesOf, statisticsOf } from './partial';
import { PeerPopulation } from './peers';
import { groupTotals } from './totals';

/**
 * What a chunk contributes to the statistics of a stage.
 * @param table benchmarks of the earlier stages, of the whole population; null at the first stage
 */
export function partialOf(
  plan: Plan,
  population: Population,
  table: BenchmarkTable | null,
  stage: number,
): Partial {
  const peers = new PeerPopulation(population, table);
  return {
    rules: rulesOf(plan),
    stage,
    subjects: population.size,
    statistics: statisticsOf(plan, stage).map((statistic) =>
      isOrderMeasure(plan.statistics[statistic]!.measure)
        ? orderedPeers(peers, statistic)
        : { kind: 'totals', levels: groupTotals(peers, statistic) },
    ),
  };
}

/** The exact values of some of a chunk's peers, as `BenchmarkMerger.candidates` asks for them, in their order. */
export function exactValuesOf(
  population: Population,
  table: BenchmarkTable | null,
  { statistic, positions }: { readonly statistic: number; readonly positions: Int32Array },
): Rational[] {
  const peers = new PeerPopulation(population, table);
  return Array.from(positions, (i) => peers.exactValues(statistic, i)[0]!);
}
