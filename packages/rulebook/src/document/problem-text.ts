/** One kind of problem in words: what it is, and how to mend it. */
import type { Bilingual } from '@tanxiao/contracts';

export interface ProblemText {
  readonly title: Bilingual;
  readonly hint: Bilingual;
}

/** Chinese first, English second. */
export function text(
  title: readonly [string, string],
  hint: readonly [string, string],
): ProblemText {
  return { title: { zh: title[0], en: title[1] }, hint: { zh: hint[0], en: hint[1] } };
}
