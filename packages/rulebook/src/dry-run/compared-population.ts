/**
 * One population as two rulebook versions see it: each gets the inputs it knows, by name; an input that the data or
 * the other version lacks is unknown.
 */
import { layoutReader } from '../document/input-layout';
import { Population, type SubjectData } from '../evaluate/population';
import type { Plan } from '../plan/plan';

/** A subject as data, of no version's form. */
export interface DryRunSubject extends Omit<SubjectData, 'inputs'> {
  /** Names the subject in the result; its meaning is the caller's. */
  readonly key: string;
  /** As `layoutOf` writes it. Best one array for all subjects of a layout: its places are looked up once. */
  readonly layout: readonly string[];
  /** In the order of `layout`; null is unknown. */
  readonly inputs: readonly (number | null)[];
}

/** A value beyond its input's limits: the version would have rejected the submission on arrival. */
export interface OutOfRange {
  readonly name: string;
  readonly value: number;
  readonly minimum: number | null;
  readonly maximum: number | null;
}

type Identity = Omit<DryRunSubject, 'layout' | 'inputs'>;

/** The population under one version, without those that the version refuses. */
export class PopulationSide {
  readonly population: Population;
  private readonly readers = new WeakMap<readonly string[], ReturnType<typeof layoutReader>>();
  private readonly memberOf: Int32Array;
  private readonly refused = new Map<number, readonly OutOfRange[]>();

  constructor(
    readonly plan: Plan,
    capacity: number,
  ) {
    this.population = new Population(plan, capacity);
    this.memberOf = new Int32Array(capacity);
  }

  add(index: number, subject: DryRunSubject): void {
    const inputs = this.readerOf(subject.layout)(subject.inputs);
    const beyond = outOfRange(this.plan, inputs);
    if (beyond.length > 0) {
      this.refused.set(index, beyond);
      this.memberOf[index] = -1;
      return;
    }
    this.memberOf[index] = this.population.size;
    this.population.add({ ...subject, inputs });
  }

  /** Place in `population`; −1 where the version refuses the subject. */
  member(index: number): number {
    return this.memberOf[index]!;
  }

  refusal(index: number): readonly OutOfRange[] {
    return this.refused.get(index) ?? [];
  }

  private readerOf(layout: readonly string[]): ReturnType<typeof layoutReader> {
    let reader = this.readers.get(layout);
    if (!reader) {
      reader = layoutReader(layout, this.plan.inputs);
      this.readers.set(layout, reader);
    }
    return reader;
  }
}

export class ComparedPopulation {
  readonly before: PopulationSide;
  readonly after: PopulationSide;
  private readonly identities: Identity[] = [];

  /** @param capacity number of subjects to come, at most */
  constructor(
    plans: { readonly before: Plan; readonly after: Plan },
    readonly capacity: number,
  ) {
    this.before = new PopulationSide(plans.before, capacity);
    this.after = new PopulationSide(plans.after, capacity);
  }

  get size(): number {
    return this.identities.length;
  }

  /** @throws RangeError where the population is full */
  add(subject: DryRunSubject): void {
    const index = this.size;
    if (index >= this.capacity)
      throw new RangeError(`the population has room for ${this.capacity} subjects`);
    const { key, regionCode, industryClassification, industryCode } = subject;
    this.identities.push({ key, regionCode, industryClassification, industryCode });
    this.before.add(index, subject);
    this.after.add(index, subject);
  }

  identity(index: number): Identity {
    return this.identities[index]!;
  }
}

function outOfRange(plan: Plan, inputs: readonly (number | null)[]): readonly OutOfRange[] {
  const found: OutOfRange[] = [];
  for (let k = 0; k < inputs.length; k++) {
    const value = inputs[k] ?? null;
    if (value === null) continue;
    const { name, minimum, maximum } = plan.inputs[k]!;
    const below = minimum !== null && value < minimum;
    const above = maximum !== null && value > maximum;
    if (below || above) found.push({ name, value, minimum, maximum });
  }
  return found;
}
