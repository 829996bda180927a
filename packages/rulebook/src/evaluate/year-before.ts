/**
 * Inputs that a submission leaves blank and that the same subject's submission of the same period a year before holds
 * (`yearBefore` of an input). What a submission states counts, whatever was submitted then.
 */
import type { Bilingual } from '@tanxiao/contracts';

import { layoutReader } from '../document/input-layout';
import type { NumericInput } from '../document/names';
import type { Plan } from '../plan/plan';

/** A submission of the period a year before, as it was kept. */
export interface SubmissionBefore {
  readonly period: string;
  /** Null where submissions have no revisions (a file). */
  readonly revision: number | null;
  /** As `layoutOf` writes it. */
  readonly layout: readonly string[];
  readonly inputs: readonly (number | null)[];
}

/** What was read of it, by the plan's inputs; null where nothing was. */
export interface YearBefore extends Pick<SubmissionBefore, 'period' | 'revision'> {
  readonly values: readonly (number | null)[];
  /** Whether the value counts, since the submission itself states none. */
  readonly filled: readonly boolean[];
}

export interface FilledInputs {
  readonly inputs: readonly (number | null)[];
  readonly yearBefore: YearBefore | null;
}

/** Whether a submission of the year before has to be read at all. */
export function readsYearBefore(plan: Plan): boolean {
  return plan.inputs.some(({ yearBefore }) => yearBefore !== null);
}

/** @param stated in the plan's order */
export function withYearBefore(
  plan: Plan,
  stated: readonly (number | null)[],
  before: SubmissionBefore | null,
): FilledInputs {
  if (before === null || !readsYearBefore(plan)) return { inputs: stated, yearBefore: null };
  const read = layoutReader(before.layout, sourcesOf(plan))(before.inputs);
  const values = plan.inputs.map((input, k) => admitted(input, read[k] ?? null));
  const filled = values.map((value, k) => value !== null && (stated[k] ?? null) === null);
  return {
    inputs: stated.map((value, k) => (filled[k] ? values[k]! : value)),
    yearBefore: { period: before.period, revision: before.revision, values, filled },
  };
}

/** By plan: its inputs under the names that they have a year before; the others under one that no layout holds. */
const sources = new WeakMap<Plan, readonly NumericInput[]>();

function sourcesOf(plan: Plan): readonly NumericInput[] {
  let found = sources.get(plan);
  if (!found) {
    found = plan.inputs.map((input) => ({ ...input, name: input.yearBefore ?? '' }));
    sources.set(plan, found);
  }
  return found;
}

/** A value that the form would turn away, had it been stated, is as good as none. */
function admitted(
  { yearBefore, minimum, maximum }: NumericInput,
  value: number | null,
): number | null {
  if (yearBefore === null || value === null) return null;
  const beyond = (minimum !== null && value < minimum) || (maximum !== null && value > maximum);
  return beyond ? null : value;
}

/** Inputs that state another value than was submitted a year before: places among the plan's inputs. */
export function differingFromYearBefore({ inputs, yearBefore }: FilledInputs): number[] {
  if (yearBefore === null) return [];
  return yearBefore.values.flatMap((value, k) =>
    value !== null && !yearBefore.filled[k] && inputs[k] !== value ? [k] : [],
  );
}

/** `2025Q3, revision 2` */
export function submissionBeforeText({
  period,
  revision,
}: Pick<SubmissionBefore, 'period' | 'revision'>): Bilingual {
  return revision === null
    ? { zh: `${period} 填报`, en: `the submission of ${period}` }
    : {
        zh: `${period} 第 ${revision} 次填报`,
        en: `the submission of ${period}, revision ${revision}`,
      };
}
