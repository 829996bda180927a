/** A run's first half: its population is frozen, and every peer group's totals are kept. */
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { JobContext } from '@tanxiao/queue';
import { benchmarksOf, Population } from '@tanxiao/rulebook';
import {
  claimRun,
  freezePopulation,
  inTransaction,
  keepBenchmarks,
  moveRun,
  streamPopulation,
} from '@tanxiao/store';

import { inputOrder } from '../rate/input-order';
import { periodBefore } from '../rate/year-before';
import type { WorkerServices } from '../services';
import type { RunTask } from './run-task';

/** Freezing a million subjects takes longer than a request may. */
const FREEZE_TIMEOUT_MS = 600_000;

/** Repeatable read: one snapshot says who belongs and which revision counts. */
export async function freeze({ pool, limits }: WorkerServices, task: RunTask): Promise<void> {
  const { subjects } = await inTransaction(
    pool,
    (tx) =>
      freezePopulation(tx, task.runId, {
        chunkSize: limits.runChunkSubjects,
        yearBefore: periodBefore(task.plan),
      }),
    { isolation: 'repeatable read', statementTimeoutMs: FREEZE_TIMEOUT_MS },
  );
  await moveRun(pool, { runId: task.runId, from: ['queued'], to: 'benchmarking' });
  task.logger.info({ subjects }, 'population frozen');
}

export async function keepRunBenchmarks(
  { pool, limits }: WorkerServices,
  task: RunTask,
  subjects: number,
  context: JobContext,
): Promise<void> {
  const { plan, runId, holder, logger } = task;
  const population = new Population(plan, subjects);
  for await (const batch of streamPopulation(pool, runId)) {
    const order = await inputOrder(pool, plan, batch);
    for (const member of batch) {
      try {
        population.add({ ...member, inputs: order(member) });
      } catch (error) {
        // Nobody's peer: scoring meets the same error and records it with the subject.
        logger.error({ err: error, submissionId: member.id }, 'left out of its peer groups');
      }
    }
    context.signal.throwIfAborted();
    context.beat();
  }
  await nextTurn();
  const rows = benchmarksOf(plan, population).rows;
  await claimRun(pool, { runId, holder, leaseSeconds: limits.runLeaseSeconds });
  await inTransaction(pool, async (tx) => {
    await keepBenchmarks(tx, runId, rows, task.by);
    await moveRun(tx, { runId, from: ['benchmarking'], to: 'scoring' });
  });
  logger.info({ subjects: population.size, benchmarks: rows.length }, 'benchmarks kept');
}
