/** The submissions of a year before, from a second file: what `yearBefore` inputs are taken from. */
import { parsePeriod, type SubjectKey, yearBefore } from '@tanxiao/contracts';
import { type Form, readSubmissions, type Sheet } from '@tanxiao/forms';
import { layoutOf, type SubmissionBefore } from '@tanxiao/rulebook';

import { InputStore } from './input-store';

export interface YearBeforeFile {
  /** Of the subject in the same period a year before the given one; null where the file has none. */
  find(subject: SubjectKey, period: string): SubmissionBefore | null;
  readonly rows: number;
  /** Rows that were refused: nothing is taken from them. */
  readonly rejected: number;
}

/** @param options.period of rows that state none. @throws FileProblem where the file as a whole cannot be read */
export async function readYearBefore(
  form: Form,
  sheet: Sheet,
  options: { readonly period: string | null },
): Promise<YearBeforeFile> {
  const inputs = new InputStore(form.inputs.length);
  const places = new Map<string, number>();
  const layout = layoutOf(form.inputs);
  let rejected = 0;
  for await (const reading of readSubmissions(form, sheet, options)) {
    if ('issues' in reading) {
      rejected += 1;
      continue;
    }
    const { submission } = reading;
    places.set(keyOf(submission.subject, submission.period), inputs.size);
    inputs.add(submission.inputs);
  }
  return {
    rows: inputs.size + rejected,
    rejected,
    find: (subject, period) => {
      const parsed = parsePeriod(period);
      const before = parsed && yearBefore(parsed);
      const place = before ? places.get(keyOf(subject, before.id)) : undefined;
      if (!before || place === undefined) return null;
      return { period: before.id, revision: null, layout, inputs: inputs.get(place) };
    },
  };
}

function keyOf({ scheme, code }: SubjectKey, period: string): string {
  return `${scheme}|${code}|${period}`;
}
