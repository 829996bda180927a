/** The rulebook's checks on a submission's own values: what fails is rejected on arrival. */
import type { Bilingual } from '@tanxiao/contracts';

import { Rational } from '../exact/rational';
import type { Plan } from '../plan/plan';
import { exactProgram } from './exact-program';
import { type ExactSubject, givenValue } from './referee';

export interface FailedCheck {
  readonly code: string;
  readonly message: Bilingual;
  /** The inputs and parameters that the check compares. */
  readonly names: readonly string[];
}

const NOWHERE = { regionCode: '', industryClassification: '', industryCode: '' };

/** By plan, by check: the answer where every value it reads is zero, as in most rows. */
const atZero = new WeakMap<Plan, readonly boolean[]>();

/** The checks that fail, exactly decided; a check with an unknown value does not fail. */
export function failedChecks(
  plan: Plan,
  inputs: readonly (number | null)[],
): readonly FailedCheck[] {
  const program = exactProgram(plan);
  // A check reads inputs and parameters only, so it does not matter where the subject stands.
  const subject: ExactSubject = { ...NOWHERE, inputs, statistics: [] };
  let zeroAnswers = atZero.get(plan);
  if (!zeroAnswers) {
    const zeros = plan.nodes.map(() => Rational.ZERO);
    zeroAnswers = program.checks.map((check) => check(zeros) !== false);
    atZero.set(plan, zeroAnswers);
  }
  const failed: FailedCheck[] = [];
  for (let index = 0; index < plan.checks.length; index++) {
    const slots = program.checkSlots[index]!;
    const values: (Rational | null)[] = [];
    let allZero = true;
    for (const slot of slots) {
      const value = givenValue(plan, plan.nodes[slot]!, subject);
      values[slot] = value;
      allZero &&= value?.sign() === 0;
    }
    if (allZero ? zeroAnswers[index] : program.checks[index]!(values) !== false) continue;
    const check = plan.checks[index]!;
    failed.push({
      code: check.code,
      message: check.message,
      names: slots.map((slot) => plan.nodes[slot]!.name),
    });
  }
  return failed;
}
