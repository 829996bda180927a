/** Inputs from the year before: the input they are taken from exists, is another one, and holds the same kind of value. */
import type { NumericInput } from './names';
import type { ProblemList } from './problems';

/** @param inputs those of the list `inputs` first, in the order of the document */
export function checkYearBefore(inputs: readonly NumericInput[], problems: ProblemList): void {
  const names = inputs.map(({ name }) => name);
  inputs.forEach((input, i) => {
    const { name, yearBefore } = input;
    if (yearBefore === null) return;
    const at = ['inputs', i, 'yearBefore', 'input'];
    const source = inputs.find((one) => one.name === yearBefore);
    if (!source || source === input) {
      const message = source
        ? `"${name}" is to come from itself: name the input that holds the value a year before`
        : `there is no input named "${yearBefore}"`;
      const known = names.filter((one) => one !== name);
      problems.add(at, 'unknown-name', message, { seen: yearBefore, known });
    } else if (!sameKind(input, source)) {
      problems.add(
        at,
        'year-before-kind',
        `${name} is ${kindText(input)}, ${yearBefore} is ${kindText(source)}`,
      );
    }
  });
}

function sameKind(one: NumericInput, other: NumericInput): boolean {
  return kindText(one) === kindText(other);
}

function kindText({ unit, options }: NumericInput): string {
  return options === null
    ? `a quantity in ${unit}`
    : `a choice of ${options
        .map(({ code }) => code)
        .sort()
        .join(', ')}`;
}
