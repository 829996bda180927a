/** The rulebook's checks on a submission's own values: what fails is rejected on arrival. */
import type { Bilingual } from '@tanxiao/contracts';

import { Rational } from '../exact/rational';
import type { Condition, NumberExpression } from '../formula/expression';
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

/**
 * Whether a row of columns passes all checks for certain, decided on doubles: most rows do, and exact values cost a
 * microsecond each. False only says to ask {@link failedChecks}.
 */
export type SureOfChecks = (inputs: readonly (Float64Array | null)[], row: number) => boolean;

export function sureOfChecks(plan: Plan): SureOfChecks {
  const sums = plan.checks.map(({ require }) => differenceOf(plan, require));
  return (inputs, row) => {
    for (const sum of sums) if (sum === null || !holdsSurely(sum, inputs, row)) return false;
    return true;
  };
}

/** A check that a difference is not negative: a sum of inputs, each with its sign. */
interface Difference {
  readonly inputs: readonly number[];
  readonly signs: readonly (1 | -1)[];
  /** What counts where an input is unknown; NaN: it stays unknown. */
  readonly fallbacks: readonly number[];
}

/** Null where the check is none of these. */
function differenceOf(plan: Plan, require: Condition): Difference | null {
  if (require.kind !== 'compare') return null;
  const [small, large] =
    require.operator === '<=' ? [require.left, require.right] : [require.right, require.left];
  if (require.operator !== '<=' && require.operator !== '>=') return null;
  const inputs: number[] = [];
  const signs: (1 | -1)[] = [];
  const add = (expression: NumberExpression, sign: 1 | -1): boolean => {
    if (expression.kind === 'arithmetic' && expression.operator === '+')
      return add(expression.left, sign) && add(expression.right, sign);
    if (expression.kind !== 'name') return false;
    const { origin } = plan.nodes[plan.slotOf.get(expression.name)!]!;
    if (origin.kind !== 'input') return false;
    inputs.push(origin.index);
    signs.push(sign);
    return true;
  };
  if (!add(large, 1) || !add(small, -1)) return null;
  const fallbacks = inputs.map((index) => {
    const { missing } = plan.inputs[index]!;
    return 'value' in missing ? missing.value : NaN;
  });
  return { inputs, signs, fallbacks };
}

function holdsSurely(
  { inputs, signs, fallbacks }: Difference,
  columns: readonly (Float64Array | null)[],
  row: number,
): boolean {
  let sum = 0;
  let magnitude = 0;
  for (let k = 0; k < inputs.length; k++) {
    let value = columns[inputs[k]!]?.[row] ?? NaN;
    if (value !== value) value = fallbacks[k]!;
    // A check with an unknown value does not fail.
    if (value !== value) return true;
    sum += signs[k]! * value;
    magnitude += Math.abs(value);
  }
  // Twice what so many additions can be off.
  return magnitude === 0 || sum > magnitude * inputs.length * Number.EPSILON;
}
