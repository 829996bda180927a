/** What an explanation says of an input that a submission of a year before holds as well. */
import { type Bilingual, decimalText } from '@tanxiao/contracts';

import type { SubjectData } from '../evaluate/population';
import { submissionBeforeText } from '../evaluate/year-before';
import type { Plan } from '../plan/plan';

/**
 * Where the value is from a year before, or is another than was submitted then; null for any other.
 * @param index of the input in the plan
 */
export function yearBeforeNote(
  plan: Plan,
  { yearBefore, inputs }: SubjectData,
  index: number,
): Bilingual | null {
  const before = yearBefore?.values[index] ?? null;
  if (!yearBefore || before === null) return null;
  const { options, yearBefore: source } = plan.inputs[index]!;
  const from = submissionBeforeText(yearBefore);
  if (yearBefore.filled[index])
    return {
      zh: `未填报，取自${from.zh}的 ${source}`,
      en: `not submitted, taken from ${source} of ${from.en}`,
    };
  if (inputs[index] === before) return null;
  const option = options?.[before];
  const then = option ? `"${option.code}"` : decimalText(before);
  return {
    zh: `填报值；注意：${from.zh}的 ${source} 为 ${then}`,
    en: `submitted; note: ${source} of ${from.en} is ${then}`,
  };
}
