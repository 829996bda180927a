/** A chunk of a run as the engine reads it: the columns of a binary COPY, in the plan's order. */
import {
  layoutColumns,
  type Plan,
  Population,
  type PopulationIntake,
  readsYearBefore,
  withYearBefore,
} from '@tanxiao/rulebook';
import {
  type ChunkInputs,
  type ChunkRequest,
  inTransaction,
  loadAllLayouts,
  loadForRating,
  readChunkInputs,
  uuidText,
} from '@tanxiao/store';
import type { Pool } from 'pg';

import type { ChunkMemory } from './chunk-memory';
import type { Columns, ColumnSpace } from './column-space';
import type { RunTask } from './run-task';

export interface ChunkPopulation extends PopulationIntake {
  readonly inputs: ChunkInputs;
}

/** How a chunk is had: of this worker's memory where it is there, and kept there where it is wanted again. */
export interface ChunkSource {
  readonly pool: Pool;
  readonly chunks: ChunkMemory;
  readonly columnSpace: ColumnSpace;
}

type Of = Pick<RunTask, 'runId' | 'plan'>;

/** Does something with a chunk; afterwards its population is used up, as its columns serve the next chunk. */
export async function withChunk<T>(
  { pool, chunks, columnSpace }: ChunkSource,
  task: Of,
  {
    seq,
    wantedAgain,
    use,
  }: {
    readonly seq: number;
    readonly wantedAgain: boolean;
    readonly use: (chunk: ChunkPopulation) => T | Promise<T>;
  },
): Promise<T> {
  let room: Columns | null = null;
  const columnsFor = (size: number): readonly Float64Array[] =>
    (room = columnSpace.take(task.plan.inputs.length, size)).columns;
  try {
    const inputs =
      chunks.take(task.runId, seq, columnsFor) ??
      (await readChunk(pool, task, { seq, columnsFor }));
    if (wantedAgain) chunks.keep(task.runId, seq, inputs);
    const { columns, places, placeOf, size } = inputs;
    const { population, refused, positions } = Population.fromColumns(task.plan, {
      columns,
      places,
      placeOf,
      size,
    });
    return await use({ inputs, population, refused, positions });
  } finally {
    (room as Columns | null)?.release();
  }
}

async function readChunk(
  pool: Pool,
  { runId, plan }: Of,
  { seq, columnsFor }: Pick<ChunkRequest, 'seq' | 'columnsFor'>,
): Promise<ChunkInputs> {
  const layouts = await loadAllLayouts(pool);
  const readers = new Map(
    [...layouts].map(([id, layout]) => [id, layoutColumns(layout, plan.inputs)]),
  );
  const inputs = await inTransaction(pool, (tx) =>
    readChunkInputs(tx, {
      runId,
      seq,
      rulebookId: plan.rulebook.id,
      period: plan.period.id,
      columnsFor,
      targetOf: (layoutId) => readers.get(layoutId)!.target,
    }),
  );
  if ([...readers.values()].some(({ moves }) => moves))
    for (let i = 0; i < inputs.size; i++)
      readers.get(inputs.layoutIds[i]!)!.settle(inputs.columns, i);
  if (readsYearBefore(plan)) await fillYearBefore(pool, plan, inputs, layouts);
  return inputs;
}

/** What a submission leaves blank and the frozen one of a year before holds. */
async function fillYearBefore(
  pool: Pool,
  plan: Plan,
  { size, columns, yearBeforeIds }: ChunkInputs,
  layouts: ReadonlyMap<number, readonly string[]>,
): Promise<void> {
  if (yearBeforeIds === null) return;
  const ids = Array.from({ length: size }, (_, i) => uuidAt(yearBeforeIds, i));
  const rows = await loadForRating(
    pool,
    ids.filter((id) => id !== null),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  ids.forEach((id, i) => {
    if (id === null) return;
    const before = byId.get(id);
    if (!before) throw new Error(`submission ${id} of a year before does not exist`);
    const stated = columns.map((column) => (Number.isNaN(column[i]) ? null : column[i]!));
    const read = { ...before, revision: null, layout: layouts.get(before.layoutId)! };
    withYearBefore(plan, stated, read).inputs.forEach(
      (value, k) => (columns[k]![i] = value ?? NaN),
    );
  });
}

const NO_ID = '00000000-0000-0000-0000-000000000000';

/** Null: 16 zeros. */
function uuidAt(ids: Buffer, place: number): string | null {
  const id = uuidText(ids, place * 16);
  return id === NO_ID ? null : id;
}
