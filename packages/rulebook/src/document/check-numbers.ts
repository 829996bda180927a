/** Numbers that stand for a quantity, wherever an author may write one, obey the limits of a quantity. */
import { checkDecimal } from './numbers';
import type { DocumentPath, ProblemList } from './problems';
import type { RulebookDocument } from './schema';

interface Numbers {
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly missing?: { readonly value: number } | object | string | undefined;
}

/** Defaults, limits and the inputs of examples; parameters, tables and factors are checked where they stand. */
export function checkNumbers(document: RulebookDocument, problems: ProblemList): void {
  const check = (path: DocumentPath, { minimum, maximum, missing }: Numbers): void => {
    if (minimum !== undefined) checkDecimal(problems, [...path, 'minimum'], minimum);
    if (maximum !== undefined) checkDecimal(problems, [...path, 'maximum'], maximum);
    if (typeof missing === 'object' && 'value' in missing)
      checkDecimal(problems, [...path, 'missing', 'value'], missing.value);
  };
  const checkOrder = (path: DocumentPath, { minimum, maximum }: Numbers): void => {
    if (minimum !== undefined && maximum !== undefined && minimum > maximum)
      problems.add(path, 'bad-number', `the maximum ${maximum} is below the minimum ${minimum}`);
  };
  document.inputs.forEach((input, i) => {
    if ('options' in input) return;
    check(['inputs', i], input);
    checkOrder(['inputs', i, 'maximum'], input);
  });
  document.families.forEach((family, i) => {
    check(['families', i], family);
    family.members.forEach((member, j) => {
      const path = ['families', i, 'members', j];
      check(path, member);
      const { minimum = family.minimum, maximum = family.maximum } = member;
      checkOrder(path, { minimum, maximum });
    });
  });
  document.examples.forEach(({ inputs, statistics }, i) => {
    for (const [name, value] of Object.entries(inputs))
      if (typeof value === 'number') checkDecimal(problems, ['examples', i, 'inputs', name], value);
    for (const [name, value] of Object.entries(statistics ?? {}))
      if (typeof value === 'number')
        checkDecimal(problems, ['examples', i, 'statistics', name], value);
  });
}
