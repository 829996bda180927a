import fc from 'fast-check';

import { matrixRow, numberMatrix } from './sql-matrix';
import { openDatabase, type StoreDatabase } from './testing/database';

describe('a matrix parameter', () => {
  let database: StoreDatabase;
  beforeAll(async () => {
    database = await openDatabase({ migrated: false });
  });
  afterAll(() => database.drop());

  it('gives every row back to the last bit, unknown values too', async () => {
    const value = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null });
    const matrix = fc
      .integer({ min: 1, max: 8 })
      .chain((width) =>
        fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1 }),
      );
    await fc.assert(
      fc.asyncProperty(matrix, async (rows) => {
        const { parameter, width } = numberMatrix(rows);
        const { rows: seen } = await database.pool.query<{ row: (number | null)[]; low: number }>(
          `SELECT row, array_lower(row, 1) AS low FROM (
             SELECT i, ${matrixRow('$1', '$2', 'i')} AS row FROM generate_series(1, $3::int) AS i) x ORDER BY i`,
          [parameter, width, rows.length],
        );
        expect(seen).toEqual(rows.map((row) => ({ row, low: 1 })));
      }),
      { numRuns: 60 },
    );
  });

  it('refuses rows of different lengths and what is no quantity, and names the row', () => {
    expect(() => numberMatrix([[1, 2], [3]])).toThrow('item 1 has 1 numbers');
    expect(() => numberMatrix([[1], [Number.NaN]])).toThrow('item 1 holds NaN');
    expect(() => numberMatrix([[Infinity]])).toThrow('not a finite number');
  });
});
