/**
 * Runs that begin by themselves. BullMQ's scheduler says when to look; what is due is seen from the schedules and from the
 * runs that they began, so that a time missed while all was down is made up for at the next look, and two looks at once
 * begin one run.
 */
import { newId, periodsAround, runTime, scheduleCron } from '@tanxiao/contracts';
import type { Producer } from '@tanxiao/queue';
import type { Standards } from '@tanxiao/standards';
import {
  createRun,
  enqueueRun,
  inTransaction,
  listRunSchedules,
  noteScheduledRun,
  type RunScheduleRow,
  scheduledRun,
} from '@tanxiao/store';

import type { WorkerServices } from '../services';

const ACTOR = 'system:schedule';
const CHINA = 'Asia/Shanghai';

/** Begins every run that is due and not begun; returns how many. */
export async function beginDueRuns(services: WorkerServices, now = new Date()): Promise<number> {
  const schedules = await openSchedules(services);
  if (schedules.length === 0) return 0;
  const standards = await services.standardsInForce.current();
  let begun = 0;
  for (const schedule of schedules)
    if (await beginIfDue(services, { standards, schedule, now })) begun += 1;
  return begun;
}

interface Look {
  readonly standards: Standards;
  readonly schedule: RunScheduleRow;
  readonly now: Date;
}

async function beginIfDue(
  { pool, logger }: WorkerServices,
  { standards, schedule, now }: Look,
): Promise<boolean> {
  const { due } = periodsAround(schedule, now);
  const of = { scheduleId: schedule.id, period: due.id };
  // What was due before somebody asked for it was not asked for.
  if (runTime(due, schedule) < schedule.createdAt) return false;
  if ((await scheduledRun(pool, of)) !== null) return false;
  const plan = standards.plan(schedule.rulebookId, due);
  if (!plan) {
    logger.error(
      { ...of, rulebook: schedule.rulebookId },
      'a scheduled run cannot begin: no version of its rulebook is in force in the period',
    );
    return false;
  }
  const by = { actor: ACTOR, requestId: newId() };
  const begun = await inTransaction(pool, async (tx) => {
    const runId = await createRun(
      tx,
      {
        ...{ rulebookId: schedule.rulebookId, period: due.id },
        ...{ rulebookHash: plan.rulebook.hash, factorSetHash: plan.factorSet.hash },
      },
      by,
    );
    // Another look was first: this run never was.
    if (!(await noteScheduledRun(tx, { ...of, runId }, by))) throw new BegunAlreadyError();
    await enqueueRun(tx, runId, by);
    return runId;
  }).catch((error: unknown) => {
    if (error instanceof BegunAlreadyError) return null;
    throw error;
  });
  if (begun !== null) logger.info({ ...of, runId: begun }, 'scheduled run begun');
  return begun !== null;
}

class BegunAlreadyError extends Error {
  constructor() {
    super('another look began the run');
    this.name = 'BegunAlreadyError';
  }
}

/** A new schedule is known after so long at most; what the queue missed is made up for as soon. */
const EVERY_MS = 60_000;

/** Tells the queue at which times to look, and looks for what it missed, at once and every minute. */
export function watchSchedules(
  services: WorkerServices,
  producer: Pick<Producer, 'keepSchedules'>,
): { readonly stop: () => Promise<void> } {
  const look = async (): Promise<void> => {
    try {
      const schedules = await openSchedules(services);
      await producer.keepSchedules(
        schedules.map((schedule) => ({
          ...{ id: schedule.id, cron: scheduleCron(schedule), timeZone: CHINA },
        })),
      );
      await beginDueRuns(services);
    } catch (error) {
      services.logger.warn({ err: error }, 'schedules of runs; looked at again in a minute');
    }
  };
  let looking = look();
  const timer = setInterval(() => {
    looking = look();
  }, EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}

async function openSchedules({ pool }: WorkerServices): Promise<RunScheduleRow[]> {
  return (await listRunSchedules(pool)).filter(({ endedAt }) => endedAt === null);
}
