/**
 * The run job: draft → frozen → benchmarked → scored → ranked. It looks at the run's state and does what comes next. A
 * step of many chunks is handed out as a flow of BullMQ: a job a chunk, which any worker takes, and this job again once
 * they have ended. Every step may be repeated; whatever a killed worker had kept stays and is not done again.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { newId } from '@tanxiao/contracts';
import type { JobContext, JobHandler, JobPayloads, NewJob, Producer } from '@tanxiao/queue';
import {
  chunksToBenchmark,
  chunksToScore,
  deleteOutbox,
  failRun,
  finishScoring,
  getRunState,
  inTransaction,
  isPassingFault,
  loadOutbox,
  releaseOutbox,
  type RunChunk,
  type RunStateRow,
} from '@tanxiao/store';
import { inSpan } from '@tanxiao/telemetry';

import type { WorkerServices } from '../services';
import { benchmarkChunk, freeze, mergeStage } from './benchmark-step';
import { rankRun } from './ranking-step';
import { MissingDocumentError, type RunTask, runTask } from './run-task';
import { scoreChunk } from './scoring-step';

/** Of no more chunks than these the job does itself what handing out would only delay. */
const CHUNKS_IN_HAND = 2;
/** A chunk takes some tenths of a second. */
const ANOTHER_LOOK_MS = 50;

export interface RunServices extends WorkerServices {
  /** Where chunks are handed out; left out: the run's own job does them all. */
  readonly handOut?: Pick<Producer, 'enqueueFlow'>;
}

export function runHandler(services: RunServices): JobHandler<'run'> {
  return async ({ outboxId }, context) => {
    const [row] = await loadOutbox(services.pool, [outboxId]);
    // Gone: another delivery of this job has ended the run.
    if (!row?.runId) return;
    const { runId } = row;
    try {
      const task = await runTask(services, row, context.jobId);
      await putOff(services, outboxId);
      if (await drive(services, task, context)) await end(services, outboxId);
    } catch (error) {
      if (context.signal.aborted || isPassingFault(error) || error instanceof NotHandedOutError)
        throw error;
      await fail(services, { runId, outboxId, error });
    }
  };
}

/** @returns whether nothing is left to do, by this run's jobs or at all */
async function drive(services: RunServices, task: RunTask, context: JobContext): Promise<boolean> {
  const { pool } = services;
  const attributes = { 'tanxiao.run_id': task.runId };
  for (;;) {
    context.signal.throwIfAborted();
    context.beat();
    const at = await getRunState(pool, task.runId);
    switch (at?.state) {
      case 'draft':
        await inSpan('freeze population', attributes, () => freeze(services, task));
        break;
      case 'frozen':
        if (!(await benchmark(services, task, { at, context }))) return false;
        break;
      case 'benchmarked':
        if (!(await score(services, task, context))) return false;
        break;
      case 'scored':
        await inSpan('rank run', attributes, () => rankRun(services, task));
        break;
      default:
        return true;
    }
  }
}

/** @returns false where chunks were handed out */
async function benchmark(
  services: RunServices,
  task: RunTask,
  { at, context }: { readonly at: RunStateRow; readonly context: JobContext },
): Promise<boolean> {
  const stage = at.stagesDone;
  const attributes = { 'tanxiao.run_id': task.runId };
  const chunks = await chunksToBenchmark(services.pool, { runId: task.runId, stage });
  if (await handedOut(services, task, { step: 'benchmarking', stage, chunks })) return false;
  for (const { seq } of chunks) {
    context.signal.throwIfAborted();
    await inSpan('benchmark chunk', attributes, () =>
      benchmarkChunk(services, task, { stage, seq }),
    );
    context.beat();
  }
  await inSpan('merge benchmarks', attributes, () => mergeStage(services, task, stage));
  return true;
}

async function score(services: RunServices, task: RunTask, context: JobContext): Promise<boolean> {
  const chunks = await chunksToScore(services.pool, task.runId);
  if (await handedOut(services, task, { step: 'scoring', stage: 0, chunks })) return false;
  const attributes = { 'tanxiao.run_id': task.runId };
  while (await inSpan('score chunk', attributes, () => scoreChunk(services, task))) {
    context.beat();
    context.signal.throwIfAborted();
  }
  const isScored = await inTransaction(services.pool, (tx) => finishScoring(tx, task.runId));
  // Another delivery of this job has the last chunk in hand.
  if (!isScored) await sleep(ANOTHER_LOOK_MS);
  return true;
}

interface Work {
  readonly step: JobPayloads['chunk']['step'];
  readonly stage: number;
  readonly chunks: readonly RunChunk[];
}

async function handedOut(
  services: RunServices,
  { outboxId, logger }: RunTask,
  { step, stage, chunks }: Work,
): Promise<boolean> {
  const { handOut } = services;
  if (handOut === undefined || chunks.length <= CHUNKS_IN_HAND) return false;
  const parent = { kind: 'run', id: `run-${newId()}`, payload: { outboxId } } as const;
  const children = chunks.map(({ seq }): NewJob => ({
    ...{ kind: 'chunk', id: `chunk-${newId()}` },
    payload: { outboxId, step, stage, seq },
  }));
  await handOut.enqueueFlow(parent, children).catch((cause: unknown) => {
    throw new NotHandedOutError(cause);
  });
  await putOff(services, outboxId);
  logger.info({ step, stage, chunks: chunks.length }, 'chunks handed out');
  return true;
}

/** The queue is away: the run is looked at again. */
class NotHandedOutError extends Error {
  constructor(cause: unknown) {
    super('the queue did not take the chunks', { cause });
    this.name = 'NotHandedOutError';
  }
}

/** The relay leaves the run alone while something is heard of it. */
export async function putOff({ pool, limits }: WorkerServices, outboxId: number): Promise<void> {
  await releaseOutbox(pool, [outboxId], limits.runLeaseSeconds);
}

async function end({ pool }: WorkerServices, outboxId: number): Promise<void> {
  await inTransaction(pool, (tx) => deleteOutbox(tx, [outboxId]));
}

export interface FailedRun {
  readonly runId: string;
  readonly outboxId: number;
  readonly error: unknown;
}

/** A defect: trying again would not mend it. */
export async function fail(
  { pool, logger }: WorkerServices,
  { runId, outboxId, error }: FailedRun,
): Promise<void> {
  logger.error({ err: error, runId }, 'run failed');
  const reason = error instanceof Error ? error.message : String(error);
  const failure =
    error instanceof MissingDocumentError
      ? reason
      : `评价因程序缺陷中断，已记录，未发布任何结果：${reason} · the run was stopped by a defect of the program, which has been recorded; nothing was published: ${reason}`;
  await inTransaction(pool, async (tx) => {
    await failRun(tx, { runId, failure });
    await deleteOutbox(tx, [outboxId]);
  });
}
