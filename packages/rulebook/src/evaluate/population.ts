/** A population's inputs as columns, the form that the kernel reads; subjects are added one by one. */
import { type Lookup, lookUp, lookupKey, type SubjectPlace, valueOfFound } from '../plan/lookup';
import { peerGroupKey } from '../plan/peer-group';
import type { Plan } from '../plan/plan';
import { BLOCK_SUBJECTS } from './column-sums';
import type { KernelInput } from './kernel';
import type { YearBefore } from './year-before';

/** What an evaluation needs to know of one subject. */
export interface SubjectData extends SubjectPlace {
  /** In the order of the plan's inputs; null is unknown. */
  readonly inputs: readonly (number | null)[];
  /** What of them is from the year before, for explanations: `withYearBefore`. */
  readonly yearBefore?: YearBefore | null;
}

export class Population {
  private readonly columns: readonly Float64Array[];
  /** By input, by block: 1 where some subject's value isn't zero. */
  private readonly used: readonly Uint8Array[];
  private readonly lookups: readonly LookupColumn[];
  /** Statistics with the same groups share them. */
  private readonly groups: readonly PeerGroups[];
  private readonly places: SubjectPlace[] = [];
  private count = 0;

  constructor(
    readonly plan: Plan,
    readonly capacity: number,
  ) {
    this.columns = plan.inputs.map(() => new Float64Array(capacity));
    const blocks = Math.ceil(capacity / BLOCK_SUBJECTS);
    this.used = plan.inputs.map(() => new Uint8Array(blocks));
    this.lookups = plan.lookups.map((lookup) => new LookupColumn(lookup, capacity));
    const shared = new Map<string, PeerGroups>();
    this.groups = plan.statistics.map(({ groups }) => {
      const key = JSON.stringify(
        groups.map((g) => [g.level, g.by.map(({ name }) => name), g.industryDigits, g.region]),
      );
      const known = shared.get(key) ?? new PeerGroups(groups, capacity);
      shared.set(key, known);
      return known;
    });
  }

  get size(): number {
    return this.count;
  }

  /** @throws RangeError where the population is full, or a value lies beyond its input's limits (never kept, see the form) */
  add(subject: SubjectData): void {
    const i = this.count;
    const block = Math.floor(i / BLOCK_SUBJECTS);
    if (i >= this.capacity)
      throw new RangeError(`the population has room for ${this.capacity} subjects`);
    this.plan.inputs.forEach((input, k) => {
      const value = subject.inputs[k] ?? null;
      if (value !== null) {
        const { name, minimum, maximum } = input;
        if (minimum !== null && value < minimum)
          throw new RangeError(`${name} is ${value}, below its minimum ${minimum}`);
        if (maximum !== null && value > maximum)
          throw new RangeError(`${name} is ${value}, above its maximum ${maximum}`);
      }
      const kept = value ?? ('value' in input.missing ? input.missing.value : NaN);
      this.columns[k]![i] = kept;
      if (kept !== 0) this.used[k]![block] = 1;
    });
    const { regionCode, industryClassification, industryCode } = subject;
    const place = { regionCode, industryClassification, industryCode };
    const optionOf = (input: number): number | null => known(this.columns[input]![i]!);
    for (const lookup of this.lookups) lookup.set(i, place, optionOf);
    for (const groups of new Set(this.groups)) groups.set(i, subject);
    this.places.push(place);
    this.count++;
  }

  /** One subject as the referee takes it; defaults are in place already. */
  subject(i: number): SubjectData {
    return { ...this.places[i]!, inputs: this.columns.map((column) => known(column[i]!)) };
  }

  /** Index of the subject's peer group within the keys of a statistic's level; −1: it is in none. */
  groupOf(statistic: number, level: number, i: number): number {
    return this.groupsAt(statistic, level)[i]!;
  }

  /** The same for every subject. */
  groupsAt(statistic: number, level: number): Int32Array {
    return this.groups[statistic]!.index[level]!;
  }

  keysOf(statistic: number, level: number): readonly string[] {
    return this.groups[statistic]!.keys[level]!;
  }

  /** The kernel's view of the columns. @param statistics by the plan's statistics, one entry a subject */
  kernelInput(statistics: readonly Float64Array[]): KernelInput {
    return {
      inputs: this.columns,
      used: this.used,
      lookups: this.lookups.map(({ values }) => values),
      statistics,
    };
  }
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

class LookupColumn {
  readonly values: Float64Array;
  private readonly byKey = new Map<string, number>();

  constructor(
    private readonly lookup: Lookup,
    capacity: number,
  ) {
    this.values = new Float64Array(capacity);
  }

  set(i: number, place: SubjectPlace, optionOf: (input: number) => number | null): void {
    const key = lookupKey(this.lookup, place, optionOf);
    let value = this.byKey.get(key);
    if (value === undefined) {
      value = valueOfFound(lookUp(this.lookup, key))?.toNumber() ?? NaN;
      this.byKey.set(key, value);
    }
    this.values[i] = value;
  }
}

/** By level of a statistic's groups: each subject's group, as a position among the keys met so far; −1 where it is in none. */
class PeerGroups {
  readonly index: readonly Int32Array[];
  readonly keys: readonly string[][];
  private readonly ids: readonly Map<string, number>[];

  constructor(
    private readonly levels: Plan['statistics'][number]['groups'],
    capacity: number,
  ) {
    this.index = levels.map(() => new Int32Array(capacity));
    this.keys = levels.map(() => []);
    this.ids = levels.map(() => new Map<string, number>());
  }

  set(i: number, subject: SubjectData): void {
    this.levels.forEach((group, level) => {
      const key = peerGroupKey(group, subject);
      if (key === null) {
        this.index[level]![i] = -1;
        return;
      }
      const ids = this.ids[level]!;
      let id = ids.get(key);
      if (id === undefined) {
        id = ids.size;
        ids.set(key, id);
        this.keys[level]!.push(key);
      }
      this.index[level]![i] = id;
    });
  }
}
