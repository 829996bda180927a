/** A document's problem as a person or an editor reads it: `file:line:column code: what, and how to mend it`. */
import type { Language } from '@tanxiao/contracts';

import { PROBLEM_TEXTS } from './problem-texts';
import type { DocumentProblem } from './problems';

export function problemSentence(problem: DocumentProblem, language: Language): string {
  const { file, line, column, code, message, suggestion } = problem;
  const { title, hint } = PROBLEM_TEXTS[code];
  const place = `${file}:${line}:${column} ${code}`;
  if (language === 'zh') {
    const meant = suggestion === null ? '' : `是否应为“${suggestion}”？`;
    return `${place}：${title.zh}（${message}）。${meant}改法：${hint.zh}`;
  }
  const meant = suggestion === null ? '' : ` Did you mean "${suggestion}"?`;
  return `${place}: ${title.en}: ${message}.${meant} To mend it: ${hint.en}`;
}
