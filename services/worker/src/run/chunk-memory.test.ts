import { setTimeout as sleep } from 'node:timers/promises';

import type { ChunkInputs } from '@tanxiao/store';
import fc from 'fast-check';

import { ChunkMemory } from './chunk-memory';
import { ColumnSpace } from './column-space';

function chunk(size: number, valueAt: (column: number, row: number) => number): ChunkInputs {
  return {
    size,
    submissionIds: Buffer.alloc(size * 16, 1),
    subjectIds: Buffer.alloc(size * 16, 2),
    revisions: new Int32Array(size).fill(3),
    layoutIds: new Int32Array(size).fill(4),
    places: [{ regionCode: '330502', industryClassification: 'any', industryCode: '1' }],
    placeOf: new Int32Array(size),
    columns: [0, 1, 2].map((k) => Float64Array.from({ length: size }, (_, i) => valueAt(k, i))),
    yearBeforeIds: null,
  };
}

const space = new ColumnSpace();
/** Used again and again, as a worker does. */
function columnsFor(size: number): readonly Float64Array[] {
  const { columns, release } = space.take(3, size);
  release();
  return columns;
}

test('a chunk comes back as it was, whatever of it is blank', () => {
  const value = fc.oneof(fc.constant(NaN), fc.constantFrom(0, -0, 1.5));
  const filled = fc.array(fc.array(value, { minLength: 5, maxLength: 5 }), {
    minLength: 3,
    maxLength: 3,
  });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1100 }), filled, (size, blocks) => {
      const memory = new ChunkMemory(1e9);
      const of = (k: number, i: number): number => blocks[k]![Math.floor(i / 256)]!;
      memory.keep('run', 7, chunk(size, of));
      expect(memory.heldOf('run')).toEqual([7]);
      expect(memory.take('run', 7, columnsFor)).toEqual(chunk(size, of));
      expect(memory.take('run', 7, columnsFor)).toBeNull();
    }),
    { numRuns: 30 },
  );
});

test('what is not asked for any more is forgotten', async () => {
  const memory = new ChunkMemory(1e9, 50);
  memory.keep(
    'run',
    0,
    chunk(10, () => 1),
  );
  await sleep(20);
  expect(memory.heldOf('run')).toEqual([0]);
  await sleep(200);
  expect(memory.heldOf('run')).toEqual([]);
});

test('no more is held than the budget, and the room of what was taken is there again', () => {
  const full = chunk(1000, () => 1);
  const memory = new ChunkMemory(200_000);
  for (let seq = 0; seq < 20; seq++) memory.keep('a', seq, full);
  const held = memory.heldOf('a').length;
  expect(held).toBeGreaterThan(1);
  expect(held * 3 * 8 * 1000).toBeLessThan(200_000);
  memory.take('a', 0, columnsFor);
  memory.keep('b', 0, full);
  expect(memory.heldOf('b')).toEqual([0]);
  const none = new ChunkMemory(0);
  none.keep('a', 0, full);
  expect(none.take('a', 0, columnsFor)).toBeNull();
});

test('a chunk for which there is no place takes no room from those to come', () => {
  const memory = new ChunkMemory(1.6e5);
  for (const seq of [0, 1])
    memory.keep(
      'run',
      seq,
      chunk(1000, () => 1),
    );
  memory.take('run', 0, columnsFor);
  const { spareBytes } = memory;
  expect(spareBytes).toBeGreaterThan(3 * 8 * 1000);
  // The free room is large enough for its values, but with all that it keeps beside them it is beyond the budget.
  const large = chunk(2500, (k) => (k === 0 ? 1 : NaN));
  memory.keep('run', 2, large);
  expect(memory.heldOf('run')).toEqual([1]);
  expect(memory.spareBytes).toBe(spareBytes);
});

test('a run that is forgotten makes room for another, whose chunks stay', () => {
  const one = chunk(1000, () => 1);
  const memory = new ChunkMemory(1.5e5);
  memory.keep('other', 0, one);
  for (let seq = 0; seq < 9; seq++) memory.keep('run', seq, one);
  const held = memory.heldOf('run').length;
  expect(held).toBeLessThan(9);
  memory.forgetRun('run', 0);
  expect(memory.heldOf('run')).toEqual([]);
  expect(memory.heldOf('other')).toEqual([0]);
  for (let seq = 0; seq < 9; seq++) memory.keep('later', seq, one);
  expect(memory.heldOf('later')).toHaveLength(held);
});

test('room that others need is given up, and no more than that', () => {
  const memory = new ChunkMemory(1.5e5);
  const full = chunk(1000, () => 1);
  for (let seq = 0; seq < 5; seq++) memory.keep('run', seq, full);
  const held = memory.heldOf('run').length;
  memory.forgetRun('run', 0);
  const all = memory.spareBytes;
  expect(all).toBeGreaterThan(held * 24_000);
  memory.forgetRun('run', 1.5e5 - all);
  expect(memory.spareBytes).toBe(all);
  memory.forgetRun('run', 1.5e5 - all + 1);
  expect(memory.spareBytes).toBe(all - all / held);
  memory.forgetRun('run', 1e9);
  expect(memory.spareBytes).toBe(0);
});

test('free room of small chunks makes place for large ones: all of it together stays within the budget', () => {
  const memory = new ChunkMemory(1.5e6);
  const small = chunk(500, () => 1);
  for (let seq = 0; seq < 200; seq++) memory.keep('small', seq, small);
  memory.forgetRun('small', 0);
  expect(memory.spareBytes).toBeGreaterThan(5e5);
  const large = chunk(5000, () => 1);
  for (let seq = 0; seq < 20; seq++) memory.keep('large', seq, large);
  // 24 bytes of values and 44 of the rest a subject.
  const held = memory.heldOf('large').length * 5000 * 68;
  expect(held).toBeGreaterThan(1e6);
  expect(held + memory.spareBytes).toBeLessThan(1.5e6);
});
