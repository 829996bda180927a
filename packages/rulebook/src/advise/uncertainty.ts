/** Whether stated uncertainties of inputs could flip a band: the plan evaluated over the box they span. */
import type { ExactEvaluation } from '../evaluate/referee';
import { Rational } from '../exact/rational';
import type { Plan, PlanGrading } from '../plan/plan';
import type { Certainty, UncertaintyAdvice } from './advice';
import { type Box, BoxAlgebra, type Range } from './box-algebra';
import { LinearRatio } from './linear-ratio';
import { greater, lesser } from './order';
import { upstreamOf } from './plan-reads';
import { asPercent } from './reading';
import { SymbolicPlan } from './symbolic-plan';

/** Relative uncertainties by input name: 0.02 is ±2 % of the submitted value. */
export type Uncertainties = Readonly<Record<string, number>>;

/** @throws RangeError for a name that is no quantity, or a share that isn't between 0 and 1 */
export function uncertaintyAdvice(
  plan: Plan,
  base: ExactEvaluation,
  grading: PlanGrading,
  uncertainties: Uncertainties,
): UncertaintyAdvice {
  const box = boxOf(plan, base, uncertainties);
  return {
    single: plan.inputs
      .filter(({ name }) => Object.hasOwn(uncertainties, name))
      .map(({ name, title, unit }) => {
        const slot = plan.slotOf.get(name)!;
        const interval = box.get(slot);
        const alone: Box = new Map(interval ? [[slot, interval]] : []);
        const relative = asPercent(Rational.fromNumber(uncertainties[name]!));
        return { name, title, unit, relative, ...certainty(plan, base, grading, alone) };
      }),
    together: certainty(plan, base, grading, box),
  };
}

/** The intervals of the inputs that are known; none leaves its input's bounds, which no submission may. */
export function boxOf(plan: Plan, base: ExactEvaluation, uncertainties: Uncertainties): Box {
  const box = new Map<number, { low: Rational; present: Rational; high: Rational }>();
  for (const [name, relative] of Object.entries(uncertainties)) {
    const input = plan.inputs.find((one) => one.name === name);
    if (!input || input.options)
      throw new RangeError(`${name} is no quantity of ${plan.rulebook.id}`);
    if (!(relative >= 0 && relative <= 1))
      throw new RangeError(`the relative uncertainty of ${name} is ${relative}, not within 0 to 1`);
    const slot = plan.slotOf.get(name)!;
    const present = base.values[slot] ?? null;
    if (present === null) continue;
    const width = present.absolute().times(Rational.fromNumber(relative));
    const [low, high] = [present.minus(width), present.plus(width)];
    box.set(slot, {
      low: input.minimum === null ? low : greater(low, Rational.fromNumber(input.minimum)),
      present,
      high: input.maximum === null ? high : lesser(high, Rational.fromNumber(input.maximum)),
    });
  }
  return box;
}

/** The plan over a box: each value's range holds every value it takes there. */
export function overBox(plan: Plan, base: ExactEvaluation, box: Box): SymbolicPlan<Range> {
  const algebra = new BoxAlgebra(box);
  const open = new Map(
    [...box.keys()].map((slot) => [slot, algebra.ofRatio(LinearRatio.input(slot))]),
  );
  return new SymbolicPlan<Range>(plan, base, open, algebra);
}

function certainty(plan: Plan, base: ExactEvaluation, grading: PlanGrading, box: Box): Certainty {
  const symbolic = overBox(plan, base, box);
  const { bands, perhapsNone } = symbolic.bands(grading);
  const couldBeUnrated =
    perhapsNone ||
    reasonsOf(plan, grading).some((i) => !base.reasons.includes(i) && symbolic.reason(i) !== false);
  return {
    answer: bands.length === 1 && !couldBeUnrated ? 'certain' : 'could-flip',
    bands: bands.map((index) => grading.bands[index]!.code),
    couldBeUnrated,
  };
}

/** The reasons that take a grading's band away: all of them for the headline grade. */
function reasonsOf(plan: Plan, grading: PlanGrading): readonly number[] {
  if (plan.gradings.indexOf(grading) === plan.headline.grade) return plan.reasons.map((_, i) => i);
  return [...upstreamOf(plan, grading)].flatMap((slot) => plan.nodes[slot]!.withheldBy);
}
