/** A chunk's exact totals by group, of a ratio of totals or a mean. */
import { Total } from './atom-totals';
import type { Atoms } from './atoms';
import { meanTotals } from './mean-totals';
import type { GroupTotals } from './partial';
import type { PeerPopulation } from './peers';
import { ratioTotals } from './ratio-totals';

/** By level of the statistic's groups. */
export function groupTotals(peers: PeerPopulation, statistic: number): GroupTotals[][] {
  const { measure } = peers.population.plan.statistics[statistic]!;
  const members = peers.peersOf(statistic);
  const { atoms, totals } =
    measure.kind === 'mean'
      ? meanTotals(peers, statistic, members, measure.decimals)
      : ratioTotals(peers, statistic, members);
  return byLevel(peers, statistic, atoms, totals);
}

function byLevel(
  { population }: PeerPopulation,
  statistic: number,
  atoms: Atoms,
  totals: readonly Total[],
): GroupTotals[][] {
  return population.plan.statistics[statistic]!.groups.map((_, level) => {
    const keys = population.keysOf(statistic, level);
    const groups = population.groupsAt(statistic, level);
    const sums = keys.map(() => new Total());
    totals.forEach(({ size, numerator, denominator }, atom) => {
      const sum = sums[groups[atoms.cells[atom]!]!];
      if (size === 0 || sum === undefined) return;
      sum.size += size;
      sum.add(numerator, denominator);
    });
    return sums.flatMap((sum, group) =>
      sum.size === 0
        ? []
        : [
            {
              groupKey: keys[group]!,
              size: sum.size,
              numerator: sum.numerator,
              denominator: sum.denominator,
            },
          ],
    );
  });
}
