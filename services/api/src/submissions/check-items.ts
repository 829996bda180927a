/** Checks every item of a request: its shape, the numbers as they were written, then the rulebook's form. */
import { type Issue, submissionItemSchema, type ValidSubmission } from '@tanxiao/contracts';
import { type Form, validateItem } from '@tanxiao/forms';

import { fieldIssues } from '../http/field-issues';

export interface CheckedItem {
  readonly index: number;
  readonly submission: ValidSubmission | null;
  readonly issues: readonly Issue[];
}

/** `textIssues`: what only the request's text shows, by pointer; those outside of items must be dealt with before. */
export function checkItems(
  form: Form,
  items: readonly unknown[],
  period: string,
  textIssues: readonly Issue[],
): CheckedItem[] {
  const byItem = new Map<number, Issue[]>();
  for (const issue of textIssues) {
    const index = itemOf(issue.pointer);
    const known = byItem.get(index);
    if (known) known.push(issue);
    else byItem.set(index, [issue]);
  }
  return items.map((item, index) => {
    const written = (byItem.get(index) ?? []).map((issue) => titled(issue, form));
    const pointer = `/submissions/${index}`;
    const reading = submissionItemSchema.safeParse(item, { reportInput: true });
    if (!reading.success) {
      const shape = fieldIssues(reading.error, { place: 'body', pointer });
      return { index, submission: null, issues: merged(written, shape) };
    }
    const checked = validateItem(form, reading.data, period, { pointer });
    if (!checked.ok) return { index, submission: null, issues: merged(written, checked.issues) };
    return written.length > 0
      ? { index, submission: null, issues: written }
      : { index, submission: checked.submission, issues: [] };
  });
}

/** The index of the item a pointer leads into, or -1. */
export function itemOf(pointer: string | undefined): number {
  const index = /^\/submissions\/(\d+)(?:\/|$)/.exec(pointer ?? '')?.[1];
  return index === undefined ? -1 : Number(index);
}

/** The text's own issue is the exact one: what the parsed value yields at the same place is dropped. */
function merged(written: readonly Issue[], found: readonly Issue[]): Issue[] {
  const told = new Set(written.map((issue) => issue.pointer));
  return [...written, ...found.filter((issue) => !told.has(issue.pointer))];
}

/** Gives a number's issue the title and unit of the input it stands for. */
function titled(issue: Issue, form: Form): Issue {
  const name = issue.params?.title;
  const input = form.inputs[form.inputIndex.get(name ?? '') ?? -1];
  if (!input) return issue;
  return {
    ...issue,
    params: {
      ...issue.params,
      title: input.title.zh,
      titleEn: input.title.en,
      unit: input.unit,
    },
  };
}
