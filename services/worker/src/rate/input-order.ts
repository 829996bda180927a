/**
 * Inputs are kept in the order of the form they came by; a plan reads them in its own (rarely different: only across
 * rulebook versions), and those that it takes from a year before are filled in where they are blank.
 */
import { layoutReader, type Plan, type SubmissionBefore, withYearBefore } from '@tanxiao/rulebook';
import {
  loadForRating,
  loadLayouts,
  type Queryable,
  type SubmissionForRating,
} from '@tanxiao/store';
import type { Pool } from 'pg';

import type { SubmissionToRate } from './year-before';

/** Layouts never change, so they are kept for ever; there is one a rulebook version. */
const layouts = new WeakMap<Pool, Map<number, readonly string[]>>();

/** Brings a submission's inputs into the plan's order; an input that its form did not have is unknown. */
export type InputOrder = (submission: SubmissionToRate) => readonly (number | null)[];

/** @param db where the submissions can be read, if not by the pool, whose layouts are remembered */
export async function inputOrder(
  pool: Pool,
  plan: Plan,
  submissions: readonly SubmissionToRate[],
  db: Queryable = pool,
): Promise<InputOrder> {
  const beforeIds = submissions.flatMap(({ yearBeforeId }) => yearBeforeId ?? []);
  const before = beforeIds.length === 0 ? [] : await loadForRating(db, beforeIds);
  const layoutOf = await layoutsOf({ pool, db }, [...submissions, ...before]);
  const beforeById = new Map(
    before.map(({ id, period, layoutId, inputs }): [string, SubmissionBefore] => [
      id,
      { period, revision: null, layout: layoutOf(layoutId), inputs },
    ]),
  );
  const readers = new Map<number, ReturnType<typeof layoutReader>>();
  const readerOf = (layoutId: number): ReturnType<typeof layoutReader> => {
    const cached = readers.get(layoutId);
    if (cached) return cached;
    const reader = layoutReader(layoutOf(layoutId), plan.inputs);
    readers.set(layoutId, reader);
    return reader;
  };
  return ({ id, layoutId, inputs, yearBeforeId }) => {
    const stated = readerOf(layoutId)(inputs);
    if (yearBeforeId === null) return stated;
    const found = beforeById.get(yearBeforeId);
    if (!found) throw new Error(`submission ${yearBeforeId}, read for ${id}, does not exist`);
    return withYearBefore(plan, stated, found).inputs;
  };
}

async function layoutsOf(
  { pool, db }: { readonly pool: Pool; readonly db: Queryable },
  submissions: readonly SubmissionForRating[],
): Promise<(layoutId: number) => readonly string[]> {
  const known = layouts.get(pool) ?? new Map<number, readonly string[]>();
  layouts.set(pool, known);
  const missing = [...new Set(submissions.map(({ layoutId }) => layoutId))].filter(
    (id) => !known.has(id),
  );
  if (missing.length > 0)
    for (const [id, names] of await loadLayouts(db, missing)) known.set(id, names);
  return (layoutId) => {
    const layout = known.get(layoutId);
    if (!layout) throw new Error(`input layout ${layoutId} does not exist`);
    return layout;
  };
}
