/** Problems of documents as a person or an editor reads them: `file:line:column code: what, and how to mend it`. */
import type { Language } from '@tanxiao/contracts';
import { type DocumentProblem, PROBLEM_TEXTS } from '@tanxiao/rulebook';

export function problemLines(problems: readonly DocumentProblem[], language: Language): string {
  return problems.map((problem) => `${problemLine(problem, language)}\n`).join('');
}

function problemLine(problem: DocumentProblem, language: Language): string {
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

/** One object a problem, flat, as editors' problem matchers like it. */
export function problemObjects(
  problems: readonly DocumentProblem[],
  language: Language,
): Readonly<Record<string, string | number | null>>[] {
  return problems.map((problem) => ({
    ...problem,
    title: PROBLEM_TEXTS[problem.code].title[language],
    hint: PROBLEM_TEXTS[problem.code].hint[language],
  }));
}
