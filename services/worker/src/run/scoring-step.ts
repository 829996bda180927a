/**
 * A run's second half: chunk by chunk the population is rated. A chunk's ratings and its "done" are one transaction:
 * a killed run resumes with the chunks that are missing, and a chunk done twice leaves one rating a subject.
 */
import type { JobContext } from '@tanxiao/queue';
import {
  claimRun,
  claimRunChunk,
  completeRunChunk,
  inTransaction,
  loadPopulation,
  pendingRunChunks,
  type RunChunk,
} from '@tanxiao/store';

import { evaluate } from '../rate/evaluate';
import { inputOrder } from '../rate/input-order';
import { keepEvaluated } from '../rate/keep-evaluated';
import { benchmarksOfRun } from '../rate/published-benchmarks';
import type { WorkerServices } from '../services';
import type { RunTask } from './run-task';

/** Rates until no chunk is free. Returns whether all are done; else a dead worker's lease still holds one. */
export async function scoreChunks(
  services: WorkerServices,
  task: RunTask,
  context: JobContext,
): Promise<boolean> {
  const { pool, limits } = services;
  const { runId, holder } = task;
  const lease = { runId, holder, leaseSeconds: limits.runLeaseSeconds };
  const benchmarks = await benchmarksOfRun(pool, task.plan, runId);
  for (;;) {
    context.signal.throwIfAborted();
    const chunk = await claimRunChunk(pool, lease);
    if (chunk === null) break;
    await scoreChunk(services, task, chunk, benchmarks);
    await claimRun(pool, lease);
    context.beat();
  }
  return (await pendingRunChunks(pool, runId)) === 0;
}

async function scoreChunk(
  { pool, statistics }: WorkerServices,
  { plan, runId, by, logger }: RunTask,
  chunk: RunChunk,
  benchmarks: Awaited<ReturnType<typeof benchmarksOfRun>>,
): Promise<void> {
  const members = await loadPopulation(pool, chunk);
  const order = await inputOrder(pool, plan, members);
  const evaluated = evaluate(plan, members, order, benchmarks);
  const of = {
    rulebookHash: plan.rulebook.hash,
    factorSetHash: plan.factorSet.hash,
    runId,
    benchmarkRunId: runId,
  };
  const failed = await inTransaction(pool, async (tx) => {
    const failures = await keepEvaluated(tx, of, evaluated, by);
    const lost = new Set(failures.map(({ submissionId }) => submissionId));
    const kept = evaluated.ratings.filter(({ submissionId }) => !lost.has(submissionId));
    const rated = kept.filter(({ columns }) => columns.outcome === 'rated').length;
    await completeRunChunk(tx, {
      runId,
      seq: chunk.seq,
      rated,
      notRated: kept.length - rated,
      failed: lost.size,
    });
    return failures;
  });
  statistics.written(members.length);
  for (const { submissionId, error } of failed)
    logger.error({ submissionId, err: error }, 'a subject could not be rated; recorded alone');
  logger.info(
    { chunk: chunk.seq, subjects: members.length, failed: failed.length },
    'chunk scored',
  );
}
