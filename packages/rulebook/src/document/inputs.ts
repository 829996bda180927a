/** The numeric inputs of a rulebook in the order of its form: quantities, choices, members of families; and its factors' names. */
import type { FactorName, Missing, NumericInput } from './names';
import type { FamilyDocument, RulebookDocument } from './schema';
import type { MissingDocument } from './schema-parts';

/** A unit of its own for each choice: so an option can be compared with nothing else. */
export function choiceUnit(name: string): string {
  return `option_of_${name}`;
}

function meaningOf(missing: MissingDocument): Missing {
  return missing === 'unknown' ? { unknown: true } : missing;
}

export function numericInputs(document: RulebookDocument): NumericInput[] {
  const inputs = document.inputs.map((input): NumericInput => {
    const { name, title, hint = null } = input;
    const yearBefore = input.yearBefore?.input ?? null;
    if (!('options' in input)) {
      const { unit, minimum = null, maximum = null, missing } = input;
      return {
        ...{ name, title, unit, minimum, maximum, hint, yearBefore },
        missing: meaningOf(missing),
        informative: false,
        options: null,
      };
    }
    const { options, missing } = input;
    const position = (code: string): number => options.findIndex((option) => option.code === code);
    return {
      ...{ name, title, unit: choiceUnit(name), minimum: 0, maximum: options.length - 1, hint },
      missing: 'option' in missing ? { value: position(missing.option) } : missing,
      informative: false,
      yearBefore,
      options,
    };
  });
  for (const family of document.families) {
    for (const member of family.members) {
      inputs.push({
        name: `${family.name}_${member.code}`,
        title: member.title,
        unit: member.unit,
        minimum: member.minimum ?? family.minimum ?? null,
        maximum: member.maximum ?? family.maximum ?? null,
        missing: meaningOf(member.missing ?? family.missing),
        hint: member.hint ?? family.hint ?? null,
        informative: member.informative ?? false,
        yearBefore: null,
        options: null,
      });
    }
  }
  return inputs;
}

/** The members of its family that a factor is taken for. */
export function membersOfFactor(
  { families }: RulebookDocument,
  { for: name, only, exclude }: RulebookDocument['factors'][number],
): FamilyDocument['members'] {
  const members = families.find((family) => family.name === name)?.members ?? [];
  return members.filter(
    ({ code }) => (only === undefined || only.includes(code)) && !exclude.includes(code),
  );
}

export function factorNamesOf(document: RulebookDocument): FactorName[] {
  return document.factors.flatMap((factor, entry) =>
    membersOfFactor(document, factor).map((member) => ({
      name: `${factor.name}_${member.code}`,
      title: {
        zh: `${member.title.zh}：${factor.title.zh}`,
        en: `${member.title.en}: ${factor.title.en}`,
      },
      quantity: factor.quantity,
      carrier: member.code,
      parts: factor.parts ?? null,
      missing: factor.missing.notRated,
      entry,
    })),
  );
}
