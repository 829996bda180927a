/** Kernel against referee: rates subjects both ways and counts where they differ. */
import {
  BenchmarkTable,
  peerGroupKey,
  type Plan,
  Population,
  rate,
  Rational,
} from '@tanxiao/rulebook';

import { type Bound, boundsOf, type Side, sideOf } from './bounds';
import { type Random, seededRandom } from './random';
import type { SmoothAgreement } from './smooth';
import { boundarySubject, randomSubject, randomTie } from './subjects';
import { evaluateTrial, type TrialSubject } from './trial';

export interface BoundCoverage {
  readonly name: string;
  readonly hasBelow: boolean;
  /** Subjects whose exact value is the bound, or within a unit of the last place beside it. */
  readonly on: number;
  readonly below: number;
  readonly above: number;
}

export interface Agreement extends SmoothAgreement {
  readonly coverage: readonly BoundCoverage[];
  /** Where a comparison stands that could not be aimed at. */
  readonly unaimed: readonly string[];
}

const BATCH = 10_000;
const UNITS = [0, -1, 1] as const;

/**
 * Rates `count` subjects: a half plain and dirty ones, a quarter aimed at every bound in turn (on it, a unit below,
 * a unit above), a quarter at rounding ties. The seed reproduces them.
 */
export function compareKernelWithReferee(of: Plan, count: number, seed: number): Agreement {
  const plan = comparedByClass(of);
  const random = seededRandom(seed);
  const { bounds, unaimed } = boundsOf(plan);
  const coverage = bounds.map(() => ({ on: 0, below: 0, above: 0 }) satisfies Record<Side, number>);
  let [refereed, rated] = [0, 0];
  const differences: Agreement['differences'][number][] = [];
  for (let start = 0; start < count; start += BATCH) {
    const size = Math.min(BATCH, count - start);
    const trials = Array.from({ length: size }, (_, i) => trialOf(plan, bounds, random, start + i));
    const population = new Population(plan, trials.length);
    for (const { subject } of trials) population.add(subject);
    const ratings = rate(plan, population, benchmarkTable(plan, trials));
    refereed += ratings.refereed;
    trials.forEach((trial, i) => {
      const kernel = ratings.columns(i);
      const { columns, values } = evaluateTrial(plan, trial);
      bounds.forEach((bound, b) => {
        const side = sideOf(bound, values);
        if (side) coverage[b]![side]++;
      });
      if (columns.outcome === 'rated') rated++;
      if (JSON.stringify(kernel) !== JSON.stringify(columns))
        differences.push({ serial: start + i, kernel, referee: columns });
    });
  }
  return {
    subjects: count,
    coverage: bounds.map(({ name, hasBelow }, b) => ({ name, hasBelow, ...coverage[b]! })),
    unaimed,
    refereed,
    rated,
    differences,
  };
}

function trialOf(
  plan: Plan,
  bounds: readonly Bound[],
  random: Random,
  serial: number,
): TrialSubject {
  const aimed = Math.floor(serial / 4);
  const boundary =
    serial % 4 === 1 && bounds.length > 0
      ? boundarySubject(
          plan,
          random,
          serial,
          bounds[aimed % bounds.length]!,
          UNITS[Math.floor(aimed / bounds.length) % 3]!,
        )
      : serial % 4 === 3
        ? boundarySubject(plan, random, serial, randomTie(plan, random), random.pick(UNITS))
        : null;
  return boundary ?? randomSubject(plan, random, serial);
}

/**
 * The same rules with every statistic asked for a subject's own class: a rank among all would give the subjects of a
 * batch one value, and each trial needs its own. Where choices divide the rulebook's groups they divide the class, with
 * the whole class as the next level.
 */
function comparedByClass(plan: Plan): Plan {
  const statistics = plan.statistics.map((statistic) => {
    const divided = statistic.groups.filter(({ by }) => by.length > 0).slice(0, 1);
    const whole = { ...statistic.groups[0]!, level: 'whole', by: [] };
    const groups = [...divided, whole].map((group) => ({ ...group, industryDigits: 4 }));
    return { ...statistic, groups };
  });
  return { ...plan, statistics };
}

/**
 * Each subject has a class of its own (36^4 of them), so each has its own benchmarks: that of the trial in the first
 * group that the subject is in, and in the next ones half of it, which nobody may be compared with.
 */
function benchmarkTable(plan: Plan, trials: readonly TrialSubject[]): BenchmarkTable {
  const rows = trials.flatMap(({ subject, benchmarks }) =>
    benchmarks.flatMap((benchmark, statistic) => {
      if (!benchmark) return [];
      const groups = plan.statistics[statistic]!.groups.flatMap((group) => {
        const groupKey = peerGroupKey(group, subject);
        return groupKey === null ? [] : [{ level: group.level, groupKey }];
      });
      const { denominator } = benchmark;
      const twice = Rational.parse(denominator).plus(Rational.parse(denominator)).toString();
      return groups.map((group, level) => ({
        ...benchmark,
        ...group,
        denominator: level === 0 ? denominator : twice,
      }));
    }),
  );
  return BenchmarkTable.from(plan, rows);
}
