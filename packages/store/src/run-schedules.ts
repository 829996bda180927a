/** Schedules of runs, and which run each began for which period: one, whoever looks and how often. */
import { newId, type PeriodKind } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import type { Provenance } from './provenance';
import type { Transaction } from './transaction';

export interface NewRunSchedule {
  readonly rulebookId: string;
  readonly every: PeriodKind;
  readonly monthsAfter: number;
  readonly day: number;
  /** Of China. */
  readonly hour: number;
}

export interface RunScheduleRow extends NewRunSchedule {
  readonly id: string;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

const SCHEDULE = `SELECT id, rulebook_id AS "rulebookId", every, months_after AS "monthsAfter", day, hour, created_at AS "createdAt",
  ended_at AS "endedAt" FROM tanxiao.run_schedules`;

export async function createRunSchedule(
  db: Queryable,
  of: NewRunSchedule,
  by: Provenance,
): Promise<string> {
  const id = newId();
  await db.query(
    `INSERT INTO tanxiao.run_schedules (id, rulebook_id, every, months_after, day, hour, actor, request_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, of.rulebookId, of.every, of.monthsAfter, of.day, of.hour, by.actor, by.requestId],
  );
  return id;
}

/** All of them, newest first: there are as many as rulebooks in use. */
export async function listRunSchedules(db: Queryable): Promise<RunScheduleRow[]> {
  const { rows } = await db.query<RunScheduleRow>(`${SCHEDULE} ORDER BY id DESC`);
  return rows;
}

export async function getRunSchedule(db: Queryable, id: string): Promise<RunScheduleRow | null> {
  const { rows } = await db.query<RunScheduleRow>(`${SCHEDULE} WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** It begins no further runs; again changes nothing. */
export async function endRunSchedule(db: Queryable, id: string): Promise<void> {
  await db.query(
    'UPDATE tanxiao.run_schedules SET ended_at = clock_timestamp() WHERE id = $1 AND ended_at IS NULL',
    [id],
  );
}

/** The run that a schedule began for a period; null: none yet. */
export async function scheduledRun(
  db: Queryable,
  { scheduleId, period }: { readonly scheduleId: string; readonly period: string },
): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    'SELECT run_id AS id FROM tanxiao.scheduled_runs WHERE schedule_id = $1 AND period = $2',
    [scheduleId, period],
  );
  return rows[0]?.id ?? null;
}

/** Notes the run that a schedule begins for a period, in the transaction that creates it; false (roll back) where there is one. */
export async function noteScheduledRun(
  tx: Transaction,
  of: { readonly scheduleId: string; readonly period: string; readonly runId: string },
  by: Provenance,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO tanxiao.scheduled_runs (schedule_id, period, run_id, actor, request_id)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [of.scheduleId, of.period, of.runId, by.actor, by.requestId],
  );
  return rowCount === 1;
}
