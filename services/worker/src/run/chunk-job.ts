/**
 * The chunk job: a part of a run's step, as handed out by the run job. Whatever is not to be done any more it leaves alone.
 * While scoring, one of as many jobs as chunks: each does one that nobody has, whichever suits the worker best.
 */
import type { JobHandler } from '@tanxiao/queue';
import { getRunState, isPassingFault, loadOutbox } from '@tanxiao/store';
import { inSpan } from '@tanxiao/telemetry';

import { benchmarkChunk } from './benchmark-step';
import { fail, putOff, type RunServices } from './run-job';
import { runTask } from './run-task';
import { scoreChunk } from './scoring-step';

export function chunkHandler(services: RunServices): JobHandler<'chunk'> {
  return async ({ outboxId, step, stage, seq }, context) => {
    const { pool } = services;
    const [row] = await loadOutbox(pool, [outboxId]);
    // Gone: the run has ended.
    if (!row?.runId) return;
    const { runId } = row;
    const at = await getRunState(pool, runId);
    const isDue =
      step === 'benchmarking'
        ? at?.state === 'frozen' && at.stagesDone === stage
        : at?.state === 'benchmarked';
    if (!isDue) return;
    try {
      const task = await runTask(services, row, context.jobId);
      const attributes = { 'tanxiao.run_id': runId };
      if (step === 'benchmarking')
        await inSpan('benchmark chunk', attributes, () =>
          benchmarkChunk(services, task, { stage, seq }),
        );
      else await inSpan('score chunk', attributes, () => scoreChunk(services, task));
      await putOff(services, outboxId);
    } catch (error) {
      if (context.signal.aborted || isPassingFault(error)) throw error;
      await fail(services, { runId, outboxId, error });
    }
  };
}
