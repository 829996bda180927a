/**
 * A population's inputs as columns, the form that the kernel reads. Subjects are added one by one, or come as columns
 * already (`fromColumns`), as a binary COPY decodes into them.
 */
import type { Rational } from '../exact/rational';
import type { SubjectPlace } from '../plan/lookup';
import type { Plan } from '../plan/plan';
import { ColumnRules } from './column-intake';
import { BLOCK_SUBJECTS } from './column-sums';
import type { KernelInput } from './kernel';
import { Cells } from './population-cells';
import type { YearBefore } from './year-before';

/** What an evaluation needs to know of one subject. */
export interface SubjectData extends SubjectPlace {
  /** In the order of the plan's inputs; null is unknown. */
  readonly inputs: readonly (number | null)[];
  /** What of them is from the year before, for explanations: `withYearBefore`. */
  readonly yearBefore?: YearBefore | null;
}

export interface SubjectColumns {
  /** By the plan's inputs; NaN is unknown, defaults are not yet in place. They become the population's own, and change. */
  readonly columns: readonly Float64Array[];
  /** Where subjects stand, each place once or more often. */
  readonly places: readonly SubjectPlace[];
  /** By subject: a position among the places. */
  readonly placeOf: Int32Array;
  /** How many of the columns' entries are subjects. */
  readonly size: number;
}

export interface RefusedSubject {
  /** In the columns as they came. */
  readonly position: number;
  readonly error: RangeError;
}

/** What became of columns: subjects with values beyond their limits are left out, the others keep their order. */
export interface PopulationIntake {
  readonly population: Population;
  /** By position. */
  readonly refused: readonly RefusedSubject[];
  /** By subject of the population: its position in the columns as they came. */
  readonly positions: Int32Array;
}

export class Population {
  private readonly columns: readonly Float64Array[];
  private readonly rules: readonly ColumnRules[];
  /** By input, by block: 1 where some subject's value isn't zero. */
  private readonly used: readonly Uint8Array[];
  private readonly lookups: readonly Float64Array[];
  private readonly ofCells: Cells;
  private readonly cellOfSubject: Int32Array;
  private count = 0;

  constructor(
    readonly plan: Plan,
    readonly capacity: number,
    given: { readonly columns: readonly Float64Array[]; readonly cells: Cells } | null = null,
  ) {
    this.columns = given?.columns ?? Array.from(plan.inputs, () => new Float64Array(capacity));
    this.ofCells = given?.cells ?? new Cells(plan);
    this.rules = Array.from(plan.inputs, (input) => new ColumnRules(input));
    const blocks = Math.ceil(capacity / BLOCK_SUBJECTS);
    this.used = Array.from(plan.inputs, () => new Uint8Array(blocks));
    this.lookups = Array.from(plan.lookups, () => new Float64Array(capacity));
    this.cellOfSubject = new Int32Array(capacity);
  }

  /**
   * The same population as adding the subjects one by one, those with a value beyond its input's limits left out.
   * @throws RangeError where there are not as many columns as inputs, one is too short, or a place is none of those given
   */
  static fromColumns(plan: Plan, given: SubjectColumns): PopulationIntake {
    const { columns, places, placeOf, size } = given;
    checkShape(plan, given);
    const population = new Population(plan, size, { columns, cells: cellsOf(plan) });
    const refused = population.settle(size);
    const positions = keptPositions(size, refused);
    if (refused.length > 0) {
      for (const column of columns) compact(column, positions);
      population.settle(positions.length);
    }
    const ids = Int32Array.from(places, (place) => population.ofCells.placeId(place));
    population.putInCells(positions, placeOf, ids);
    return { population, refused, positions };
  }

  get size(): number {
    return this.count;
  }

  /** @throws RangeError where the population is full, or a value lies beyond its input's limits (never kept, see the form) */
  add(subject: SubjectData): void {
    const i = this.count;
    if (i >= this.capacity)
      throw new RangeError(`the population has room for ${this.capacity} subjects`);
    const { rules, columns, used } = this;
    for (let k = 0; k < rules.length; k++) {
      const value = subject.inputs[k] ?? null;
      const refusal = value === null ? null : rules[k]!.refusal(value);
      if (refusal !== null) throw refusal;
    }
    const block = Math.floor(i / BLOCK_SUBJECTS);
    for (let k = 0; k < rules.length; k++) {
      const kept = subject.inputs[k] ?? rules[k]!.fallback;
      columns[k]![i] = kept;
      if (kept !== 0) used[k]![block] = 1;
    }
    this.putInCell(i, this.ofCells.placeId(subject));
    this.count++;
  }

  /** One subject as the referee takes it; defaults are in place already. */
  subject(i: number): SubjectData {
    const { regionCode, industryClassification, industryCode } = this.ofCells.place(this.cellOf(i));
    return { regionCode, industryClassification, industryCode, inputs: this.inputsOf(i) };
  }

  /** Filled with nulls first: so that to V8 the arrays are all of one kind, whatever is known. */
  private inputsOf(i: number): (number | null)[] {
    const { columns } = this;
    const inputs = new Array<number | null>(columns.length).fill(null);
    for (let k = 0; k < columns.length; k++) inputs[k] = known(columns[k]![i]!);
    return inputs;
  }

  /**
   * Subjects of one cell stand at one place and chose the same: they share their groups and looked-up values. Some cells
   * may have no subject of this population.
   */
  get cellCount(): number {
    return this.ofCells.count;
  }

  /** The same for populations that share their cells, as those of a plan's columns do: cells are only ever added. */
  get sharedCells(): object {
    return this.ofCells;
  }

  cellOf(i: number): number {
    return this.cellOfSubject[i]!;
  }

  /** By subject, with room to the capacity. */
  get cells(): Int32Array {
    return this.cellOfSubject;
  }

  /** By cell: the peer group within the keys of a statistic's level; −1: it is in none. */
  groupsAt(statistic: number, level: number): readonly number[] {
    return this.ofCells.groups[statistic]!.index[level]!;
  }

  keysOf(statistic: number, level: number): readonly string[] {
    return this.ofCells.groups[statistic]!.keys[level]!;
  }

  /** By cell: what a lookup of the plan finds, exactly; null: nothing. */
  foundAt(lookup: number): readonly (Rational | null)[] {
    return this.ofCells.lookups[lookup]!.exact;
  }

  /** The kernel's view of the columns. @param statistics by the plan's statistics, one entry a subject */
  kernelInput(
    statistics: readonly Float64Array[],
  ): KernelInput & { readonly used: readonly Uint8Array[] } {
    return { inputs: this.columns, used: this.used, lookups: this.lookups, statistics };
  }

  /** The columns' first values; the first of a subject's values beyond its limits is told, as when it is added. */
  private settle(size: number): RefusedSubject[] {
    const refused = new Map<number, RangeError>();
    this.rules.forEach((rules, k) => {
      const column = this.columns[k]!;
      for (const position of rules.settle(column, this.used[k]!, size))
        if (!refused.has(position)) refused.set(position, rules.refusal(column[position]!)!);
    });
    return [...refused]
      .map(([position, error]) => ({ position, error }))
      .sort((a, b) => a.position - b.position);
  }

  /** Columns are filled. @param ids by place */
  private putInCells(positions: Int32Array, placeOf: Int32Array, ids: Int32Array): void {
    for (let i = 0; i < positions.length; i++) this.putInCell(i, ids[placeOf[positions[i]!]!]!);
    this.count = positions.length;
  }

  /** Its columns are filled. */
  private putInCell(i: number, placeId: number): void {
    const cell = this.ofCells.cellOf(placeId, (input) => known(this.columns[input]![i]!));
    this.cellOfSubject[i] = cell;
    const { lookups } = this.ofCells;
    for (let k = 0; k < lookups.length; k++) this.lookups[k]![i] = lookups[k]!.values[cell]!;
  }
}

/** Chunks of one population have the same few hundred places and options, so their cells are found once. */
const cellsByPlan = new WeakMap<Plan, Cells>();
/** Beyond these, finding what cells share would take longer than finding the cells. */
const MOST_CELLS = 50_000;

function cellsOf(plan: Plan): Cells {
  const known = cellsByPlan.get(plan);
  if (known && known.count <= MOST_CELLS) return known;
  const cells = new Cells(plan);
  cellsByPlan.set(plan, cells);
  return cells;
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function checkShape(plan: Plan, { columns, places, placeOf, size }: SubjectColumns): void {
  if (columns.length !== plan.inputs.length)
    throw new RangeError(`${columns.length} columns for ${plan.inputs.length} inputs`);
  if ([...columns, placeOf].some(({ length }) => length < size))
    throw new RangeError(`a column is shorter than the ${size} subjects`);
  for (let i = 0; i < size; i++)
    if (!(placeOf[i]! >= 0 && placeOf[i]! < places.length))
      throw new RangeError(`subject ${i} stands at place ${placeOf[i]} of ${places.length}`);
}

function keptPositions(size: number, refused: readonly RefusedSubject[]): Int32Array {
  const kept = new Int32Array(size - refused.length);
  let next = 0;
  for (let i = 0, k = 0; i < size; i++)
    if (refused[next]?.position === i) next++;
    else kept[k++] = i;
  return kept;
}

function compact(column: Float64Array, positions: Int32Array): void {
  for (let i = 0; i < positions.length; i++) column[i] = column[positions[i]!]!;
}
