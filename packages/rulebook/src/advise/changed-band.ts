/** The referee's word on a change: nothing is advised that it hasn't confirmed. */
import { failedChecks } from '../evaluate/checks';
import { evaluateExactly, type ExactEvaluation, type ExactSubject } from '../evaluate/referee';
import type { Plan, PlanGrading } from '../plan/plan';

/**
 * The band with another value of one input, all else unchanged; null where there is none, where a check fails that
 * passes now, or a new reason not to be rated holds.
 */
export function changedBand(
  plan: Plan,
  grading: PlanGrading,
  from: { readonly subject: ExactSubject; readonly base: ExactEvaluation },
  to: { readonly input: number; readonly value: number },
): number | null {
  const { subject, base } = from;
  const inputs = [...subject.inputs];
  inputs[to.input] = to.value;
  const failsNow = failedChecks(plan, subject.inputs).map(({ code }) => code);
  if (failedChecks(plan, inputs).some(({ code }) => !failsNow.includes(code))) return null;
  const { columns, reasons } = evaluateExactly(plan, { ...subject, inputs });
  if (reasons.some((reason) => !base.reasons.includes(reason))) return null;
  return columns.bands[plan.gradings.indexOf(grading)] ?? null;
}
