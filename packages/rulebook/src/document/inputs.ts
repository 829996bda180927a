/** The numeric inputs of a rulebook in the order of its form: quantities, choices, members of families; and its factors' names. */
import type { FactorName, NumericInput } from './names';
import type { RulebookDocument } from './schema';

/** A unit of its own for each choice: so an option can be compared with nothing else. */
export function choiceUnit(name: string): string {
  return `option_of_${name}`;
}

export function numericInputs(document: RulebookDocument): NumericInput[] {
  const inputs = document.inputs.map((input): NumericInput => {
    const { name, title, hint = null } = input;
    const yearBefore = input.yearBefore?.input ?? null;
    if (!('options' in input)) {
      const { unit, minimum = null, maximum = null, missing } = input;
      return {
        ...{ name, title, unit, minimum, maximum, missing, hint, yearBefore },
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
        maximum: null,
        missing: member.missing ?? family.missing,
        hint: member.hint ?? family.hint ?? null,
        informative: member.informative ?? false,
        yearBefore: null,
        options: null,
      });
    }
  }
  return inputs;
}

export function factorNamesOf(document: RulebookDocument): FactorName[] {
  return document.factors.flatMap((factor) => {
    const family = document.families.find((f) => f.name === factor.for);
    return (family?.members ?? [])
      .filter((member) => !factor.exclude.includes(member.code))
      .map((member) => ({
        name: `${factor.name}_${member.code}`,
        title: {
          zh: `${member.title.zh}：${factor.title.zh}`,
          en: `${member.title.en}: ${factor.title.en}`,
        },
        quantity: factor.quantity,
        carrier: member.code,
        missing: factor.missing.notRated,
      }));
  });
}
