/** What races in the benchmark: a way to rate the same subjects, and the outcomes it came to. */

/** The results and gradings of the industrial rulebook that every way computes, by the rulebook's names. */
export const RESULT_NAMES = [
  'net_emissions_tco2',
  'comprehensive_energy_tce',
  'carbon_intensity',
  'carbon_efficiency_ratio',
] as const;
export const GRADING_NAMES = ['carbon_level', 'carbon_efficiency_grade'] as const;
export type PartName = (typeof RESULT_NAMES)[number] | (typeof GRADING_NAMES)[number];

/** Of one subject: results, and 0-based bands; null is unknown, a part left out is not computed by this way. */
export type Outcome = Readonly<Partial<Record<PartName, number | null>>>;

export interface Contestant {
  readonly name: string;
  readonly kind: 'ours' | 'floor' | 'rule engine' | 'formulas';
  /** How many subjects, from the first, one run rates: fewer where it is slow, so that runs take about as long. */
  readonly subjects: number;
  /** How often a run rates them all; once where left out. */
  readonly repeats?: number;
  run(): void | Promise<void>;
  /** Of any subject; null where the way writes columns and this one is not among them. */
  outcome(i: number): Outcome | null | Promise<Outcome>;
}

interface Way<Rating> extends Pick<Contestant, 'name' | 'kind' | 'subjects'> {
  readonly rate: (i: number) => Rating;
  readonly outcomeOf: (rating: Awaited<Rating>) => Outcome | Promise<Outcome>;
}

/** Rates subject after subject, keeping each rating until the next, so that none may be optimised away. */
export function oneByOne<Rating>({ rate, outcomeOf, ...way }: Way<Rating>): Contestant {
  let kept: Rating | null = null;
  return {
    ...way,
    run: () => {
      for (let i = 0; i < way.subjects; i++) kept = rate(i);
      if (kept === null) throw new Error(`${way.name} rated nothing`);
    },
    outcome: async (i) => outcomeOf(await rate(i)),
  };
}

/** The same where a rating is a promise: each is awaited before the next is asked for. */
export function oneByOneAwaited<Rating>({
  rate,
  outcomeOf,
  ...way
}: Way<Promise<Rating>>): Contestant {
  return {
    ...way,
    run: async () => {
      for (let i = 0; i < way.subjects; i++) await rate(i);
    },
    outcome: async (i) => outcomeOf(await rate(i)),
  };
}
