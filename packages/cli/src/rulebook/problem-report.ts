/** Problems of documents for the terminal: a line each, or objects for an editor's problem matcher. */
import type { Language } from '@tanxiao/contracts';
import { type DocumentProblem, PROBLEM_TEXTS, problemSentence } from '@tanxiao/rulebook';

export function problemLines(problems: readonly DocumentProblem[], language: Language): string {
  return problems.map((problem) => `${problemSentence(problem, language)}\n`).join('');
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
