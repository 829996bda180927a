import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { SubmissionColumns } from '@tanxiao/contracts';
import fc from 'fast-check';

import { RowSpool } from './row-spool';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(path.join(tmpdir(), 'tanxiao-spool-'))));
afterAll(() => rm(folder, { recursive: true }));

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const quantity = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constant(NaN));

function block(size: number): fc.Arbitrary<SubmissionColumns> {
  const rows = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: size, maxLength: size });
  const numbers = rows(fc.integer({ min: 0, max: 2_000_000 })).map((all) => Int32Array.from(all));
  const column = rows(quantity).map((all) => Float64Array.from(all));
  const place = { regionCode: text, industryClassification: text, industryCode: text };
  return fc.record({
    ...{ size: fc.constant(size), rowNumbers: numbers, periodOf: numbers, placeOf: numbers },
    schemes: rows(fc.constantFrom('uscc' as const, 'local' as const)),
    codes: rows(text),
    names: rows(fc.option(text, { nil: null })),
    periods: fc.array(text),
    places: fc.array(fc.record(place, { noNullPrototype: true })),
    inputs: fc.array(fc.option(column, { nil: null }), { minLength: 9, maxLength: 9 }),
  });
}

/** Columns may be longer than the block, as their room is made before its rows are known. */
function longer({ rowNumbers, inputs, ...rest }: SubmissionColumns): SubmissionColumns {
  return {
    ...rest,
    rowNumbers: Int32Array.of(...rowNumbers, 7, 7),
    inputs: inputs.map((column) => column && Float64Array.of(...column, 1)),
  };
}

async function spooled(blocks: readonly SubmissionColumns[]): Promise<SubmissionColumns[]> {
  const spool = new RowSpool(path.join(folder, 'rows'));
  for (const one of blocks) await spool.add(longer(one));
  const back: SubmissionColumns[] = [];
  for await (const one of spool.rows()) back.push(one);
  await spool.remove();
  expect(existsSync(path.join(folder, 'rows'))).toBe(false);
  return back;
}

it('blocks come back as they were, in their order, without those that hold nothing', async () => {
  const blocks = fc.array(fc.integer({ min: 0, max: 9 }).chain(block), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(blocks, async (given) => {
      expect(await spooled(given)).toEqual(given.filter(({ size }) => size > 0));
    }),
    { numRuns: 100 },
  );
});

it('several readings of one spool each get all of it', async () => {
  const [one] = fc.sample(block(5), 1);
  const spool = new RowSpool(path.join(folder, 'rows'));
  await spool.add(one!);
  for (let reading = 0; reading < 2; reading++)
    for await (const back of spool.rows()) expect(back).toEqual(one);
  await spool.remove();
});
