import fc from 'fast-check';

import { inTransaction } from '../index';
import { openDatabase, type StoreDatabase } from '../testing/database';
import { BinaryRowWriter } from './binary-row-writer';
import { copyIn } from './copy-streams';

/** Of the row's number, a UUID, a smallint, a float8 and a NULL. */
const FIXED_BYTES = 8 + 20 + 6 + 12 + 4;

describe('rows written by COPY', () => {
  let database: StoreDatabase;
  beforeAll(async () => {
    database = await openDatabase();
    await database.pool.query(
      `CREATE TABLE copied (n int, id uuid, name text, small smallint, quantity float8, inputs float8[], bands smallint[], reasons text[])`,
    );
  });
  afterAll(() => database.drop());

  const nullable = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  // PostgreSQL's text holds every character but NUL, in well-formed UTF-8.
  const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\u0000'));
  const row = fc.record({
    id: nullable(fc.uuid()),
    name: nullable(text),
    small: nullable(fc.integer({ min: -32_768, max: 32_767 })),
    quantity: nullable(finite),
    inputs: fc.array(nullable(finite), { maxLength: 60 }),
    bands: fc.array(nullable(fc.integer({ min: 0, max: 9 })), { maxLength: 5 }),
    reasons: nullable(fc.array(text, { maxLength: 3 })),
  });

  it('come back as they were, to the last bit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
        const writer = new BinaryRowWriter(0);
        rows.forEach(({ id, name, small, quantity, inputs, bands, reasons }, n) => {
          writer.row(8, FIXED_BYTES);
          writer.int4(n);
          writer.uuid(id);
          writer.text(name);
          writer.int2(small);
          writer.float8(quantity);
          writer.numbers(inputs);
          writer.smallints(bands);
          if (reasons === null) writer.null();
          else writer.texts(reasons);
        });
        const back = await inTransaction(database.pool, async (tx) => {
          await copyIn(tx, 'copied', writer.take());
          const read = await tx.query('SELECT * FROM copied ORDER BY n');
          await tx.query('TRUNCATE copied');
          return read.rows as unknown[];
        });
        expect(back).toEqual(rows.map((one, n) => ({ n, ...one })));
      }),
      { numRuns: 60 },
    );
  });

  it('hold no number that is none', () => {
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      const writer = new BinaryRowWriter(0);
      writer.row(1, FIXED_BYTES);
      expect(() => writer.float8(value)).toThrow(/not a finite number/);
      expect(() => writer.numbers([1, value])).toThrow(/not a finite number/);
    }
  });

  it('longer than the first room for them are whole', async () => {
    const writer = new BinaryRowWriter(0);
    const name = '碳'.repeat(200_000);
    for (let n = 0; n < 3; n++) {
      writer.row(8, FIXED_BYTES);
      writer.int4(n);
      writer.uuid(null);
      writer.text(name);
      writer.int2(null);
      writer.float8(null);
      writer.numbers([]);
      writer.smallints([]);
      writer.null();
    }
    await inTransaction(database.pool, (tx) => copyIn(tx, 'copied', writer.take()));
    const { rows } = await database.pool.query('SELECT n FROM copied WHERE name = $1', [name]);
    expect(rows).toHaveLength(3);
  });
});
