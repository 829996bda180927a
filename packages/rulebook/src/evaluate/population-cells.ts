/**
 * What of a population's subjects has few different values: the place where a subject stands and the options that it
 * chose. Peer groups and looked-up values depend on nothing else, so they are found once for each such cell, not for each
 * subject, whose four group keys as texts took more time than its 45 values.
 */
import type { Rational } from '../exact/rational';
import { type Lookup, lookUp, lookupKey, type SubjectPlace, valueOfFound } from '../plan/lookup';
import { peerChoicesOf, peerGroupKey } from '../plan/peer-group';
import type { PeerGroupLevel, Plan } from '../plan/plan';

/** The value of a choice; null is unknown. */
export type OptionOf = (input: number) => number | null;

export class Cells {
  readonly lookups: readonly LookedUp[];
  /** By statistic; those with the same groups share them. */
  readonly groups: readonly PeerGroups[];
  private readonly distinctGroups: readonly PeerGroups[];
  private readonly placeIds = new Map<string, number>();
  private readonly places: SubjectPlace[] = [];
  /** Inputs whose option tells cells apart. */
  private readonly choices: readonly number[];
  private readonly chosen: readonly Pairs[];
  /** By cell. */
  private readonly placeOfCell: SubjectPlace[] = [];

  constructor(plan: Plan) {
    this.choices = [...peerChoicesOf(plan.statistics), ...plan.lookups.flatMap(choiceOfLookup)]
      .filter((input, i, all) => all.indexOf(input) === i)
      .sort((a, b) => a - b);
    this.chosen = this.choices.map(() => new Pairs());
    this.lookups = plan.lookups.map((lookup) => new LookedUp(lookup));
    const shared = new Map<string, PeerGroups>();
    this.groups = plan.statistics.map(({ groups }) => {
      const key = JSON.stringify(
        groups.map((g) => [g.level, g.by.map(({ name }) => name), g.industryDigits, g.region]),
      );
      const known = shared.get(key) ?? new PeerGroups(groups);
      shared.set(key, known);
      return known;
    });
    this.distinctGroups = [...shared.values()];
  }

  get count(): number {
    return this.placeOfCell.length;
  }

  place(cell: number): SubjectPlace {
    return this.placeOfCell[cell]!;
  }

  /** Equal places have the same number. */
  placeId({ regionCode, industryClassification, industryCode }: SubjectPlace): number {
    // No field can hold the separator and look like two: texts are told apart by their lengths.
    const key = `${regionCode.length} ${industryCode.length} ${regionCode}${industryCode}${industryClassification}`;
    let id = this.placeIds.get(key);
    if (id === undefined) {
      id = this.places.length;
      this.placeIds.set(key, id);
      this.places.push({ regionCode, industryClassification, industryCode });
    }
    return id;
  }

  cellOf(placeId: number, optionOf: OptionOf): number {
    let cell = placeId;
    for (let k = 0; k < this.choices.length; k++)
      cell = this.chosen[k]!.of(cell, optionOf(this.choices[k]!) ?? -1);
    while (this.count <= cell) this.addCell(this.count === cell ? placeId : this.count, optionOf);
    return cell;
  }

  /** Without choices a cell is a place, and places before it that nobody stands at yet get theirs. */
  private addCell(placeId: number, optionOf: OptionOf): void {
    const place = this.places[placeId]!;
    this.placeOfCell.push(place);
    for (const lookup of this.lookups) lookup.add(place, optionOf);
    if (this.distinctGroups.length === 0) return;
    const inputs: (number | null)[] = [];
    for (const input of this.choices) inputs[input] = optionOf(input);
    for (const groups of this.distinctGroups) groups.add({ ...place, inputs });
  }
}

/** Numbers pairs of numbers in the order in which they come: the first of a pair below 2^26, the second from −1 on. */
export class Pairs {
  private readonly ids = new Map<number, number>();

  of(first: number, second: number): number {
    const key = first * 2 ** 26 + second + 1;
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.ids.size;
      this.ids.set(key, id);
    }
    return id;
  }
}

function choiceOfLookup(lookup: Lookup): number[] {
  return lookup.kind === 'table' && typeof lookup.by === 'object' ? [lookup.by.input] : [];
}

/** A lookup's values, by cell. */
class LookedUp {
  readonly exact: (Rational | null)[] = [];
  /** NaN: nothing was found. */
  readonly values: number[] = [];
  private readonly byKey = new Map<string, Rational | null>();

  constructor(private readonly lookup: Lookup) {}

  add(place: SubjectPlace, optionOf: OptionOf): void {
    const key = lookupKey(this.lookup, place, optionOf);
    let value = this.byKey.get(key);
    if (value === undefined) {
      value = valueOfFound(lookUp(this.lookup, key));
      this.byKey.set(key, value);
    }
    this.exact.push(value);
    this.values.push(value?.toNumber() ?? NaN);
  }
}

/** By level, by cell: the group as a position among the keys met so far; −1 where the cell is in none. */
class PeerGroups {
  readonly index: readonly number[][];
  readonly keys: readonly string[][];
  private readonly ids: readonly Map<string, number>[];

  constructor(private readonly levels: readonly PeerGroupLevel[]) {
    this.index = levels.map(() => []);
    this.keys = levels.map(() => []);
    this.ids = levels.map(() => new Map<string, number>());
  }

  add(cell: Parameters<typeof peerGroupKey>[1]): void {
    this.levels.forEach((group, level) => {
      const key = peerGroupKey(group, cell);
      this.index[level]!.push(key === null ? -1 : this.idOf(level, key));
    });
  }

  private idOf(level: number, key: string): number {
    const ids = this.ids[level]!;
    let id = ids.get(key);
    if (id === undefined) {
      id = ids.size;
      ids.set(key, id);
      this.keys[level]!.push(key);
    }
    return id;
  }
}
