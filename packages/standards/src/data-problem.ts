/** Why the data of this package cannot be used, as sentences: for whoever edits it, at the edge of a program. */
import type { Bilingual, Language } from '@tanxiao/contracts';
import { problemSentence, RulebookError } from '@tanxiao/rulebook';

import { StandardsDataError } from './data-error';
import { MissingFactorSetError } from './standards';

/** A line a problem. Null for every other error: that is a defect, and its stack is needed. */
export function dataProblem(error: unknown): Bilingual | null {
  if (error instanceof RulebookError) {
    const told = (language: Language): string =>
      error.problems.map((problem) => problemSentence(problem, language)).join('\n');
    return { zh: told('zh'), en: told('en') };
  }
  if (error instanceof MissingFactorSetError) return error.text;
  if (error instanceof StandardsDataError) {
    return {
      zh: `数据文件有误：${error.message}。请按该文件的格式改正`,
      en: `a data file is not as its format says: ${error.message}. Mend that file`,
    };
  }
  return null;
}
