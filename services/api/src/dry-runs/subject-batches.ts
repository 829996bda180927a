/** The population as it stands, from PostgreSQL, in the form in which it crosses to the dry-run thread. */
import { ProblemError } from '@tanxiao/contracts';
import { type CurrentSubmission, loadLayouts, streamCurrentPopulation } from '@tanxiao/store';
import type { Pool } from 'pg';

import { DRY_RUN_SUBJECTS } from '../http/limits';
import type { SubjectBatch } from './thread-messages';

/** Reading so many of 47 inputs keeps the main thread busy for 10 to 20 ms, then others get their turn. */
const BATCH = 500;

/** @throws ProblemError `too-costly` with the first batch where the population is too large */
export async function* subjectBatches(
  pool: Pool,
  of: { readonly rulebookId: string; readonly period: string },
): AsyncGenerator<SubjectBatch> {
  const sent = new Set<number>();
  for await (const rows of streamCurrentPopulation(pool, of, BATCH)) {
    const { population } = rows[0]!;
    if (population > DRY_RUN_SUBJECTS) throw tooLarge(population);
    const missing = [...new Set(rows.map(({ layoutId }) => layoutId))].filter(
      (id) => !sent.has(id),
    );
    const layouts =
      missing.length > 0 ? await loadLayouts(pool, missing) : new Map<number, never>();
    for (const id of missing) sent.add(id);
    yield { population, layouts, ...columnsOf(rows) };
  }
}

function columnsOf(
  rows: readonly CurrentSubmission[],
): Omit<SubjectBatch, 'population' | 'layouts'> {
  const inputs = new Float64Array(rows.reduce((sum, row) => sum + row.inputs.length, 0));
  let at = 0;
  for (const row of rows) for (const value of row.inputs) inputs[at++] = value ?? NaN;
  return {
    schemes: rows.map(({ scheme }) => scheme),
    codes: rows.map(({ code }) => code),
    names: rows.map(({ name }) => name),
    regionCodes: rows.map(({ regionCode }) => regionCode),
    industryClassifications: rows.map((row) => row.industryClassification),
    industryCodes: rows.map(({ industryCode }) => industryCode),
    layoutIds: rows.map(({ layoutId }) => layoutId),
    inputs,
  };
}

function tooLarge(population: number): ProblemError {
  return new ProblemError('too-costly', {
    reasonZh: `该评价期有 ${population} 个主体，一次试行最多 ${DRY_RUN_SUBJECTS} 个；可用命令行 tanxiao dry-run 对文件试行`,
    reasonEn: `the period has ${population} subjects, a dry run takes at most ${DRY_RUN_SUBJECTS}; the command tanxiao dry-run takes a file of any size`,
  });
}
