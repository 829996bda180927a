import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Workbook } from 'exceljs';
import fc from 'fast-check';

import { FileProblem } from '../file-problem';
import { DEFAULT_LIMITS, type SheetLimits } from '../sheet/limits';
import type { SheetRecord } from '../sheet/sheet-types';
import { bytesOf, collect } from '../testing/streams';
import { packageOf, workbookOf, zipOf } from '../testing/workbooks';
import { openWorkbook } from './workbook';

const read = async (file: Buffer, limits: Partial<SheetLimits> = {}): Promise<SheetRecord[]> => {
  const sheet = await openWorkbook(bytesOf(file), { ...DEFAULT_LIMITS, ...limits });
  return (await collect(sheet.records())).flat();
};

const problem = async (file: Buffer, limits: Partial<SheetLimits> = {}): Promise<string> => {
  const error: unknown = await read(file, limits).catch((e: unknown) => e);
  if (!(error instanceof FileProblem)) throw new Error(`no problem but ${String(error)}`);
  return error.code;
};

const sheetXml = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;

describe('a workbook', () => {
  test('comes back as it was written: texts, numbers, results of formulas', async () => {
    const cell = fc.oneof(
      fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
        .filter((t) => t.trim() !== '' && !/[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(t)),
      fc.integer(),
      fc.bigInt({ min: 1n, max: 99_999_999_999_999n }).map((digits) => Number(`${digits}e-6`)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
        async (rows) => {
          const records = await read(await workbookOf(rows));
          const texts = records.map(({ cells }) => cells);
          expect(texts).toEqual(
            rows.map((row) =>
              row.map((value) => (typeof value === 'number' ? numberText(value) : value)),
            ),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  const numberText = (value: number): string => {
    const text = String(value === 0 ? 0 : value);
    return text.includes('e') ? value.toFixed(20).replace(/0+$/, '') : text;
  };

  test('a date is shown as one, rich text is joined, a formula is its result, 0.1 + 0.2 is 0.3', async () => {
    const workbook = new Workbook();
    workbook.addWorksheet('Hidden', { state: 'hidden' }).addRow(['wrong sheet']);
    const sheet = workbook.addWorksheet('Data');
    sheet.addRow([
      new Date(Date.UTC(2026, 6, 1)),
      { richText: [{ text: '湖' }, { font: { bold: true }, text: '州' }] },
      { formula: 'A1', result: 0.1 + 0.2 },
      { formula: 'B1', result: 'text' },
      { error: '#N/A' },
      true,
      1e-7,
      { text: 'link', hyperlink: 'http://example.com' },
    ]);
    sheet.getCell('C3').value = 1e15;
    workbook.addWorksheet('Later').addRow(['wrong sheet']);
    expect(await read(Buffer.from(await workbook.xlsx.writeBuffer()))).toEqual([
      { row: 1, cells: ['2026-07-01', '湖州', '0.3', 'text', '#N/A', 'TRUE', '0.0000001', 'link'] },
      { row: 3, cells: ['', '', '1000000000000000'] },
    ]);
  });

  test('prefixes, CDATA, missing references, phonetic readings and escapes are understood', async () => {
    const file = packageOf(
      '<?xml version="1.0"?><x:worksheet xmlns:x="y"><!-- > --><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c>' +
        `<x:c t='inlineStr'><x:is><x:t>a&lt;&#x6e56;<![CDATA[<b>]]></x:t></x:is></x:c><x:c/><x:c><x:v> 1.50 </x:v></x:c></x:row></x:sheetData></x:worksheet>`,
      {
        'xl/sharedStrings.xml': '<sst><si><t>湖_x0041_</t><rPh><t>hu</t></rPh></si></sst>',
      },
    );
    expect(await read(file)).toEqual([{ row: 1, cells: ['湖A', 'a<湖<b>', '', '1.5'] }]);
  });

  test('the spooled copy of a stream is removed, also when reading ends early', async () => {
    const before = await spooled();
    const bytes = await workbookOf([['a'], ['b']]);
    await read(bytes);
    const sheet = await openWorkbook(bytesOf(bytes), DEFAULT_LIMITS);
    for await (const records of sheet.records()) if (records.length > 0) break;
    await (await openWorkbook(bytesOf(bytes), DEFAULT_LIMITS)).close();
    await problem(Buffer.from('PK not a zip'));
    expect(await spooled()).toEqual(before);
  });

  const spooled = async (): Promise<string[]> =>
    (await readdir(tmpdir())).filter((name) => /^tanxiao-.*\.xlsx$/.test(name));
});

describe('a file that is no workbook', () => {
  test.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['an old .xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old-or-encrypted-workbook'],
    ['a CSV file', Buffer.from('a,b\n1,2\n'), 'not-xlsx'],
    ['a zip of something else', zipOf({ 'readme.txt': 'hello' }), 'not-xlsx'],
    ['a document type', packageOf('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'), 'xlsx-damaged'],
    ['XML that ends early', packageOf('<worksheet><sheetData><row><c><v>1'), 'xlsx-damaged'],
    [
      'a shared text that is not there',
      packageOf(sheetXml('<row><c t="s"><v>9</v></c></row>')),
      'xlsx-damaged',
    ],
    ['a number that is none', packageOf(sheetXml('<row><c><v>1,5</v></c></row>')), 'xlsx-damaged'],
    ['rows in disorder', packageOf(sheetXml('<row r="2"/><row r="1"/>')), 'xlsx-damaged'],
    [
      'a column off the sheet',
      packageOf(sheetXml('<row><c r="ZZZZ1"><v>1</v></c></row>')),
      'xlsx-damaged',
    ],
    [
      'too many columns',
      packageOf(sheetXml('<row><c r="ZZ1"><v>1</v></c></row>')),
      'too-many-columns',
    ],
    ['a tag without end', packageOf(`<worksheet ${'x'.repeat(3_000_000)}`), 'xlsx-damaged'],
    [
      'bytes that are no UTF-8',
      packageOf(sheetXml(''), { 'xl/worksheets/sheet1.xml': Buffer.from([0x3c, 0xff]) }),
      'xlsx-damaged',
    ],
  ])('%s is refused by what it is', async (_, file, code) =>
    expect(await problem(file)).toBe(code),
  );

  test('a zip bomb is refused before it is unpacked, also one that lies about its size', async () => {
    const zeros = Buffer.alloc(20 * 1024 * 1024, 0x20);
    const bomb = packageOf(sheetXml(''), { 'xl/worksheets/sheet1.xml': zeros });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await problem(bomb, { unpackedBytes: 1024 * 1024 })).toBe('xlsx-too-large');
    const lying = zipOf({ 'xl/workbook.xml': zeros }, 10);
    expect(await problem(lying)).toBe('xlsx-damaged');
    const shared = packageOf(sheetXml(''), { 'xl/sharedStrings.xml': zeros });
    expect(await problem(shared, { sharedBytes: 1024 })).toBe('xlsx-too-large');
    const many = zipOf(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`p${i}`, ''])));
    expect(await problem(many, { zipEntries: 20 })).toBe('xlsx-too-large');
  });
});

describe('a damaged workbook', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tanxiao-damage-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('of 400 cut, flipped or overwritten files none crashes, hangs or yields other figures', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => [`id${i}`, i * 1.25, '湖州', i]);
    const bytes = await workbookOf(rows);
    const whole = await read(bytes);
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('cut', 'flip', 'zero'),
        fc.nat({ max: bytes.length - 1 }),
        fc.nat({ max: 7 }),
        async (kind, at, bit) => {
          const damaged = Buffer.from(kind === 'cut' ? bytes.subarray(0, at) : bytes);
          if (kind === 'flip') damaged[at]! ^= 1 << bit;
          if (kind === 'zero') damaged.fill(0, at, Math.min(at + 50, damaged.length));
          const file = path.join(folder, 'damaged.xlsx');
          await writeFile(file, damaged);
          const result = await openWorkbook({ path: file }, DEFAULT_LIMITS)
            .then(async (sheet) => (await collect(sheet.records())).flat())
            .catch((error: unknown) => error);
          if (result instanceof FileProblem) refused += 1;
          else expect(result).toEqual(whole);
        },
      ),
      { numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(200);
  });
});
