/**
 * Reads one of a choice's options as people write it in a cell: its code, or its title in either language. Blank is
 * unknown. A choice's value is the position of its option.
 */
import type { ChoiceOption } from '@tanxiao/rulebook';

import { foldWidth } from './text-folding';

/** The option's position, null for blank, undefined where the text is none of them. */
export function readChoice(
  text: string,
  options: readonly ChoiceOption[],
): number | null | undefined {
  const wanted = foldWidth(text).toLowerCase();
  if (wanted === '') return null;
  const found = options.findIndex(({ code, title }) =>
    [code, title.zh, title.en].some((name) => foldWidth(name).toLowerCase() === wanted),
  );
  return found < 0 ? undefined : found;
}

/** For people: `yes (是), no (否)`. */
export function optionsText(options: readonly ChoiceOption[], language: 'zh' | 'en'): string {
  return options.map(({ code, title }) => `${code} (${title[language]})`).join(', ');
}
