import { Readable } from 'node:stream';

import { writeTemplate } from '../output/template';
import { testForm } from '../testing/forms';
import { SMALL } from '../testing/forms';
import { firstPeriod } from './first-period';
import { openSheet } from './sheet';

const periodOf = async (text: string | Uint8Array, format: 'csv' | 'xlsx' = 'csv') =>
  (await firstPeriod(() => openSheet(Readable.from([Buffer.from(text)]), format)))?.id ?? null;

test.each([
  ['that of the first row of data', 'uscc,period\n#note,2020\n\nA,2026Q3\nB,2026Q4\n', '2026Q3'],
  ['in any letter case and width', 'uscc,Period\nA,２０２６q3\n', '2026Q3'],
  ['none where the first row leaves it blank', 'uscc,period\nA,\nB,2026Q4\n', null],
  ['none where it is no period', 'uscc,period\nA,2026Q5\n', null],
  ['none without the column', 'uscc,x\nA,2026Q3\n', null],
  ['none without rows', 'uscc,period\n', null],
  ['none in an empty file', '', null],
])('the period of a file is %s', async (_, text, expected) => {
  expect(await periodOf(text)).toBe(expected);
});

test('a file that cannot be read has none: whoever reads it is told why', async () => {
  expect(await periodOf('no workbook', 'xlsx')).toBeNull();
  expect(
    await periodOf(
      await writeTemplate(testForm(SMALL), 'xlsx', { language: 'en', year: 2026 }),
      'xlsx',
    ),
  ).toBeNull();
});

test('a defect of the reader is no unreadable file', async () => {
  await expect(firstPeriod(() => Promise.reject(new TypeError('defect')))).rejects.toThrow(
    'defect',
  );
});
