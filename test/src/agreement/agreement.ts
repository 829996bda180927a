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
import { evaluateTrial, type TrialSubject, type Units } from './trial';

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

const BATCH = 1_000;
const UNITS = [0, -1, 1] as const;
const SIDES = { [-1]: 'below', 0: 'on', 1: 'above' } as const satisfies Record<Units, Side>;

export interface Trials {
  readonly count: number;
  /** So many more at most, while a bound is not met from every side. */
  readonly moreUntilMet: number;
  /** Reproduces them. */
  readonly seed: number;
}

/**
 * Rates generated subjects: a half plain and dirty ones, a quarter aimed at the bounds (on it, a unit below, a unit above;
 * what is not met yet first), a quarter at rounding ties.
 */
export function compareKernelWithReferee(
  of: Plan,
  { count, moreUntilMet, seed }: Trials,
): Agreement {
  const plan = comparedByClass(of);
  const random = seededRandom(seed);
  const { bounds, unaimed } = boundsOf(plan);
  const coverage = bounds.map(() => ({ on: 0, below: 0, above: 0 }) satisfies Record<Side, number>);
  const aims = new Aims(bounds);
  let [refereed, rated, subjects] = [0, 0, 0];
  const differences: Agreement['differences'][number][] = [];
  const wanted = (): number => (aims.open ? count + moreUntilMet : count) - subjects;
  while (wanted() > 0) {
    const start = subjects;
    const size = Math.min(BATCH, wanted());
    subjects += size;
    const trials = Array.from({ length: size }, (_, i) => trialOf(plan, aims, random, start + i));
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
    subjects,
    coverage: bounds.map(({ name, hasBelow }, b) => ({ name, hasBelow, ...coverage[b]! })),
    unaimed,
    refereed,
    rated,
    differences,
  };
}

/** Which bound is aimed at next, and from which side: those not met yet before all others, each in turn. */
class Aims {
  private readonly all: readonly Aim[];
  private readonly met = new Set<Aim>();
  private next = 0;

  constructor(bounds: readonly Bound[]) {
    this.all = UNITS.flatMap((units) =>
      bounds
        .filter(({ hasBelow }) => hasBelow || units !== -1)
        .map((bound) => ({ bound, units, side: SIDES[units] })),
    );
  }

  /** Whether a bound was not met from some side. */
  get open(): boolean {
    return this.met.size < this.all.length;
  }

  trial(plan: Plan, random: Random, serial: number): TrialSubject | null {
    const aims = this.open ? this.all.filter((aim) => !this.met.has(aim)) : this.all;
    const aim = aims[this.next++ % aims.length];
    if (aim === undefined) return null;
    const trial = boundarySubject(plan, random, serial, aim.bound, aim.units);
    if (trial && sideOf(aim.bound, evaluateTrial(plan, trial).values) === aim.side)
      this.met.add(aim);
    return trial;
  }
}

interface Aim {
  readonly bound: Bound;
  readonly units: Units;
  readonly side: Side;
}

function trialOf(plan: Plan, aims: Aims, random: Random, serial: number): TrialSubject {
  const aimed =
    serial % 4 === 1
      ? aims.trial(plan, random, serial)
      : serial % 4 === 3
        ? boundarySubject(plan, random, serial, randomTie(plan, random), random.pick(UNITS))
        : null;
  return aimed ?? randomSubject(plan, random, serial);
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
