/** What no worked example reaches: bands, not-rated reasons and checks. Information for the author, not an error. */
import type { Rulebook } from '../document/rulebook';
import type { ExampleResult } from './check-examples';

export interface ExampleCoverage {
  readonly bands: readonly { readonly grading: string; readonly band: string }[];
  readonly reasons: readonly string[];
  readonly checks: readonly string[];
}

/** @param results as `checkExamples` gives them for this rulebook */
export function uncovered(rulebook: Rulebook, results: readonly ExampleResult[]): ExampleCoverage {
  const { gradings, notRated, checks } = rulebook.document;
  const explanations = results.flatMap(({ explanation }) => explanation ?? []);
  const reachedBands = new Set(
    explanations.flatMap((one) => one.gradings.map(({ name, band }) => `${name} ${band ?? ''}`)),
  );
  const reachedReasons = new Set(explanations.flatMap((one) => one.columns.reasons));
  const reachedChecks = new Set(results.flatMap((one) => one.failedChecks));
  return {
    bands: gradings.flatMap(({ name, bands }) =>
      bands
        .filter(({ code }) => !reachedBands.has(`${name} ${code}`))
        .map(({ code }) => ({ grading: name, band: code })),
    ),
    reasons: notRated.map(({ reason }) => reason).filter((reason) => !reachedReasons.has(reason)),
    checks: checks.map(({ code }) => code).filter((code) => !reachedChecks.has(code)),
  };
}
