/**
 * A run's population is frozen, and its benchmarks are made: each chunk's partial by whoever has it, then all partials of
 * a stage merged. Both are exact, so neither the cut nor the number of workers can change a benchmark.
 */
import {
  type Benchmark,
  BenchmarkMerger,
  type BenchmarkTable,
  decodePartial,
  encodePartial,
  exactValuesOf,
  partialOf,
  stagesOf,
} from '@tanxiao/rulebook';
import {
  finishStage,
  freezePopulation,
  inTransaction,
  keepBenchmarks,
  keepPartial,
  lockRun,
  streamPartials,
} from '@tanxiao/store';

import { periodBefore } from '../rate/year-before';
import type { WorkerServices } from '../services';
import { withChunk } from './chunk-population';
import type { RunTask } from './run-task';

/** Freezing a hundred million subjects takes longer than a request may. */
const FREEZE_TIMEOUT_MS = 3_600_000;

/** Repeatable read: one snapshot says who belongs and which revision counts. */
export async function freeze({ pool, limits }: WorkerServices, task: RunTask): Promise<void> {
  const { subjects, chunks } = await inTransaction(
    pool,
    (tx) =>
      freezePopulation(tx, {
        runId: task.runId,
        chunkSize: limits.runChunkSubjects,
        stages: stagesOf(task.plan).length,
        yearBefore: periodBefore(task.plan),
      }),
    { isolation: 'repeatable read', statementTimeoutMs: FREEZE_TIMEOUT_MS },
  );
  task.logger.info({ subjects, chunks }, 'population frozen');
}

/** What a chunk adds to the statistics of a stage. @param stage from 0, in the order of the plan's stages */
export async function benchmarkChunk(
  services: WorkerServices,
  task: RunTask,
  { stage, seq }: { readonly stage: number; readonly seq: number },
): Promise<void> {
  const { plan, runId } = task;
  const table = await earlierBenchmarks(services, task, stage);
  const partial = await withChunk(services, task, {
    ...{ seq, wantedAgain: true },
    use: ({ population, refused }) => {
      // Nobody's peers: scoring meets the same errors and records them with the subjects.
      for (const { position, error } of refused)
        task.logger.error({ err: error, chunk: seq, position }, 'left out of its peer groups');
      return encodePartial(partialOf(plan, population, table, stagesOf(plan)[stage]!));
    },
  });
  await keepPartial(services.pool, { runId, stage, seq, partial });
}

/** Merges a stage's partials, all of which are kept. */
export async function mergeStage(
  services: WorkerServices,
  task: RunTask,
  stage: number,
): Promise<void> {
  const { plan, runId } = task;
  const stages = stagesOf(plan);
  const rows = stages.length === 0 ? [] : await stageRows(services, task, stage);
  await inTransaction(services.pool, async (tx) => {
    if ((await lockRun(tx, runId)) !== 'frozen') return;
    await keepBenchmarks(tx, runId, rows, task.by);
    await finishStage(tx, { runId, stage, stages: stages.length });
  });
  task.logger.info({ stage, benchmarks: rows.length }, 'benchmarks kept');
}

async function stageRows(
  services: WorkerServices,
  task: RunTask,
  stage: number,
): Promise<Benchmark[]> {
  const { plan, runId } = task;
  const merger = new BenchmarkMerger(plan, stagesOf(plan)[stage]!);
  for await (const { seq, partial } of streamPartials(services.pool, { runId, stage }))
    merger.add(seq, decodePartial(partial));
  const requests = merger.candidates();
  if (requests.length === 0) return merger.rows([]);
  const table = await earlierBenchmarks(services, task, stage);
  const exact = [];
  for (const request of requests)
    exact.push(
      await withChunk(services, task, {
        ...{ seq: request.chunk, wantedAgain: true },
        use: ({ population }) => exactValuesOf(population, table, request),
      }),
    );
  return merger.rows(exact);
}

async function earlierBenchmarks(
  { benchmarks }: WorkerServices,
  { plan, runId }: RunTask,
  stage: number,
): Promise<BenchmarkTable | null> {
  return stage === 0 ? null : (await benchmarks.of(plan, runId, stage)).table;
}
