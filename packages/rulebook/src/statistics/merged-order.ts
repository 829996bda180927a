/**
 * The peers of an order statistic, of all chunks merged so far: once all are there it is known who may be at the wanted
 * rank of each group, and their exact values decide.
 */
import { Rational } from '../exact/rational';
import {
  type BoundedValues,
  type NearRank,
  nearRanks,
  type OrderMeasure,
  totalsOfRanks,
  wantedRanks,
} from './order-statistic';
import type { GroupTotals, OrderedPartial } from './partial';

/** Peers of one chunk whose exact values are needed; positions in the chunk's population ascend. */
export interface ChunkCandidates {
  readonly chunk: number;
  readonly positions: Int32Array;
}

interface Part {
  readonly chunk: number;
  readonly peers: OrderedPartial;
  /** By level, by atom: the merged group; −1 is none. */
  readonly groups: readonly Int32Array[];
  /** Position of its first peer among all peers. */
  readonly first: number;
}

/** A group and who may be at its wanted ranks, as positions among all peers. */
interface RankedGroup {
  readonly groupKey: string;
  readonly size: number;
  readonly ranks: readonly NearRank[];
}

interface Ranking {
  /** By level. */
  readonly levels: readonly (readonly RankedGroup[])[];
  readonly requests: readonly ChunkCandidates[];
  /** The peers asked for, in the order of the requests. */
  readonly asked: readonly number[];
}

export class MergedOrder {
  private readonly parts: Part[] = [];
  /** By level: positions of groups by their keys. */
  private readonly groupIds: readonly Map<string, number>[];
  private size = 0;
  private ranking: Ranking | null = null;

  constructor(
    private readonly measure: OrderMeasure,
    levels: number,
  ) {
    this.groupIds = Array.from({ length: levels }, () => new Map<string, number>());
  }

  add(chunk: number, peers: OrderedPartial): void {
    const groups = peers.levels.map(({ groupKeys, groups: ofAtoms }, level) => {
      const merged = groupKeys.map((key) => idOf(this.groupIds[level]!, key));
      return ofAtoms.map((group) => merged[group] ?? -1);
    });
    this.parts.push({ chunk, peers, groups, first: this.size });
    this.size += peers.positions.length;
    this.ranking = null;
  }

  candidates(): readonly ChunkCandidates[] {
    return this.ranked().requests;
  }

  /** By level. @param exactValues by request, by position */
  groups(exactValues: readonly (readonly Rational[])[]): GroupTotals[][] {
    const { levels, asked } = this.ranked();
    const given = exactValues.flat();
    if (given.length !== asked.length)
      throw new RangeError(
        `${given.length} exact values for the ${asked.length} candidates of an order statistic`,
      );
    const exact = new Map(asked.map((peer, k) => [peer, given[k]!]));
    // Who was not asked for is exactly zero.
    const exactOf = (peer: number): Rational => exact.get(peer) ?? Rational.ZERO;
    return levels.map((groups) =>
      groups.map(({ groupKey, size, ranks }) => ({
        ...{ groupKey, size },
        ...totalsOfRanks(ranks.map((rank) => valueAt(rank, exactOf))),
      })),
    );
  }

  private ranked(): Ranking {
    return (this.ranking ??= this.rank());
  }

  private rank(): Ranking {
    const bounded = this.boundedValues();
    const levels = this.groupIds.map((ids, level) =>
      this.rankedGroups(bounded, [...ids.keys()], level),
    );
    const near = levels.flat().flatMap(({ ranks }) => ranks.flatMap((rank) => rank.near));
    const asked = [...new Set(near)]
      .filter((peer) => bounded.values[peer] !== 0 || bounded.bounds[peer] !== 0)
      .sort((a, b) => a - b);
    return { levels, asked, requests: this.requestsFor(asked) };
  }

  private boundedValues(): BoundedValues {
    const values = new Float64Array(this.size);
    const bounds = new Float64Array(this.size);
    for (const { peers, first } of this.parts) {
      values.set(peers.values, first);
      bounds.set(peers.bounds, first);
    }
    return { values, bounds };
  }

  private rankedGroups(
    bounded: BoundedValues,
    groupKeys: readonly string[],
    level: number,
  ): RankedGroup[] {
    return this.peersByGroup(groupKeys.length, level).flatMap((peers, group) => {
      const size = peers.length;
      if (size === 0) return [];
      const ranks = nearRanks(bounded, peers, wantedRanks(this.measure, size));
      return [{ groupKey: groupKeys[group]!, size, ranks }];
    });
  }

  /** By group: its peers, as positions among all. Counted first, so that a million peers are one array. */
  private peersByGroup(groupCount: number, level: number): Int32Array[] {
    const ends = new Int32Array(groupCount);
    this.forEachPeer(level, (group) => (ends[group]! += 1));
    for (let group = 1; group < groupCount; group++) ends[group]! += ends[group - 1]!;
    const starts = ends.map((_, group) => (group === 0 ? 0 : ends[group - 1]!));
    const ordered = new Int32Array(this.size);
    const next = starts.slice();
    this.forEachPeer(level, (group, peer) => (ordered[next[group]!++] = peer));
    return Array.from(starts, (start, group) => ordered.subarray(start, ends[group]));
  }

  private forEachPeer(level: number, visit: (group: number, peer: number) => void): void {
    for (const { peers, groups, first } of this.parts) {
      const ofAtoms = groups[level]!;
      for (let i = 0; i < peers.atoms.length; i++) {
        const group = ofAtoms[peers.atoms[i]!]!;
        if (group >= 0) visit(group, first + i);
      }
    }
  }

  /** @param asked ascending */
  private requestsFor(asked: readonly number[]): ChunkCandidates[] {
    let next = 0;
    return this.parts.flatMap(({ chunk, peers, first }) => {
      const from = next;
      while (next < asked.length && asked[next]! < first + peers.positions.length) next++;
      if (next === from) return [];
      const positions = asked.slice(from, next).map((peer) => peers.positions[peer - first]!);
      return [{ chunk, positions: Int32Array.from(positions) }];
    });
  }
}

function idOf(ids: Map<string, number>, key: string): number {
  let id = ids.get(key);
  if (id === undefined) {
    id = ids.size;
    ids.set(key, id);
  }
  return id;
}

function valueAt({ near, place }: NearRank, exactOf: (peer: number) => Rational): Rational {
  return near.map(exactOf).sort((a, b) => a.compare(b))[place]!;
}
