/**
 * The run job: queued → benchmarking → scoring → scored. Every step may be repeated; whatever a killed worker had
 * kept stays and is not done again.
 */
import { newId, parsePeriod, type RunState } from '@tanxiao/contracts';
import type { JobContext, JobHandler } from '@tanxiao/queue';
import type { Plan } from '@tanxiao/rulebook';
import type { Standards } from '@tanxiao/standards';
import {
  claimRun,
  deleteOutbox,
  finishScoring,
  getRun,
  inTransaction,
  isPassingFault,
  loadOutbox,
  moveRun,
  releaseOutbox,
  releaseRun,
  type RunRow,
} from '@tanxiao/store';

import type { WorkerServices } from '../services';
import { secondsPastLease } from '../work-limits';
import { freeze, keepRunBenchmarks } from './benchmark-step';
import type { RunTask } from './run-task';
import { scoreChunks } from './scoring-step';

const OPEN_STATES: readonly RunState[] = ['queued', 'benchmarking', 'scoring'];

export function runHandler(services: WorkerServices): JobHandler<'run'> {
  return async ({ outboxId }, context) => {
    const { pool, limits } = services;
    const leaseSeconds = limits.runLeaseSeconds;
    const [row] = await loadOutbox(pool, [outboxId]);
    // Gone: another delivery of this job has ended the run.
    if (!row) return;
    if (row.runId === null) throw new TypeError(`outbox row ${outboxId} names no run`);
    const { runId } = row;
    const holder = newId();
    const state = await claimRun(pool, { runId, holder, leaseSeconds });
    if (state === null) return standAside(services, runId, outboxId);
    const logger = services.logger.child({ runId, requestId: row.requestId });
    try {
      const run = await getRun(pool, runId);
      if (!run) throw new TypeError(`run ${runId} does not exist`);
      const plan = planOf(await services.standardsInForce.current(), run);
      const by = { actor: row.actor, requestId: row.requestId };
      const task: RunTask = { runId, outboxId, holder, by, plan, logger };
      if (await drive(services, task, state, context)) logger.info('run scored');
      else await releaseOutbox(pool, [outboxId], secondsPastLease(leaseSeconds));
    } catch (error) {
      if (context.signal.aborted || isPassingFault(error)) throw error;
      logger.error({ err: error }, 'run failed');
      await fail(services, runId, outboxId, error);
    } finally {
      await releaseRun(pool, { runId, holder });
    }
  };
}

/** Returns whether the run is scored. */
async function drive(
  services: WorkerServices,
  task: RunTask,
  state: RunState,
  context: JobContext,
): Promise<boolean> {
  const { pool } = services;
  if (state === 'queued') await freeze(services, task);
  if (state === 'queued' || state === 'benchmarking') {
    const frozen = await getRun(pool, task.runId);
    await keepRunBenchmarks(services, task, frozen?.subjects.total ?? 0, context);
  }
  if (!(await scoreChunks(services, task, context))) return false;
  await inTransaction(pool, async (tx) => {
    await finishScoring(tx, task.runId);
    await deleteOutbox(tx, [task.outboxId]);
  });
  return true;
}

/** A run names its documents by hash: exactly those, or none. */
function planOf(standards: Standards, run: RunRow): Plan {
  const period = parsePeriod(run.period);
  const plan = period && standards.planByHash(run.rulebookHash, run.factorSetHash, period);
  if (!plan)
    throw new MissingDocumentError(
      `本程序没有评价规范 ${run.rulebookId} ${run.rulebookVersion} 或因子集 ${run.factorSetId} ${run.factorSetVersion} 的这一文本；请升级到带有它们的版本后重新评价 · ` +
        `this program does not have that text of rulebook ${run.rulebookId} ${run.rulebookVersion} or factor set ${run.factorSetId} ${run.factorSetVersion}; use a version that ships them and run again`,
    );
  return plan;
}

class MissingDocumentError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MissingDocumentError';
  }
}

async function fail(
  { pool }: WorkerServices,
  runId: string,
  outboxId: number,
  error: unknown,
): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  const failure =
    error instanceof MissingDocumentError
      ? reason
      : `评价因程序缺陷中断，已记录，未发布任何结果：${reason} · the run was stopped by a defect of the program, which has been recorded; nothing was published: ${reason}`;
  await inTransaction(pool, async (tx) => {
    await moveRun(tx, { runId, from: OPEN_STATES, to: 'failed', failure });
    await deleteOutbox(tx, [outboxId]);
  });
}

/** Another worker holds the run, or it has ended: see the import job. */
async function standAside(
  { pool, limits }: WorkerServices,
  runId: string,
  outboxId: number,
): Promise<void> {
  const run = await getRun(pool, runId);
  if (run && OPEN_STATES.includes(run.state))
    await releaseOutbox(pool, [outboxId], secondsPastLease(limits.runLeaseSeconds));
  else await inTransaction(pool, (tx) => deleteOutbox(tx, [outboxId]));
}
