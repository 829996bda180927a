/** How far the open runs are, for whoever watches: one row a run that workers have something to do for. */
import { WORKING_RUN_STATES } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import { listRuns, type RunProgress } from './runs';

export interface OpenRunProgress extends Pick<RunProgress, 'step' | 'done'> {
  readonly rulebookId: string;
  readonly period: string;
  /** Subjects of its population; 0 until it is frozen. */
  readonly expected: number;
}

export async function openRunProgress(db: Queryable): Promise<readonly OpenRunProgress[]> {
  const open = await Promise.all(WORKING_RUN_STATES.map((state) => listRuns(db, { state })));
  return open.flat().flatMap(({ rulebookId, period, progress, subjects }) =>
    progress === null
      ? []
      : [
          {
            rulebookId,
            period,
            step: progress.step,
            done: progress.done,
            expected: subjects.total,
          },
        ],
  );
}
