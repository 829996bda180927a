/** What is wrong with the inputs of an example for their own sake, as it would be told on arrival. */
import { type Bilingual, decimalText, type IssueCode } from '@tanxiao/contracts';

import type { NumericInput } from '../document/names';
import type { Example } from '../document/schema';

export interface InputRejection {
  readonly input: string;
  readonly issue: IssueCode;
  readonly text: Bilingual;
}

/** In the order of the form. */
export function inputRejections(
  inputs: readonly NumericInput[],
  given: Example['inputs'],
): InputRejection[] {
  return inputs.flatMap((input) => {
    const value = given[input.name] ?? null;
    const rejection = value === null ? null : rejectionOf(input, value);
    return rejection === null ? [] : [{ input: input.name, ...rejection }];
  });
}

function rejectionOf(
  input: NumericInput,
  given: number | string,
): Omit<InputRejection, 'input'> | null {
  const { name, options } = input;
  if (options !== null) return optionRejection(name, options, String(given));
  if (typeof given === 'string') {
    const text = {
      zh: `${name} 应为数值，实为“${given}”`,
      en: `${name} takes a number, found "${given}"`,
    };
    return { issue: 'not-a-number', text };
  }
  return boundRejection(input, given);
}

function optionRejection(
  name: string,
  options: NonNullable<NumericInput['options']>,
  given: string,
): Omit<InputRejection, 'input'> | null {
  const codes = options.map(({ code }) => code);
  if (codes.includes(given)) return null;
  const text = {
    zh: `${name} 没有选项“${given}”，可用：${codes.join('、')}`,
    en: `${name} has no option "${given}"; there are ${codes.join(', ')}`,
  };
  return { issue: 'unknown-option', text };
}

function boundRejection(
  { name, minimum, maximum }: NumericInput,
  given: number,
): Omit<InputRejection, 'input'> | null {
  const found = decimalText(given);
  if (minimum !== null && given < minimum) {
    const text = {
      zh: `${name} 为 ${found}，小于最小值 ${decimalText(minimum)}`,
      en: `${name} is ${found}, below its minimum ${decimalText(minimum)}`,
    };
    return { issue: 'below-minimum', text };
  }
  if (maximum !== null && given > maximum) {
    const text = {
      zh: `${name} 为 ${found}，大于最大值 ${decimalText(maximum)}`,
      en: `${name} is ${found}, above its maximum ${decimalText(maximum)}`,
    };
    return { issue: 'above-maximum', text };
  }
  return null;
}
