/**
 * Ranks of a whole population: within everybody, city, county, industry division and class. Competition ranks: of four
 * subjects of which two are level, 1, 2, 2, 4, and it is said how many share a rank. Who has nothing to be ranked by has
 * no rank, which is never a bad one.
 */
import { RANK_SCOPES, type RankScope } from '@tanxiao/contracts';

import type { SubjectPlace } from '../plan/lookup';
import { ascendingOrder } from './order';

/** By what subjects are ranked, and where they stand. */
export interface RankKeys {
  /** NaN: not ranked. */
  readonly values: Float64Array;
  readonly places: readonly SubjectPlace[];
  /** By subject, position among the places. */
  readonly placeOf: Int32Array;
}

export interface RankedGroup {
  readonly scope: RankScope;
  readonly key: string;
  /** How many are ranked in it. */
  readonly ranked: number;
}

export interface PopulationRanks {
  /** By subject and scope: rank and how many share it; zeros: not ranked. */
  readonly ranks: Int32Array;
  readonly groups: readonly RankedGroup[];
}

/** Numbers a subject takes among the ranks. */
export const RANK_WIDTH = RANK_SCOPES.length * 2;

/** The group of a scope that a place belongs to. */
export function rankGroupKey(scope: RankScope, place: SubjectPlace): string {
  const { regionCode, industryClassification, industryCode } = place;
  switch (scope) {
    case 'all':
      return '';
    case 'city':
      return regionCode.slice(0, 4);
    case 'county':
      return regionCode;
    case 'division':
      return `${industryClassification}:${industryCode.slice(0, 2)}`;
    case 'class':
      return `${industryClassification}:${industryCode}`;
  }
}

export function rankPopulation(keys: RankKeys, best: 'highest' | 'lowest'): PopulationRanks {
  const { values, places, placeOf } = keys;
  const order = ascendingOrder(values);
  if (best === 'highest') order.reverse();
  const scopes = RANK_SCOPES.map((scope) => new ScopeRanks(scope, places));
  const ranks = new Int32Array(values.length * RANK_WIDTH);
  // All scopes of a subject together: its ranks are far from those of the next one in order.
  for (const i of order)
    for (let k = 0; k < scopes.length; k++)
      ranks[i * RANK_WIDTH + 2 * k] = scopes[k]!.next(placeOf[i]!, values[i]!);
  for (let j = order.length - 1; j >= 0; j--) {
    const i = order[j]!;
    for (let k = 0; k < scopes.length; k++) {
      const at = i * RANK_WIDTH + 2 * k;
      ranks[at + 1] = scopes[k]!.sharedBackwards(placeOf[i]!, ranks[at]!);
    }
  }
  return { ranks, groups: scopes.flatMap((scope) => scope.groups()) };
}

/** The groups of one scope while their subjects go by, best first and then back again. */
class ScopeRanks {
  private readonly ids = new Map<string, number>();
  private readonly groupOfPlace: Int32Array;
  private readonly seen: Int32Array;
  private readonly lastValue: Float64Array;
  private readonly lastRank: Int32Array;
  /** Going back: how many of the group were not passed yet, the rank passed last, and how many share it. */
  private left: Int32Array | null = null;
  private readonly passedRank: Int32Array;
  private readonly shared: Int32Array;

  constructor(
    private readonly scope: RankScope,
    places: readonly SubjectPlace[],
  ) {
    this.groupOfPlace = Int32Array.from(places, (place) => {
      const key = rankGroupKey(scope, place);
      const id = this.ids.get(key) ?? this.ids.size;
      this.ids.set(key, id);
      return id;
    });
    const count = this.ids.size;
    this.seen = new Int32Array(count);
    this.lastValue = new Float64Array(count).fill(NaN);
    this.lastRank = new Int32Array(count);
    this.passedRank = new Int32Array(count);
    this.shared = new Int32Array(count);
  }

  /** The rank of the next subject in order. */
  next(place: number, value: number): number {
    const group = this.groupOfPlace[place]!;
    this.seen[group]! += 1;
    if (this.lastValue[group] !== value) {
      this.lastValue[group] = value;
      this.lastRank[group] = this.seen[group]!;
    }
    return this.lastRank[group]!;
  }

  /** How many share the rank of a subject, asked from the last one to the first: all that were not passed, down to the rank. */
  sharedBackwards(place: number, rank: number): number {
    const left = (this.left ??= this.seen.slice());
    const group = this.groupOfPlace[place]!;
    if (this.passedRank[group] !== rank) {
      this.passedRank[group] = rank;
      this.shared[group] = left[group]! - rank + 1;
      left[group] = rank - 1;
    }
    return this.shared[group]!;
  }

  groups(): RankedGroup[] {
    return [...this.ids].flatMap(([key, id]): RankedGroup[] =>
      this.seen[id] === 0 ? [] : [{ scope: this.scope, key, ranked: this.seen[id]! }],
    );
  }
}
