import type { Issue, UploadFormat } from '@tanxiao/contracts';
import { Workbook } from 'exceljs';

import { readSubmissions } from '../read-submissions';
import { openSheet } from '../sheet/sheet';
import { SMALL, testForm, testUscc } from '../testing/forms';
import { bytesOf, collect } from '../testing/streams';
import { workbookOf } from '../testing/workbooks';
import { writeAnnotated } from './annotated';

const form = testForm(SMALL);
const NAMES = [
  'uscc',
  'name',
  'region_code',
  'industry_code',
  'revenue_10k_cny',
  'carrier_33',
  'x_note',
];
const ROWS = [
  NAMES,
  ['# 统一社会信用代码', '', '', '', '', '', ''],
  [testUscc(1), '好厂', '330502', '1751', '1', '2', 'a,"b"'],
  ['', '', '', '', '', '', ''],
  [testUscc(2), '=cmd()', '330502', '1751', 'abc', '-2', 'x\ny'],
  [testUscc(1), '又一家', '330502', '1751', '1', '2', ''],
];

const csv = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) =>
      row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','),
    )
    .join('\r\n');

async function issuesOf(file: Buffer, format: UploadFormat): Promise<Issue[]> {
  const sheet = await openSheet(bytesOf(file), format);
  const readings = await collect(readSubmissions(form, sheet, { period: '2026Q3' }));
  return readings.flatMap((reading) => ('issues' in reading ? reading.issues : []));
}

async function annotate(file: Buffer, from: UploadFormat, format: UploadFormat): Promise<Buffer> {
  const sheet = await openSheet(bytesOf(file), from);
  return Buffer.concat(
    await collect(writeAnnotated(form, sheet, await issuesOf(file, from), { format })),
  );
}

describe('a file given back with its errors', () => {
  test('CSV keeps every original cell and row number, and adds two columns of sentences', async () => {
    const annotated = await annotate(Buffer.from(csv(ROWS)), 'csv', 'csv');
    expect(annotated.toString('utf8').startsWith('\ufeff')).toBe(true);
    const records = (await collect((await openSheet(bytesOf(annotated), 'csv')).records())).flat();
    expect(records.map(({ cells }) => cells.slice(0, 7))).toEqual(
      ROWS.map((row) => (row.every((cell) => cell === '') ? row : row)),
    );
    expect(records[0]!.cells.slice(7)).toEqual(['x_errors_zh', 'x_errors_en']);
    expect(records[2]!.cells.slice(7)).toEqual(['', '']);
    expect(records[4]!.cells[7]).toContain('“营业收入”应为数字，实为“abc”');
    expect(records[4]!.cells[8]).toContain('must not be below 0, found -2');
    expect(records[5]!.cells[7]).toContain('第 3 行');
  });

  test('it can be sent again as it is, and a second round replaces the errors of the first', async () => {
    const first = await annotate(Buffer.from(csv(ROWS)), 'csv', 'csv');
    expect(await issuesOf(first, 'csv')).toEqual(await issuesOf(Buffer.from(csv(ROWS)), 'csv'));
    const second = await annotate(first, 'csv', 'csv');
    expect(second.equals(first)).toBe(true);
  });

  test('what we add is never run as a formula', async () => {
    const rows = [NAMES, ['=1+1', '', '@x', '+1', '-', '', '']];
    const annotated = await annotate(Buffer.from(csv(rows)), 'csv', 'csv');
    const records = (await collect((await openSheet(bytesOf(annotated), 'csv')).records())).flat();
    for (const cell of records[1]!.cells.slice(7)) expect(cell).not.toMatch(/^[=+\-@]/);
  });

  test('XLSX colours the offending cells, notes what is wrong, and keeps numbers as numbers', async () => {
    const file = await annotate(await workbookOf(ROWS), 'xlsx', 'xlsx');
    const workbook = new Workbook();
    await workbook.xlsx.load(file as unknown as Parameters<typeof workbook.xlsx.load>[0]);
    const sheet = workbook.worksheets[0]!;
    expect(sheet.getCell('A3').value).toBe(testUscc(1));
    expect(sheet.getCell('E3').value).toBe(1);
    expect(sheet.getCell('E5').value).toBe('abc');
    expect(sheet.getCell('E5').fill).toMatchObject({
      pattern: 'solid',
      fgColor: { argb: 'FFFFC7CE' },
    });
    expect(JSON.stringify(sheet.getCell('F5').note)).toContain('不得小于 0');
    expect(sheet.getCell('F3').fill).toBeUndefined();
    expect(sheet.getCell('H5').text).toContain('应为数字');
    expect(await issuesOf(file, 'xlsx')).toEqual(await issuesOf(await workbookOf(ROWS), 'xlsx'));
  });

  test('a workbook can be given back as CSV with the same row numbers', async () => {
    const annotated = await annotate(await workbookOf(ROWS), 'xlsx', 'csv');
    expect((await issuesOf(annotated, 'csv')).map(({ row }) => row)).toEqual([5, 5, 6]);
  });
});
