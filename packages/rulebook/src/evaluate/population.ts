/** A population's inputs as columns, the form that the kernel reads; subjects are added one by one. */

import type { Plan, RegionScope } from '../plan/plan';
import type { KernelInput } from './kernel';
import { regionalNodes } from './kernel';

/** What an evaluation needs to know of one subject. */
export interface SubjectData {
  /** Administrative code, 6 digits (GB/T 2260). */
  readonly regionCode: string;
  readonly industryClassification: string;
  readonly industryCode: string;
  /** In the order of the plan's inputs; null is unknown. */
  readonly inputs: readonly (number | null)[];
}

/** The province-level code of an administrative code: its first two digits. */
export function provinceOf(regionCode: string): string {
  return `${regionCode.slice(0, 2)}0000`;
}

const REGION_DIGITS: Readonly<Record<RegionScope, number>> = {
  county: 6,
  city: 4,
  province: 2,
  all: 0,
};

/** The key of the peer group that a subject belongs to at a level: `class:gbt4754-2017:1751@330500`. */
export function peerGroupKey(
  group: { readonly level: string; readonly industryDigits: number; readonly region: RegionScope },
  subject: Omit<SubjectData, 'inputs'>,
): string {
  const industry =
    group.industryDigits === 0
      ? ''
      : `${subject.industryClassification}:${subject.industryCode.slice(0, group.industryDigits)}`;
  const region =
    group.region === 'all'
      ? ''
      : subject.regionCode.slice(0, REGION_DIGITS[group.region]).padEnd(6, '0');
  return `${group.level}:${industry}@${region}`;
}

export class Population {
  private readonly columns: readonly Float64Array[];
  private readonly provinceIndex: Int32Array;
  private readonly provinces = new Map<string, number>();
  private readonly groupIndex: readonly Int32Array[];
  private readonly groupKeys: readonly string[][];
  private readonly groupIds: readonly Map<string, number>[];
  private readonly regionCodes: string[] = [];
  private count = 0;

  constructor(
    readonly plan: Plan,
    readonly capacity: number,
  ) {
    this.columns = plan.inputs.map(() => new Float64Array(capacity));
    this.provinceIndex = new Int32Array(capacity);
    const levels = plan.peers?.groups ?? [];
    this.groupIndex = levels.map(() => new Int32Array(capacity));
    this.groupKeys = levels.map(() => []);
    this.groupIds = levels.map(() => new Map<string, number>());
  }

  get size(): number {
    return this.count;
  }

  /** @throws RangeError where the population is full, or a value lies below its input's minimum (never kept, see the form) */
  add(subject: SubjectData): void {
    const i = this.count;
    if (i >= this.capacity)
      throw new RangeError(`the population has room for ${this.capacity} subjects`);
    this.plan.inputs.forEach((input, k) => {
      const value = subject.inputs[k] ?? null;
      if (value !== null && input.minimum !== null && value < input.minimum) {
        throw new RangeError(`${input.name} is ${value}, below its minimum ${input.minimum}`);
      }
      this.columns[k]![i] = value ?? ('value' in input.missing ? input.missing.value : NaN);
    });
    this.provinceIndex[i] = intern(this.provinces, provinceOf(subject.regionCode));
    this.regionCodes.push(subject.regionCode);
    this.plan.peers?.groups.forEach((group, level) => {
      const ids = this.groupIds[level]!;
      const before = ids.size;
      const key = peerGroupKey(group, subject);
      this.groupIndex[level]![i] = intern(ids, key);
      if (ids.size > before) this.groupKeys[level]!.push(key);
    });
    this.count++;
  }

  /** The inputs of one subject as the referee takes them; defaults are in place already. */
  inputsOf(i: number): (number | null)[] {
    return this.columns.map((column) => {
      const value = column[i]!;
      return Number.isNaN(value) ? null : value;
    });
  }

  provinceOf(i: number): string {
    return provinceOf(this.regionCodes[i]!);
  }

  /** Index of the subject's peer group within the keys of a level. */
  groupOf(level: number, i: number): number {
    return this.groupIndex[level]![i]!;
  }

  keysOf(level: number): readonly string[] {
    return this.groupKeys[level]!;
  }

  /** The kernel's view of the columns. */
  kernelInput(benchmarks: Float64Array): KernelInput {
    const provinces = [...this.provinces.keys()];
    return {
      inputs: this.columns,
      provinces: this.provinceIndex,
      regionalFactors: regionalNodes(this.plan).map((node) => {
        const { origin } = node;
        const factors =
          origin.kind === 'regional-factor' ? origin.factors : new Map<string, never>();
        return Float64Array.from(provinces, (p) => factors.get(p)?.value.toNumber() ?? NaN);
      }),
      benchmarks,
    };
  }
}

function intern(ids: Map<string, number>, key: string): number {
  const known = ids.get(key);
  if (known !== undefined) return known;
  ids.set(key, ids.size);
  return ids.size - 1;
}
