/**
 * Chunks of runs that this worker has read and will want again: scoring follows benchmarking, and reading a chunk costs
 * PostgreSQL more than rating it costs the worker. Kept within a budget, without what is blank: three quarters of a
 * statistical form's cells are. A chunk that is not here is read again, by whoever has it.
 */
import type { ChunkInputs, ChunkRequest } from '@tanxiao/store';

type WithoutColumns = Omit<ChunkInputs, 'columns'>;

/** As the engine marks blocks of zeros. */
const BLOCK = 256;

/** Between two steps of a run lies a merge or ranking of some seconds. */
const FORGET_AFTER_MS = 60_000;

/** So that the room of one chunk does for another, which has some more blocks that hold something. */
const ROOM_TO_SPARE = 1.05;

/** A chunk without the blocks of its columns that hold nothing. */
interface PackedChunk {
  readonly inputs: WithoutColumns;
  readonly columns: number;
  /** By column, then by block: 1 where some value is known. */
  readonly known: Uint8Array;
  readonly values: Float64Array;
  readonly bytes: number;
}

export class ChunkMemory {
  private readonly chunks = new Map<string, PackedChunk>();
  private held = 0;
  /** Of chunks given out. */
  private readonly spare: Float64Array[] = [];

  private forgetting: NodeJS.Timeout | undefined;

  /** @param budgetBytes 0: nothing is kept */
  constructor(
    private readonly budgetBytes: number,
    private readonly forgetAfterMs = FORGET_AFTER_MS,
  ) {}

  /** The chunks of a run that are here. */
  heldOf(runId: string): number[] {
    const start = `${runId} `;
    return [...this.chunks.keys()]
      .filter((key) => key.startsWith(start))
      .map((key) => Number(key.slice(start.length)));
  }

  /** Keeps a chunk where there is room; what is here stays, since all of a run's chunks are wanted once more. */
  keep(runId: string, seq: number, inputs: ChunkInputs): void {
    const key = keyOf(runId, seq);
    if (this.chunks.has(key) || this.held >= this.budgetBytes) return;
    const packed = pack(inputs, (count) => this.roomFor(count));
    if (this.held + packed.bytes > this.budgetBytes) return;
    this.chunks.set(key, packed);
    this.held += packed.bytes;
    this.touched();
  }

  /** Gives a chunk out and forgets it; null where it is not here. */
  take(runId: string, seq: number, columnsFor: ChunkRequest['columnsFor']): ChunkInputs | null {
    const key = keyOf(runId, seq);
    const packed = this.chunks.get(key);
    if (!packed) return null;
    this.chunks.delete(key);
    this.held -= packed.bytes;
    this.touched();
    const inputs = unpack(packed, columnsFor(packed.inputs.size));
    this.spare.push(packed.values);
    return inputs;
  }

  /**
   * Forgets a run, and gives up free room where what others need now, ranking so many bytes, would exceed the budget
   * beside it.
   */
  forgetRun(runId: string, bytesNeeded: number): void {
    for (const seq of this.heldOf(runId)) {
      const key = keyOf(runId, seq);
      this.held -= this.chunks.get(key)!.bytes;
      this.spare.push(this.chunks.get(key)!.values);
      this.chunks.delete(key);
    }
    this.makePlace(bytesNeeded);
  }

  /** Room that is free for chunks to come. */
  get spareBytes(): number {
    return this.spare.reduce((bytes, { byteLength }) => bytes + byteLength, 0);
  }

  /** Room of a chunk given out, where one is large enough and not much larger: the first touch of fresh memory is dear. */
  private roomFor(count: number): Float64Array {
    const found = this.spare.findIndex(({ length }) => length >= count && length <= 2 * count);
    if (found >= 0) return this.spare.splice(found, 1)[0]!;
    const length = Math.ceil(count * ROOM_TO_SPARE);
    this.makePlace(length * Float64Array.BYTES_PER_ELEMENT);
    return new Float64Array(length);
  }

  /** Gives up free room, the oldest first, until so many bytes fit into the budget beside what is left. */
  private makePlace(bytes: number): void {
    while (this.spare.length > 0 && this.held + this.spareBytes + bytes > this.budgetBytes)
      this.spare.shift();
  }

  /** All is forgotten where nothing was kept or taken for so long: others may have finished the run. */
  private touched(): void {
    clearTimeout(this.forgetting);
    this.forgetting = setTimeout(() => {
      this.chunks.clear();
      this.spare.length = 0;
      this.held = 0;
    }, this.forgetAfterMs).unref();
  }
}

function keyOf(runId: string, seq: number): string {
  return `${runId} ${seq}`;
}

function pack(inputs: ChunkInputs, roomFor: (count: number) => Float64Array): PackedChunk {
  const { columns, size } = inputs;
  const blocks = Math.ceil(size / BLOCK);
  const known = new Uint8Array(columns.length * blocks);
  const values = roomFor(markKnown(columns, size, known));
  let at = 0;
  eachKnown({ known, columns: columns.length, size }, (k, from, to) => {
    values.set(columns[k]!.subarray(from, to), at);
    at += to - from;
  });
  const own =
    inputs.submissionIds.length + inputs.subjectIds.length + (inputs.yearBeforeIds?.length ?? 0);
  const bytes = values.byteLength + known.byteLength + own + 12 * size + 200 * inputs.places.length;
  return { inputs: withColumns(inputs, []), columns: columns.length, known, values, bytes };
}

/** @returns how many values the marked blocks have */
function markKnown(columns: readonly Float64Array[], size: number, known: Uint8Array): number {
  let count = 0;
  for (let k = 0, at = 0; k < columns.length; k++)
    for (let start = 0; start < size; start += BLOCK, at++) {
      const end = Math.min(size, start + BLOCK);
      if (!holdsAny(columns[k]!, start, end)) continue;
      known[at] = 1;
      count += end - start;
    }
  return count;
}

function holdsAny(column: Float64Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (column[i] === column[i]) return true;
  return false;
}

/** @param columns all NaN */
function unpack(
  { inputs, columns: count, known, values }: PackedChunk,
  columns: readonly Float64Array[],
): ChunkInputs {
  const { size } = inputs;
  let at = 0;
  eachKnown({ known, columns: count, size }, (k, from, to) => {
    columns[k]!.set(values.subarray(at, at + to - from), from);
    at += to - from;
  });
  return withColumns(inputs, columns);
}

/** One literal: of spread objects V8 makes another hidden class now and then, and compiles anew all that reads them. */
function withColumns(inputs: WithoutColumns, columns: readonly Float64Array[]): ChunkInputs {
  return {
    size: inputs.size,
    submissionIds: inputs.submissionIds,
    subjectIds: inputs.subjectIds,
    revisions: inputs.revisions,
    layoutIds: inputs.layoutIds,
    places: inputs.places,
    placeOf: inputs.placeOf,
    columns,
    yearBeforeIds: inputs.yearBeforeIds,
  };
}

function eachKnown(
  { known, columns, size }: { known: Uint8Array; columns: number; size: number },
  visit: (column: number, from: number, to: number) => void,
): void {
  const blocks = Math.ceil(size / BLOCK);
  for (let k = 0; k < columns; k++)
    for (let block = 0; block < blocks; block++)
      if (known[k * blocks + block] === 1)
        visit(k, block * BLOCK, Math.min(size, (block + 1) * BLOCK));
}
