/**
 * Brings a trial near a target that random inputs hardly ever come near: 90 of 100 points by 15 indicators lies beyond what
 * the mean of 15 random indicators reaches, and from there no single input can be solved for it.
 */
import { type NumericInput, type Plan, Rational } from '@tanxiao/rulebook';

import type { Random } from './random';
import { evaluateTrial, type Target, type TrialSubject } from './trial';

/** Stands for the upper end of an input that has none. */
const FAR = 1_000_000;

/**
 * Each of the inputs in turn, in any order, goes to the end or the place within its range that brings the value nearest to the
 * target: to an end while that is far, within once it is near, where a score still moves with the input.
 */
export function climbed(
  plan: Plan,
  start: TrialSubject,
  target: Target,
  options: { readonly inputs: readonly number[]; readonly random: Random },
): TrialSubject {
  let best = { trial: start, distance: distanceFrom(plan, start, target) };
  for (const k of shuffled(options.inputs, options.random)) {
    for (const value of placesOf(plan.inputs[k]!, options.random)) {
      const trial = withInput(best.trial, k, value);
      const distance = distanceFrom(plan, trial, target);
      if (distance && (!best.distance || distance.compare(best.distance) < 0))
        best = { trial, distance };
    }
  }
  return best.trial;
}

function placesOf({ minimum, maximum }: NumericInput, random: Random): number[] {
  const least = minimum ?? 0;
  const greatest = maximum ?? FAR;
  const within = [1, 2].map(() => least + (random.integer(1, 19) / 20) * (greatest - least));
  return [least, greatest, ...within.map((value) => Number(value.toPrecision(6)))];
}

/** Null where the value, or what it is compared with, is unknown. */
function distanceFrom(plan: Plan, trial: TrialSubject, { slot, at }: Target): Rational | null {
  const { values } = evaluateTrial(plan, trial);
  const value = values[slot] ?? null;
  const other = at instanceof Rational ? at : (values[at.slot] ?? null);
  return value && other && value.minus(other).absolute();
}

function withInput(trial: TrialSubject, k: number, value: number): TrialSubject {
  const inputs = trial.subject.inputs.map((present, i) => (i === k ? value : present));
  return { ...trial, subject: { ...trial.subject, inputs } };
}

function shuffled(of: readonly number[], random: Random): number[] {
  const left = [...of];
  return of.map(() => left.splice(random.integer(0, left.length - 1), 1)[0]!);
}
