/** Worked examples that fail, as problems of the document: where each stands, what was expected, what was found. */
import type { DocumentProblem } from '../document/problems';
import type { Rulebook } from '../document/rulebook';
import type { ExampleComparison, ExampleResult } from './check-examples';

/** @param results as `checkExamples` gives them for this rulebook; empty where every example passes */
export function exampleProblems(
  rulebook: Rulebook,
  results: readonly ExampleResult[],
): readonly DocumentProblem[] {
  const problems = rulebook.problems.fresh();
  results.forEach((result, index) => {
    if (result.passes) return;
    const name = `"${result.title.en}" (${result.period})`;
    for (const { en } of result.mistakes)
      problems.add(['examples', index], 'failed-example', `${name}: ${en}`);
    for (const comparison of result.comparisons)
      if (!comparison.agrees)
        problems.add(['examples', index], 'failed-example', `${name}: ${told(comparison)}`);
  });
  return problems.count === 0 ? [] : problems.error().problems;
}

function told({ what, name, expected, found }: ExampleComparison): string {
  const subject = [what, name].filter(Boolean).join(' ');
  return `${subject} expected ${shown(expected)}, found ${shown(found)}`;
}

function shown(value: string | null): string {
  return value === null || value === '' ? '(none)' : value;
}
