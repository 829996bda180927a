/** A chunk's peers of an order statistic, with the bounded values that their ranks are found by. */
import { atomsOf } from './atoms';
import type { OrderedPartial } from './partial';
import type { PeerPopulation } from './peers';

export function orderedPeers(peers: PeerPopulation, statistic: number): OrderedPartial {
  const { population } = peers;
  const { members, values, bounds } = peers.peersOf(statistic);
  const positions = Int32Array.from(positionsOf(members));
  const atoms = atomsOf(population, statistic, () => 0);
  return {
    kind: 'ordered',
    levels: population.plan.statistics[statistic]!.groups.map((_, level) => {
      const groups = population.groupsAt(statistic, level);
      return {
        groupKeys: population.keysOf(statistic, level),
        groups: Int32Array.from(atoms.cells, (cell) => groups[cell]!),
      };
    }),
    atoms: positions.map((i) => atoms.ofCell[population.cellOf(i)]!),
    positions,
    values: Float64Array.from(positions, (i) => values[i]!),
    bounds: Float64Array.from(positions, (i) => bounds[i]!),
  };
}

function positionsOf(members: Uint8Array): number[] {
  const positions: number[] = [];
  for (let i = 0; i < members.length; i++) if (members[i] === 1) positions.push(i);
  return positions;
}
