/** A problem of a document sent as text, as an issue: its place, what is wrong, and how to mend it, in both languages. */
import type { Issue } from '@tanxiao/contracts';
import { type DocumentProblem, PROBLEM_TEXTS } from '@tanxiao/rulebook';

/** A document's file name is the place where it stands in the request. */
export function documentIssue(problem: DocumentProblem): Issue {
  const { file, line, column, code, message, suggestion } = problem;
  const { title, hint } = PROBLEM_TEXTS[code];
  const meant =
    suggestion === null
      ? { zh: '', en: '' }
      : { zh: `是否应为“${suggestion}”？`, en: `did you mean "${suggestion}"? ` };
  return {
    code: 'document-problem',
    pointer: file,
    document: { line, column, code },
    params: {
      line: String(line),
      column: String(column),
      problem: code,
      detail: message,
      whatZh: title.zh,
      whatEn: title.en,
      mendZh: `${meant.zh}${hint.zh}`,
      mendEn: `${meant.en}${hint.en}`,
    },
  };
}
