/** How far the open runs are, for whoever watches: one row a run that is neither ended nor waiting for a decision. */
import type { RunState } from '@tanxiao/contracts';

import type { Queryable } from './connection';

export interface OpenRunProgress {
  readonly rulebookId: string;
  readonly period: string;
  /** The step it is in. */
  readonly state: RunState;
  /** Subjects done in this step. */
  readonly done: number;
  /** Subjects of its population; 0 until it is frozen. */
  readonly expected: number;
}

const ENDED: readonly RunState[] = ['scored', 'published', 'failed'];

export async function openRunProgress(db: Queryable): Promise<readonly OpenRunProgress[]> {
  const { rows } = await db.query<OpenRunProgress>(
    `SELECT run.rulebook_id AS "rulebookId", run.period, run.state, run.subjects AS expected,
       (SELECT coalesce(sum(c.last_ordinal - c.first_ordinal + 1), 0)::int FROM tanxiao.run_chunks c
        WHERE c.run_id = run.id AND c.done_at IS NOT NULL) AS done
     FROM tanxiao.runs run WHERE run.state <> ALL ($1::text[]) ORDER BY run.id`,
    [ENDED],
  );
  return rows;
}
