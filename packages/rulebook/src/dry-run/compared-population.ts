/**
 * One population as two rulebook versions see it: each gets the inputs it knows, by name; an input that the data or
 * the other version lacks is unknown.
 */
import { Population, type SubjectData } from '../evaluate/population';
import type { Plan } from '../plan/plan';

/** A subject as data, of no version's form. */
export interface DryRunSubject extends Omit<SubjectData, 'inputs'> {
  /** Names the subject in the result; its meaning is the caller's. */
  readonly key: string;
  /** Best one array for all subjects of a layout: its places are looked up once. */
  readonly inputNames: readonly string[];
  /** In the order of `inputNames`; null is unknown. */
  readonly inputs: readonly (number | null)[];
}

/** A value below its input's minimum: the version would have rejected the submission on arrival. */
export interface BelowMinimum {
  readonly name: string;
  readonly value: number;
  readonly minimum: number;
}

type Identity = Omit<DryRunSubject, 'inputNames' | 'inputs'>;

/** The population under one version, without those that the version refuses. */
export class PopulationSide {
  readonly population: Population;
  private readonly places = new WeakMap<readonly string[], readonly number[]>();
  private readonly memberOf: Int32Array;
  private readonly refused = new Map<number, readonly BelowMinimum[]>();

  constructor(
    readonly plan: Plan,
    capacity: number,
  ) {
    this.population = new Population(plan, capacity);
    this.memberOf = new Int32Array(capacity);
  }

  add(index: number, subject: DryRunSubject): void {
    const inputs = this.placesOf(subject.inputNames).map((at) => subject.inputs[at] ?? null);
    const below = belowMinimum(this.plan, inputs);
    if (below.length > 0) {
      this.refused.set(index, below);
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

  refusal(index: number): readonly BelowMinimum[] {
    return this.refused.get(index) ?? [];
  }

  private placesOf(names: readonly string[]): readonly number[] {
    let places = this.places.get(names);
    if (!places) {
      const at = new Map(names.map((name, place) => [name, place]));
      places = this.plan.inputs.map(({ name }) => at.get(name) ?? -1);
      this.places.set(names, places);
    }
    return places;
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

function belowMinimum(plan: Plan, inputs: readonly (number | null)[]): readonly BelowMinimum[] {
  const found: BelowMinimum[] = [];
  for (let k = 0; k < inputs.length; k++) {
    const value = inputs[k] ?? null;
    const { name, minimum } = plan.inputs[k]!;
    if (value !== null && minimum !== null && value < minimum) found.push({ name, value, minimum });
  }
  return found;
}
