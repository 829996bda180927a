/**
 * Room for the columns of chunks, used again: 47 columns of 20,000 doubles are 7.5 MB a chunk, and as new arrays each time
 * they had the collector at work for a third of the worker's time.
 */
export interface Columns {
  /** All NaN at first. */
  readonly columns: readonly Float64Array[];
  /** Nobody reads the columns any more. */
  readonly release: () => void;
}

export class ColumnSpace {
  private readonly free: Float64Array[] = [];

  /** @param spare how many are kept for the next chunk: inputs and results of as many as are worked on at once */
  constructor(private readonly spare = 4) {}

  take(count: number, size: number): Columns {
    const length = count * size;
    const found = this.free.findIndex((room) => room.length >= length);
    const room = found < 0 ? new Float64Array(length) : this.free.splice(found, 1)[0]!;
    room.fill(NaN, 0, length);
    let released = false;
    return {
      columns: Array.from({ length: count }, (_, k) => room.subarray(k * size, (k + 1) * size)),
      release: () => {
        if (released) return;
        released = true;
        this.free.push(room);
        // The smallest that is large enough is taken; the largest ones serve every chunk.
        this.free.sort((a, b) => a.length - b.length);
        if (this.free.length > this.spare) this.free.shift();
      },
    };
  }
}
