/** Distances from a graded value to the limits of its grading's bands. */
import type { ExactEvaluation } from '../evaluate/referee';
import { MEETS } from '../exact/comparison';
import type { Rational } from '../exact/rational';
import { exactText, readingText, shownText } from '../explain/number-text';
import type { Plan, PlanGrading } from '../plan/plan';
import type { BetterBand, Boundary, GradingAdvice } from './advice';
import { percentOf } from './reading';

/** From a value to a band's limit; null where it has none, or an unknown one. */
export function distanceTo(
  plan: Plan,
  base: ExactEvaluation,
  grading: PlanGrading,
  band: number,
  value: Rational,
): BetterBand['distance'] {
  const { limit: bound } = grading.bands[band]!;
  const limit = bound === null ? null : (base.values[bound.slot] ?? null);
  if (bound === null || limit === null) return null;
  const { name, title, unit } = plan.nodes[bound.slot]!;
  const { relation } = bound;
  const absolute = limit.minus(value);
  return {
    limit: { name, title, unit, relation, value: exactText(limit), shown: readingText(limit) },
    absolute: shownText(absolute, null),
    absoluteExact: exactText(absolute),
    percent: percentOf(absolute, value),
    isMet: MEETS[relation](value.compare(limit)),
  };
}

/** The nearest limits on both sides. Of a limit that equals the value, the side is where its band ends. */
export function boundariesOf(
  plan: Plan,
  base: ExactEvaluation,
  grading: PlanGrading,
  value: Rational,
): GradingAdvice['boundaries'] {
  const limits = grading.bands.flatMap(({ limit: bound }, band) => {
    const limit = bound === null ? null : (base.values[bound.slot] ?? null);
    return bound && limit ? [{ band, limit, relation: bound.relation }] : [];
  });
  const order = ({ limit, relation }: (typeof limits)[number]): number =>
    limit.compare(value) || (relation === '<=' || relation === '>' ? 1 : -1);
  const nearest = (side: 1 | -1): Boundary | null => {
    const [first] = limits
      .filter((limit) => order(limit) * side > 0)
      .sort((a, b) => a.limit.compare(b.limit) * side);
    const distance = first && distanceTo(plan, base, grading, first.band, value);
    if (!first || !distance) return null;
    const { isMet, ...rest } = distance;
    // Across a limit that holds its own band lies the next one.
    const { code, title } = grading.bands[isMet ? first.band + 1 : first.band]!;
    return { ...rest, beyond: { code, title } };
  };
  return { below: nearest(-1), above: nearest(1) };
}
