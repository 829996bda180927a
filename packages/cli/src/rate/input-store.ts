/** The inputs of many subjects in few large arrays: 8 bytes a number instead of 20 to 30 in lists of their own. */

const ROWS_PER_BLOCK = 4096;

export class InputStore {
  private readonly blocks: Float64Array[] = [];
  private count = 0;

  constructor(private readonly width: number) {}

  get size(): number {
    return this.count;
  }

  add(inputs: readonly (number | null)[]): void {
    const row = this.count % ROWS_PER_BLOCK;
    if (row === 0) this.blocks.push(new Float64Array(ROWS_PER_BLOCK * this.width));
    const block = this.blocks.at(-1)!;
    for (let k = 0; k < this.width; k++) block[row * this.width + k] = inputs[k] ?? NaN;
    this.count += 1;
  }

  get(index: number): (number | null)[] {
    const block = this.blocks[Math.floor(index / ROWS_PER_BLOCK)]!;
    const start = (index % ROWS_PER_BLOCK) * this.width;
    return Array.from(block.subarray(start, start + this.width), (value) =>
      Number.isNaN(value) ? null : value,
    );
  }
}
