/**
 * Statistics brought onto a target: they are exact fractions of any size, so that a limit can be met on the point where
 * no decimal of 15 digits as an input would do it.
 */
import { type Plan, Rational } from '@tanxiao/rulebook';

import { bareBenchmark, evaluateTrial, type Target, type TrialSubject, type Units } from './trial';

/** A unit of the 15th digit, as statistics are moved by: they are exact fractions of any size. */
const BESIDE_RELATIVE = Rational.of(1n, 10n ** 14n);
const BESIDE_ZERO = Rational.of(1n, 10n ** 15n);

/** Where the target is a statistic, or is compared with one: that statistic moved onto the other side. */
export function movedStatistic(
  plan: Plan,
  trial: TrialSubject,
  target: Target,
  units: Units,
): TrialSubject | null {
  const own = plan.nodes[target.slot]!.origin;
  const other = target.at instanceof Rational ? null : plan.nodes[target.at.slot]!.origin;
  const statistic =
    own.kind === 'statistic' ? own.index : other?.kind === 'statistic' ? other.index : null;
  if (statistic === null) return null;
  const fixedSlot =
    own.kind === 'statistic' && !(target.at instanceof Rational) ? target.at.slot : target.slot;
  const value =
    own.kind === 'statistic' && target.at instanceof Rational
      ? target.at
      : (evaluateTrial(plan, trial).values[fixedSlot] ?? null);
  if (value === null) return null;
  return withStatistic(plan, trial, statistic, besideUnits(value, units));
}

/** Where the target's value is something over a statistic (K = L / benchmark): that statistic solved for it. */
export function solvedStatistic(
  plan: Plan,
  trial: TrialSubject,
  { slot, at }: Target,
  units: Units,
): TrialSubject | null {
  const valueWith = (statistic: number, value: Rational): Rational | null =>
    evaluateTrial(plan, withStatistic(plan, trial, statistic, value)).values[slot] ?? null;
  const target = at instanceof Rational ? at : (evaluateTrial(plan, trial).values[at.slot] ?? null);
  if (target === null || target.sign() === 0) return null;
  for (let statistic = 0; statistic < plan.statistics.length; statistic++) {
    const [once, twice] = [Rational.ONE, TWO].map((value) => valueWith(statistic, value));
    if (!once || !twice || once.sign() === 0 || !twice.times(TWO).equals(once)) continue;
    return withStatistic(plan, trial, statistic, besideUnits(once.over(target), units));
  }
  return null;
}

const TWO = Rational.of(2n, 1n);

function besideUnits(value: Rational, units: Units): Rational {
  const unit = value.sign() === 0 ? BESIDE_ZERO : value.absolute().times(BESIDE_RELATIVE);
  return value.plus(unit.times(Rational.of(BigInt(units))));
}

function withStatistic(
  plan: Plan,
  trial: TrialSubject,
  statistic: number,
  value: Rational,
): TrialSubject {
  return {
    ...trial,
    benchmarks: trial.benchmarks.map((benchmark, i) =>
      i === statistic
        ? {
            ...(benchmark ?? bareBenchmark(plan, statistic)),
            numerator: value.toString(),
            denominator: '1',
          }
        : benchmark,
    ),
  };
}
