import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { UploadRowToKeep } from '@tanxiao/store';
import fc from 'fast-check';

import { RowSpool } from './row-spool';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(path.join(tmpdir(), 'tanxiao-spool-'))));
afterAll(() => rm(folder, { recursive: true }));

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const quantity = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null });
const row = fc.record({
  rowNumber: fc.integer({ min: 1, max: 2_000_000 }),
  submission: fc.record({
    subject: fc.record({ scheme: fc.constantFrom('uscc' as const, 'local' as const), code: text }),
    name: fc.option(text, { nil: null }),
    period: text,
    regionCode: text,
    industryClassification: text,
    industryCode: text,
    inputs: fc.array(quantity, { minLength: 9, maxLength: 9 }),
  }),
});

async function spooled(rows: readonly UploadRowToKeep[]): Promise<UploadRowToKeep[]> {
  const spool = new RowSpool(path.join(folder, 'rows'));
  for (const one of rows) await spool.add(one);
  const back: UploadRowToKeep[] = [];
  for await (const piece of spool.rows()) back.push(...piece);
  await spool.remove();
  expect(existsSync(path.join(folder, 'rows'))).toBe(false);
  return back;
}

it('rows come back as they were, in their order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
      expect(await spooled(rows)).toEqual(rows);
    }),
    { numRuns: 100 },
  );
});

it('many rows, in blocks that end anywhere in what is read at once, come back whole', async () => {
  const [sample] = fc.sample(row, 1);
  const rows = Array.from({ length: 12_345 }, (_, i) => ({
    rowNumber: i + 2,
    submission: { ...sample!.submission, name: '企'.repeat(i % 97), inputs: [i, null, -0, 0.1] },
  }));
  expect(await spooled(rows)).toEqual(rows);
});
