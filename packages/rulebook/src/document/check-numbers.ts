/** Numbers that stand for a quantity, wherever an author may write one, obey the limits of a quantity. */
import { checkDecimal } from './numbers';
import type { DocumentPath, ProblemList } from './problems';
import type { RulebookDocument } from './schema';

type Missing = RulebookDocument['inputs'][number]['missing'];

/** Defaults, minimums and the inputs of examples; parameters and factors are checked where they stand. */
export function checkNumbers(document: RulebookDocument, problems: ProblemList): void {
  const check = (
    path: DocumentPath,
    { minimum, missing }: { minimum?: number | undefined; missing?: Missing | undefined },
  ): void => {
    if (minimum !== undefined) checkDecimal(problems, [...path, 'minimum'], minimum);
    if (missing && 'value' in missing)
      checkDecimal(problems, [...path, 'missing', 'value'], missing.value);
  };
  document.inputs.forEach((input, i) => check(['inputs', i], input));
  document.families.forEach((family, i) => {
    check(['families', i], family);
    family.members.forEach((member, j) => check(['families', i, 'members', j], member));
  });
  document.examples.forEach(({ inputs }, i) => {
    for (const [name, value] of Object.entries(inputs))
      if (value !== null) checkDecimal(problems, ['examples', i, 'inputs', name], value);
  });
}
