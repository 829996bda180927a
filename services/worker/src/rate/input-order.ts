/** Inputs are kept in the order of the form they came by; a plan reads them in its own. Rarely different: only across rulebook versions. */
import { layoutReader, type Plan } from '@tanxiao/rulebook';
import { loadLayouts, type SubmissionForRating } from '@tanxiao/store';
import type { Pool } from 'pg';

/** Layouts never change, so they are kept for ever; there is one a rulebook version. */
const layouts = new WeakMap<Pool, Map<number, readonly string[]>>();

/** Brings a submission's inputs into the plan's order; an input that its form did not have is unknown. */
export type InputOrder = (submission: SubmissionForRating) => readonly (number | null)[];

export async function inputOrder(
  pool: Pool,
  plan: Plan,
  submissions: readonly SubmissionForRating[],
): Promise<InputOrder> {
  const known = layouts.get(pool) ?? new Map<number, readonly string[]>();
  layouts.set(pool, known);
  const missing = [...new Set(submissions.map(({ layoutId }) => layoutId))].filter(
    (id) => !known.has(id),
  );
  if (missing.length > 0)
    for (const [id, names] of await loadLayouts(pool, missing)) known.set(id, names);

  const readers = new Map<number, ReturnType<typeof layoutReader>>();
  const readerOf = (layoutId: number): ReturnType<typeof layoutReader> => {
    const cached = readers.get(layoutId);
    if (cached) return cached;
    const layout = known.get(layoutId);
    if (!layout) throw new Error(`input layout ${layoutId} does not exist`);
    const reader = layoutReader(layout, plan.inputs);
    readers.set(layoutId, reader);
    return reader;
  };
  return ({ layoutId, inputs }) => readerOf(layoutId)(inputs);
}
