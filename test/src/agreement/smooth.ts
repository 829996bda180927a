/**
 * Kernel against referee on a population as it comes in life: quantities of 13 digits spread over some magnitudes, all
 * that must be stated is stated, most choices are the usual one, benchmarks are the population's own. What share of it
 * goes to the referee tells what the error bounds cost where nobody aims at a bound.
 */
import type { RatingColumns } from '@tanxiao/contracts';
import {
  benchmarksOf,
  type BenchmarkTable,
  evaluateExactly,
  type NumericInput,
  type Plan,
  Population,
  rate,
  type SubjectData,
} from '@tanxiao/rulebook';

import { type Random, seededRandom } from './random';

const REGIONS = ['330502', '330503', '330521', '330522'] as const;
/** Three divisions with groups and classes, so that peer groups of every level are asked. */
const INDUSTRIES = [
  '1711',
  '1712',
  '1751',
  '1761',
  '2614',
  '2651',
  '2659',
  '3311',
  '3484',
] as const;
const DIGITS = 13;

export interface SmoothAgreement {
  readonly subjects: number;
  readonly rated: number;
  readonly refereed: number;
  readonly differences: readonly {
    readonly serial: number;
    readonly kernel: RatingColumns;
    readonly referee: RatingColumns;
  }[];
}

/** The seed reproduces the subjects. */
export function compareOnSmoothSubjects(plan: Plan, count: number, seed: number): SmoothAgreement {
  const random = seededRandom(seed);
  const subjects = Array.from({ length: count }, () => smoothSubject(plan, random));
  const population = new Population(plan, count);
  for (const subject of subjects) population.add(subject);
  const benchmarks = benchmarksOf(plan, population);
  const ratings = rate(plan, population, benchmarks);
  let rated = 0;
  const differences = subjects.flatMap((subject, serial) => {
    const kernel = ratings.columns(serial);
    const referee = refereed(plan, subject, benchmarks);
    if (referee.outcome === 'rated') rated++;
    return JSON.stringify(kernel) === JSON.stringify(referee) ? [] : [{ serial, kernel, referee }];
  });
  return { subjects: count, rated, refereed: ratings.refereed, differences };
}

function refereed(plan: Plan, subject: SubjectData, benchmarks: BenchmarkTable): RatingColumns {
  const statistics = plan.statistics.map((_, s) => benchmarks.find(s, subject)?.totals ?? null);
  return evaluateExactly(plan, { ...subject, statistics }).columns;
}

function smoothSubject(plan: Plan, random: Random): SubjectData {
  return {
    regionCode: random.pick(REGIONS),
    industryClassification: 'gbt4754-2017',
    industryCode: random.pick(INDUSTRIES),
    inputs: plan.inputs.map((input) => smoothValue(input, random)),
  };
}

/** What may be left out is so three times in four: an enterprise burns few of forty fuels. */
function smoothValue(input: NumericInput, random: Random): number | null {
  const { minimum, maximum, missing, options } = input;
  if (!('notRated' in missing) && random.chance(0.75)) return null;
  if (options) return random.chance(0.9) ? 0 : random.integer(0, options.length - 1);
  const least = minimum ?? 0;
  const value =
    maximum === null
      ? least + 1000 * Math.exp(1.5 * bell(random))
      : least + random.next() * (maximum - least);
  return Number(value.toPrecision(DIGITS));
}

/** About normal, with mean 0 and variance 1: a sum of twelve uniform numbers. */
function bell(random: Random): number {
  return Array.from({ length: 12 }, () => random.next()).reduce((sum, next) => sum + next, -6);
}
