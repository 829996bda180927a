import { parse } from 'csv-parse/sync';
import fc from 'fast-check';

import { FileProblem } from '../file-problem';
import { DEFAULT_LIMITS, type SheetLimits } from '../sheet/limits';
import { bytesOf, collect } from '../testing/streams';
import { csvRecords } from './csv-records';

const read = async (
  text: string,
  chunk = 65_536,
  limits: Partial<SheetLimits> = {},
): Promise<{ row: number; cells: readonly string[] }[]> =>
  (await collect(csvRecords(bytesOf(text, chunk), { ...DEFAULT_LIMITS, ...limits }))).flat();

const problem = async (text: string, limits: Partial<SheetLimits> = {}): Promise<FileProblem> => {
  const error: unknown = await read(text, 7, limits).catch((e: unknown) => e);
  if (!(error instanceof FileProblem)) throw new Error(`no problem but ${String(error)}`);
  return error;
};

describe('CSV records', () => {
  test('are what csv-parse reads from the whole, wherever the chunks end', async () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', '1', ' ', '湖', 'x') }),
      fc
        .string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '湖') })
        .map((text) => `"${text.replaceAll('"', '""')}"`),
    );
    const line = fc.array(cell, { minLength: 1, maxLength: 4 }).map((cells) => cells.join(','));
    const newline = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(line, newline), { maxLength: 8 }),
        fc.integer({ min: 1, max: 20 }),
        async (lines, chunk) => {
          const text = `h,i\n${lines.map(([content, end]) => content + end).join('')}`;
          const oracle = parse(text, {
            record_delimiter: ['\r\n', '\n', '\r'],
            relax_column_count: true,
            relax_quotes: true,
          });
          const records = await read(text, chunk);
          expect(records.map(({ cells }) => cells)).toEqual(oracle);
          expect(records.map(({ row }) => row)).toEqual(oracle.map((_, index) => index + 1));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['a;b;c\n1,5;2;3\n', ['1,5', '2', '3']],
    ['a\tb\n1\t2,3\n', ['1', '2,3']],
    ['# note, with, commas\n\na;b\n1;2\n', ['1', '2']],
  ])('the delimiter is found in the header of %j', async (text, last) => {
    expect((await read(text, 3)).at(-1)?.cells).toEqual(last);
  });

  test('a line break of two characters is one, wherever a chunk ends', async () => {
    for (const chunk of [1, 2, 3])
      expect((await read('h,i\n\r\n\r\n1,2\r\n', chunk)).map(({ row }) => row)).toEqual([
        1, 2, 3, 4,
      ]);
  });

  test('blank lines keep their row number', async () => {
    expect(await read('a,b\n\n1,2')).toEqual([
      { row: 1, cells: ['a', 'b'] },
      { row: 2, cells: [''] },
      { row: 3, cells: ['1', '2'] },
    ]);
  });

  test('a quote that is never closed names its row', async () => {
    const error = await problem('a,b\n1,2\n3,"4\n5,6\n');
    expect(error.code).toBe('quote-not-closed');
    expect(error.text.zh).toContain('第 3 行');
  });

  test('a record without end is refused before it fills the memory', async () => {
    const limits = { recordCharacters: 1000 };
    expect((await problem(`a,b\n1,"${'x'.repeat(5000)}`, limits)).code).toBe('record-too-long');
    expect((await problem(`a,b\n1,${'x'.repeat(5000)}`, limits)).code).toBe('record-too-long');
    expect((await problem('x'.repeat(5000), limits)).code).toBe('record-too-long');
  });

  test('leaving early closes the source', async () => {
    let closed = false;
    async function* source(): AsyncGenerator<Buffer> {
      try {
        for (;;) yield await Promise.resolve(Buffer.from('a,b\n'.repeat(100)));
      } finally {
        closed = true;
      }
    }
    for await (const records of csvRecords(source(), DEFAULT_LIMITS)) if (records.length > 0) break;
    expect(closed).toBe(true);
  });
});
