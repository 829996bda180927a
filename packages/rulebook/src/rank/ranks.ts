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
  /**
   * Writes those of the subjects from one position on, as many as there is room for (`RANK_WIDTH` numbers a subject): by
   * scope the rank and how many share it; zeros: not ranked.
   */
  readonly write: (from: number, into: Int32Array) => void;
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

const SCOPES = RANK_SCOPES.length;

/** Set in a rank that others hold too. A population has fewer subjects than this. */
const TIED = 2 ** 31;

/**
 * All scopes of a subject together, as its ranks are far from those of the next one in order: once through the order for
 * the ranks, counting who shares one. How many do is looked up when the ranks are asked for, subject by subject, and only
 * of ranks that are shared: of millions, each look is a wait for memory.
 */
export function rankPopulation(keys: RankKeys, best: 'highest' | 'lowest'): PopulationRanks {
  const { values, placeOf } = keys;
  const { position, differsFromBefore, room } = ascendingOrder(values);
  const ranked = position.length;
  const groups = new RankGroups(keys.places);
  const { groupOf } = groups;
  const start = groups.starts(position, placeOf);
  const seen = new Int32Array(groups.count);
  const lastRank = new Int32Array(groups.count);
  /** Numbers that are equal are one run. */
  const lastRun = new Int32Array(groups.count).fill(-1);
  const lastSubject = new Int32Array(groups.count);
  const width = SCOPES * values.length;
  /** By subject, by scope: side by side, as the next one in order is far away in memory. 0: it isn't ranked. */
  const rankOf = (room.length < width ? new Uint32Array(width) : room).fill(0);
  const holders = new Holders(ranked * SCOPES);
  for (let n = 0, run = 0; n < ranked; n++) {
    const j = best === 'lowest' ? n : ranked - 1 - n;
    if (n > 0) run += differsFromBefore[best === 'lowest' ? j : j + 1]!;
    const i = position[j]!;
    for (let k = 0; k < SCOPES; k++) {
      const group = groupOf[placeOf[i]! * SCOPES + k]!;
      const count = ++seen[group]!;
      if (lastRun[group] !== run) {
        lastRun[group] = run;
        lastRank[group] = count;
        rankOf[i * SCOPES + k] = count;
      } else {
        const rank = lastRank[group]!;
        rankOf[lastSubject[group]! * SCOPES + k] = rank + TIED;
        rankOf[i * SCOPES + k] = rank + TIED;
        holders.addAnother(start[group]! + rank - 1);
      }
      lastSubject[group] = i;
    }
  }
  return {
    write: (from, into) => {
      for (let i = from, at = 0; at < into.length; i++)
        for (let k = 0; k < SCOPES; k++, at += 2) {
          const held = rankOf[i * SCOPES + k]!;
          const rank = held < TIED ? held : held - TIED;
          into[at] = rank;
          if (held < TIED) into[at + 1] = Math.min(held, 1);
          else into[at + 1] = holders.of(start[groupOf[placeOf[i]! * SCOPES + k]!]! + rank - 1);
        }
    },
    groups: groups.list(seen),
  };
}

/**
 * By group, from its start on, by rank: how many hold it beside the first. A byte each, as hardly any rank is held by
 * many; the number of those that are stands apart.
 */
class Holders {
  private readonly others: Uint8Array;
  private readonly many = new Map<number, number>();

  constructor(size: number) {
    this.others = new Uint8Array(size);
  }

  addAnother(at: number): void {
    const count = this.others[at]!;
    if (count < MANY - 1) this.others[at] = count + 1;
    else this.addToMany(at, count);
  }

  of(at: number): number {
    const count = this.others[at]!;
    return 1 + (count < MANY ? count : this.many.get(at)!);
  }

  private addToMany(at: number, count: number): void {
    this.others[at] = MANY;
    this.many.set(at, count < MANY ? MANY : this.many.get(at)! + 1);
  }
}

const MANY = 255;

/** The groups of all scopes, numbered as one. */
class RankGroups {
  private readonly keys: { readonly scope: RankScope; readonly key: string }[] = [];
  /** By place and scope. */
  readonly groupOf: Int32Array;

  constructor(places: readonly SubjectPlace[]) {
    const ids = RANK_SCOPES.map(() => new Map<string, number>());
    this.groupOf = new Int32Array(places.length * SCOPES);
    places.forEach((place, p) =>
      RANK_SCOPES.forEach((scope, k) => {
        const key = rankGroupKey(scope, place);
        const id = ids[k]!.get(key) ?? this.keys.push({ scope, key }) - 1;
        ids[k]!.set(key, id);
        this.groupOf[p * SCOPES + k] = id;
      }),
    );
  }

  get count(): number {
    return this.keys.length;
  }

  /** By group: how many subjects are ranked in groups before it. */
  starts(subjects: Uint32Array, placeOf: Int32Array): Int32Array {
    const inPlace = new Int32Array(this.groupOf.length / SCOPES);
    for (const i of subjects) inPlace[placeOf[i]!]! += 1;
    const sizes = new Int32Array(this.count);
    inPlace.forEach((size, place) => {
      for (let k = 0; k < SCOPES; k++) sizes[this.groupOf[place * SCOPES + k]!]! += size;
    });
    let before = 0;
    return sizes.map((size) => (before += size) - size);
  }

  list(ranked: Int32Array): RankedGroup[] {
    return this.keys.flatMap((group, id): RankedGroup[] =>
      ranked[id] === 0 ? [] : [{ ...group, ranked: ranked[id]! }],
    );
  }
}
