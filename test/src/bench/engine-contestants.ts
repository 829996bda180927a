/** Ours: the kernel over columns, one subject at a time, the referee, and the referee with the full trace. */
import {
  evaluateExactly,
  explain,
  type KernelInput,
  Population,
  rate,
  ratingKernel,
  type RatingOutput,
  type Ratings,
  subjectRater,
} from '@tanxiao/rulebook';

import { type CitySubjects, populationOf } from './city-subjects';
import { type Contestant, oneByOne } from './contestant';
import { outcomeOfColumns } from './outcome';

const ONE_BY_ONE = 5000;
const REFEREED = 2000;
const EXPLAINED = 150;

/** `rate` over populations of `size` that are filled beforehand; choosing benchmarks and refereeing included. */
export function populationsOf(
  size: number,
  { plan, subjects, benchmarks }: CitySubjects,
): Contestant {
  const populations = Array.from({ length: Math.ceil(subjects.length / size) }, (_, b) =>
    populationOf(plan, subjects.slice(b * size, (b + 1) * size)),
  );
  let ratings: Ratings[] = [];
  return {
    name: `rate, populations of ${size}`,
    kind: 'ours',
    subjects: subjects.length,
    run: () => {
      ratings = populations.map((population) => rate(plan, population, benchmarks));
    },
    outcome: (i) => outcomeOfColumns(plan, ratings[Math.floor(i / size)]!.columns(i % size)),
  };
}

interface BareKernel {
  readonly count: number;
  readonly repeats: number;
  /** Whether the kernel is told which blocks of columns are all zeros, as a population marks them when it is filled. */
  readonly zeros: 'marked' | 'unmarked';
}

/** The generated kernel alone, error bound included, over the first `count` subjects, `repeats` times a run. */
export function bareKernel(
  city: CitySubjects,
  { count, repeats, zeros }: BareKernel,
): Contestant & { refer(): number } {
  const { plan } = city;
  const kernel = ratingKernel(plan);
  const { used, ...columns } = kernelInputOf(city);
  const input = zeros === 'marked' ? { ...columns, used } : columns;
  const output: RatingOutput = {
    results: plan.results.map(() => new Float64Array(count)),
    bands: plan.gradings.map(() => new Int8Array(count)),
    reasons: new Int32Array(count),
    refer: new Uint8Array(count),
  };
  return {
    name: `kernel alone, ${count} subjects${repeats > 1 ? ' again and again' : ''}, zeros ${zeros}`,
    kind: 'ours',
    subjects: count,
    repeats,
    run: () => {
      for (let r = 0; r < repeats; r++) kernel(input, output, 0, count);
    },
    // What the kernel hands over is decided by the referee, as in `rate`.
    outcome: (i) => {
      if (i >= count) return null;
      return outcomeOfColumns(
        plan,
        output.refer[i] === 1
          ? evaluateExactly(plan, exactSubjectOf(city, i)).columns
          : {
              values: output.results.map((column) => known(column[i]!)),
              bands: output.bands.map((column) => (column[i] === -1 ? null : column[i]!)),
            },
      );
    },
    refer: () => output.refer.reduce((sum, flag) => sum + flag, 0),
  };
}

/** A subject in, its rating out. */
export function subjectBySubject({ plan, subjects, benchmarks }: CitySubjects): Contestant {
  const rateOne = subjectRater(plan, benchmarks);
  return oneByOne({
    name: 'one at a time (subjectRater)',
    kind: 'ours',
    subjects: subjects.length,
    rate: (i) => rateOne(subjects[i]!),
    outcomeOf: (columns) => outcomeOfColumns(plan, columns),
  });
}

/** The same through `rate`. */
export function populationOfOne({ plan, subjects, benchmarks }: CitySubjects): Contestant {
  return oneByOne({
    name: 'one at a time, each a population of one',
    kind: 'ours',
    subjects: Math.min(ONE_BY_ONE, subjects.length),
    rate: (i) => {
      const population = new Population(plan, 1);
      population.add(subjects[i]!);
      return rate(plan, population, benchmarks).columns(0);
    },
    outcomeOf: (columns) => outcomeOfColumns(plan, columns),
  });
}

/** The benchmark's totals are looked up beforehand. */
export function referee(city: CitySubjects): Contestant {
  const exact = city.subjects.map((_, i) => exactSubjectOf(city, i));
  return oneByOne({
    name: 'referee (evaluateExactly)',
    kind: 'ours',
    subjects: Math.min(REFEREED, exact.length),
    rate: (i) => evaluateExactly(city.plan, exact[i]!),
    outcomeOf: ({ columns }) => outcomeOfColumns(city.plan, columns),
  });
}

export function refereeWithTrace({ plan, subjects, benchmarks }: CitySubjects): Contestant {
  const rows = subjects.map((subject) =>
    plan.statistics.flatMap((_, s) => benchmarks.find(s, subject)?.row ?? []),
  );
  return oneByOne({
    name: 'referee with full trace (explain)',
    kind: 'ours',
    subjects: Math.min(EXPLAINED, rows.length),
    rate: (i) => explain(plan, subjects[i]!, rows[i]!),
    outcomeOf: ({ columns }) => outcomeOfColumns(plan, columns),
  });
}

function exactSubjectOf(
  { plan, subjects, benchmarks }: CitySubjects,
  i: number,
): Parameters<typeof evaluateExactly>[1] {
  const subject = subjects[i]!;
  return {
    ...subject,
    statistics: plan.statistics.map((_, s) => benchmarks.find(s, subject)?.totals ?? null),
  };
}

function kernelInputOf({ plan, population, subjects, benchmarks }: CitySubjects): KernelInput {
  return population.kernelInput(
    plan.statistics.map((_, s) =>
      Float64Array.from(subjects, (one) => benchmarks.find(s, one)?.approximation ?? NaN),
    ),
  );
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
