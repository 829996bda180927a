import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { UploadFormat } from '@tanxiao/contracts';

import { readSubmissions } from './read-submissions';
import { openSheet } from './sheet/sheet';
import { INDUSTRIAL, testForm, testUscc } from './testing/forms';
import { workbookOf } from './testing/workbooks';

const form = testForm(INDUSTRIAL);
const names = form.columns.map(({ name }) => name);

const rowOf = (number: number): string[] =>
  form.columns.map(({ role, name }, index) => {
    switch (role) {
      case 'uscc':
        return testUscc(number);
      case 'name':
        return `湖州某某有限公司${number}`;
      case 'period':
        return '2026Q3';
      case 'region_code':
        return '330502';
      case 'industry_code':
        return '1751';
      case 'input':
        return name === 'carrier_33' ||
          (index % 2 === 0 && !/0[2-5]$/.test(name) && name !== 'green_power_10mwh')
          ? String((number % 977) + index / 8)
          : '';
      default:
        return '';
    }
  });

describe('reading speed', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tanxiao-speed-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const speed = async (file: string, format: UploadFormat, rows: number): Promise<number> => {
    const started = process.hrtime.bigint();
    let accepted = 0;
    const sheet = await openSheet({ path: file }, format);
    for await (const reading of readSubmissions(form, sheet, { period: null })) {
      if ('submission' in reading) accepted += 1;
    }
    expect(accepted).toBe(rows);
    const perSecond = Math.round(rows / (Number(process.hrtime.bigint() - started) / 1e9));
    process.stdout.write(
      `    ${format}: ${perSecond} rows/s, ${rows} rows of ${names.length} columns\n`,
    );
    return perSecond;
  };

  // The floors are far below what was measured (README): a busy machine passes, a slip into quadratic time doesn't.
  test('20,000 CSV rows of every column take seconds at most', async () => {
    const rows = Array.from({ length: 20_000 }, (_, number) => rowOf(number).join(','));
    const file = path.join(folder, 'speed.csv');
    await writeFile(file, [names.join(','), ...rows].join('\n'));
    expect(await speed(file, 'csv', 20_000)).toBeGreaterThan(500);
  });

  test('5,000 XLSX rows of every column take seconds at most', async () => {
    const rows = Array.from({ length: 5000 }, (_, number) =>
      rowOf(number).map((text, index) =>
        form.columns[index]!.role === 'input' && text !== '' ? Number(text) : text,
      ),
    );
    const file = path.join(folder, 'speed.xlsx');
    await writeFile(file, await workbookOf([names, ...rows]));
    expect(await speed(file, 'xlsx', 5000)).toBeGreaterThan(100);
  });
});
