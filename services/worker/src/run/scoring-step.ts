/**
 * A chunk is rated: its inputs as columns, the kernel over the columns, the rows by binary COPY. Ratings, keys to rank by
 * and the chunk's completion are one transaction: a killed worker's chunk is done by another, and one done twice leaves
 * one rating a subject.
 */
import { rateColumns, type RatedColumns } from '@tanxiao/rulebook';
import {
  type ChunkRatings,
  completeChunk,
  copyRatings,
  inTransaction,
  keepRankKeys,
  recordRatingFailure,
  type RunChunk,
  submissionIdAt,
  takeChunkToScore,
} from '@tanxiao/store';

import { benchmarkColumn, rankValues, reasonSets, withUndecided } from '../rate/columns-to-keep';
import type { KeptBenchmarks } from '../rate/evaluate';
import type { WorkerServices } from '../services';
import { type ChunkPopulation, withChunk } from './chunk-population';
import { encodeRankKeys } from './rank-keys';
import type { RunTask } from './run-task';

/** Rates a chunk that nobody has, rather one whose inputs are at hand; false where there is none left. */
export async function scoreChunk(services: WorkerServices, task: RunTask): Promise<boolean> {
  const { pool, chunks, columnSpace } = services;
  const { plan, runId, by, logger } = task;
  const benchmarks = await services.benchmarks.of(plan, runId);
  const scored = await inTransaction(pool, async (tx) => {
    const chunk = await takeChunkToScore(tx, { runId, preferred: chunks.heldOf(runId) });
    if (chunk === null) return null;
    return withChunk(services, task, {
      ...{ seq: chunk.seq, wantedAgain: false },
      use: async (read) => {
        const room = columnSpace.take(plan.results.length, read.population.size);
        const rated = rateColumns(plan, read.population, benchmarks.table, room.columns);
        const { ratings, failures } = chunkRatings(task, chunk, { read, rated, benchmarks });
        await copyRatings(tx, ratings);
        room.release();
        await keepRankKeys(tx, { runId, seq: chunk.seq, keys: keysOf(ratings) });
        for (const { submissionId, error } of failures)
          await recordRatingFailure(
            tx,
            {
              ...{ submissionId, runId, error: describe(error) },
              rulebookHash: plan.rulebook.hash,
              factorSetHash: plan.factorSet.hash,
            },
            by,
          );
        const counts = counted(ratings);
        await completeChunk(tx, { runId, seq: chunk.seq, ...counts });
        return { chunk, counts, failures, refereed: rated.refereed };
      },
    });
  });
  if (scored === null) return false;
  const { chunk, counts, failures, refereed } = scored;
  services.metrics.ratingsKept('run', { ...counts, refereed });
  for (const { submissionId, error } of failures)
    logger.error({ submissionId, err: error }, 'a subject could not be rated; recorded alone');
  logger.debug({ chunk: chunk.seq, ...counts }, 'chunk scored');
  return true;
}

function keysOf({ rankValues, inputs }: ChunkRatings): Buffer {
  return encodeRankKeys({ values: rankValues, places: inputs.places, placeOf: inputs.placeOf });
}

interface Failure {
  readonly submissionId: string;
  readonly error: unknown;
}

interface Evaluated {
  readonly read: ChunkPopulation;
  readonly rated: RatedColumns;
  readonly benchmarks: KeptBenchmarks;
}

function chunkRatings(
  { runId, plan }: RunTask,
  { firstOrdinal }: RunChunk,
  { read, rated, benchmarks }: Evaluated,
): { readonly ratings: ChunkRatings; readonly failures: readonly Failure[] } {
  const { inputs, positions, refused } = read;
  const made = inPlace(rated, read);
  const { results, bands, reasons } = made;
  const { failed, failures } = withUndecided(plan, made, [
    ...refused,
    ...rated.failures.map(({ position, error }) => ({ position: positions[position]!, error })),
  ]);
  const compared = benchmarkColumn(rated, { size: inputs.size, positions }, benchmarks);
  // One literal: of spread objects V8 makes another hidden class now and then, and compiles anew all that reads them.
  const ratings: ChunkRatings = {
    runId,
    period: plan.period.id,
    firstOrdinal,
    inputs,
    results,
    bands,
    reasons,
    failed,
    headline: plan.headline,
    rankValues: rankValues(plan, made, failed),
    reasonSets: reasonSets(plan, made),
    benchmarks: compared.benchmarks,
    benchmarkIds: compared.benchmarkIds,
  };
  return {
    ratings,
    failures: failures.map(({ position, error }) => ({
      submissionId: submissionIdAt(inputs, position),
      error,
    })),
  };
}

type Columns = Pick<RatedColumns, 'results' | 'bands' | 'reasons'>;

/** Where subjects were refused the population is shorter than the chunk: its columns are spread to the chunk's places. */
function inPlace(rated: RatedColumns, { inputs, positions, refused }: ChunkPopulation): Columns {
  if (refused.length === 0)
    return { results: rated.results, bands: rated.bands, reasons: rated.reasons };
  const spread = <T extends Float64Array | Int8Array | Int32Array>(column: T, into: T): T => {
    for (let i = 0; i < positions.length; i++) into[positions[i]!] = column[i]!;
    return into;
  };
  const { size } = inputs;
  return {
    results: Array.from(rated.results, (column) => spread(column, new Float64Array(size))),
    bands: Array.from(rated.bands, (column) => spread(column, new Int8Array(size))),
    reasons: spread(rated.reasons, new Int32Array(size)),
  };
}

function counted({ inputs, failed, reasons }: ChunkRatings): {
  rated: number;
  notRated: number;
  failed: number;
} {
  let lost = 0;
  let notRated = 0;
  for (let i = 0; i < inputs.size; i++)
    if (failed[i] === 1) lost += 1;
    else if (reasons[i] !== 0) notRated += 1;
  return { rated: inputs.size - lost - notRated, notRated, failed: lost };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
