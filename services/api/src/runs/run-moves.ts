/** Who moved between a run and another one of its rulebook. */
import { ProblemError, runMoverSchema, type runMovesSchema } from '@tanxiao/contracts';
import type { Plan } from '@tanxiao/rulebook';
import { getRun, listMovers, listMoves, type MoveCount, type RunRow } from '@tanxiao/store';
import { z } from 'zod';

import type { ApiContext } from '../context';
import { pageOf, pageQuery, pageSchema, readCursor } from '../http/cursor';
import { planOf } from '../ratings/plans';

export const moversQuery = z.object({
  against: z
    .uuid()
    .optional()
    .meta({ description: 'Default: the published run of the period before' }),
  ...pageQuery,
});
export const moverPageSchema = pageSchema(runMoverSchema).meta({ id: 'RunMoverPage' });

export async function requireRun(context: ApiContext, id: string): Promise<RunRow> {
  const run = await getRun(context.pool, id);
  if (!run) throw new ProblemError('not-found', { what: `run ${id}` });
  return run;
}

export async function runMoves(
  context: ApiContext,
  run: RunRow,
): Promise<z.input<typeof runMovesSchema>> {
  const moves = await listMoves(context.pool, run.id);
  const previous = run.previousRunId === null ? null : await requireRun(context, run.previousRunId);
  const standing = await standings(context, run, previous);
  return {
    runId: run.id,
    previousRunId: run.previousRunId,
    moves: moves.map((move) => ({ ...standing(move), subjects: move.subjects })),
  };
}

export async function runMovers(
  context: ApiContext,
  run: RunRow,
  { against, cursor, limit }: z.output<typeof moversQuery>,
): Promise<z.input<typeof moverPageSchema>> {
  const previous = await otherRun(context, run, against);
  const after = readCursor(cursor, z.uuid()) ?? undefined;
  const rows = await listMovers(context.pool, {
    ...{ runId: run.id, previousRunId: previous.id, after, limit: limit + 1 },
  });
  const standing = await standings(context, run, previous);
  return pageOf(
    rows,
    limit,
    (row) => ({
      ...{ subject: row.subject, regionCode: row.regionCode, industryCode: row.industryCode },
      ...standing(row),
    }),
    ({ subjectId }) => subjectId,
  );
}

async function otherRun(
  context: ApiContext,
  run: RunRow,
  against: string | undefined,
): Promise<RunRow> {
  const id = against ?? run.previousRunId;
  if (id === null)
    throw new ProblemError('conflict', {
      reasonZh: '此批次没有可比的上期已发布批次；请用参数 against 指定另一批次',
      reasonEn:
        'the run is compared with no published run of an earlier period; name another run by `against`',
    });
  const other = await requireRun(context, id);
  if (other.rulebookId !== run.rulebookId)
    throw new ProblemError('conflict', {
      reasonZh: `批次 ${other.id} 属于评价规范 ${other.rulebookId}，不能与 ${run.rulebookId} 的批次比较`,
      reasonEn: `run ${other.id} is of rulebook ${other.rulebookId} and cannot be compared with one of ${run.rulebookId}`,
    });
  return other;
}

type Standing = z.input<typeof runMovesSchema>['moves'][number]['before'];

/** Grades by their codes in the version that each run was made with. */
async function standings(
  context: ApiContext,
  run: RunRow,
  previous: RunRow | null,
): Promise<(move: Omit<MoveCount, 'subjects'>) => { before: Standing; now: Standing }> {
  const plan = await planOf(context, run);
  const planBefore = previous && (await planOf(context, previous));
  const code = (of: Plan | null, grade: number | null): string | null =>
    grade === null || of === null ? null : of.gradings[of.headline.grade]!.bands[grade - 1]!.code;
  return (move) => ({
    before: { outcome: move.previously, grade: code(planBefore, move.previousGrade) },
    now: { outcome: move.now, grade: code(plan, move.grade) },
  });
}
