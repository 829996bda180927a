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
    const { known, count } = knownBlocks(inputs);
    const bytesBeside = known.byteLength + bytesOf(inputs);
    const values = this.roomFor(count, bytesBeside);
    if (values === null) return;
    pack(inputs, known, values);
    const bytes = values.byteLength + bytesBeside;
    const { length } = inputs.columns;
    this.chunks.set(key, {
      inputs: withColumns(inputs, []),
      columns: length,
      known,
      values,
      bytes,
    });
    this.held += bytes;
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

  /**
   * Room of a chunk given out, where one is large enough and not much larger: the first touch of fresh memory is dear.
   * Null where the budget has no place for so many values and the bytes beside them.
   */
  private roomFor(count: number, bytesBeside: number): Float64Array | null {
    const mostBytes = this.budgetBytes - this.held - bytesBeside;
    const found = this.spare.findIndex(
      ({ length, byteLength }) => length >= count && length <= 2 * count && byteLength <= mostBytes,
    );
    const [room = null] = found < 0 ? [] : this.spare.splice(found, 1);
    const length = Math.ceil(count * ROOM_TO_SPARE);
    const bytes = room?.byteLength ?? length * Float64Array.BYTES_PER_ELEMENT;
    if (bytes > mostBytes) return null;
    this.makePlace(bytes + bytesBeside);
    return room ?? new Float64Array(length);
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

/** By column, then by block: 1 where some value is known; and how many values such blocks have. */
function knownBlocks({ columns, size }: ChunkInputs): {
  readonly known: Uint8Array;
  readonly count: number;
} {
  const known = new Uint8Array(columns.length * Math.ceil(size / BLOCK));
  let count = 0;
  for (let k = 0, at = 0; k < columns.length; k++)
    for (let start = 0; start < size; start += BLOCK, at++) {
      const end = Math.min(size, start + BLOCK);
      if (!holdsAny(columns[k]!, start, end)) continue;
      known[at] = 1;
      count += end - start;
    }
  return { known, count };
}

/** What a chunk keeps beside its columns. */
function bytesOf({ submissionIds, subjectIds, yearBeforeIds, size, places }: ChunkInputs): number {
  const ids = submissionIds.length + subjectIds.length + (yearBeforeIds?.length ?? 0);
  return ids + 12 * size + 200 * places.length;
}

function holdsAny(column: Float64Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (column[i] === column[i]) return true;
  return false;
}

/** The known blocks' values into the room for them. */
function pack({ columns, size }: ChunkInputs, known: Uint8Array, values: Float64Array): void {
  let at = 0;
  eachKnown({ known, columns: columns.length, size }, (k, from, to) => {
    values.set(columns[k]!.subarray(from, to), at);
    at += to - from;
  });
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
