import { Workbook } from 'exceljs';

import { readSubmissions, type RowReading } from '../read-submissions';
import { openSheet } from '../sheet/sheet';
import { INDUSTRIAL, SMALL, testForm, testUscc } from '../testing/forms';
import { bytesOf, collect } from '../testing/streams';
import { writeTemplate } from './template';

const options = { language: 'zh', year: 2026 } as const;

async function submissions(
  file: Buffer,
  format: 'csv' | 'xlsx',
  rulebook: string,
): Promise<RowReading[]> {
  const sheet = await openSheet(bytesOf(file), format);
  return collect(readSubmissions(testForm(rulebook), sheet, { period: null }));
}

describe.each([INDUSTRIAL, SMALL])('the template of %s', (rulebook) => {
  const form = testForm(rulebook);

  test('filled in as a workbook, it reads back', async () => {
    const workbook = new Workbook();
    const template = await writeTemplate(form, 'xlsx', options);
    await workbook.xlsx.load(template as unknown as Parameters<typeof workbook.xlsx.load>[0]);
    const sheet = workbook.worksheets[0]!;
    const at = (name: string): number =>
      form.columns.findIndex((column) => column.name === name) + 1;
    const row = sheet.getRow(3);
    row.getCell(at('uscc')).value = testUscc(1);
    row.getCell(at('period')).value = '2026Q3';
    row.getCell(at('region_code')).value = '330502';
    row.getCell(at('industry_code')).value = '0111';
    row.getCell(at('carrier_33')).value = 12.5;
    const readings = await submissions(
      Buffer.from(await workbook.xlsx.writeBuffer()),
      'xlsx',
      rulebook,
    );
    expect(readings).toHaveLength(1);
    expect(readings[0]).toMatchObject({
      row: 3,
      submission: { subject: { code: testUscc(1) }, industryCode: '0111', period: '2026Q3' },
    });
    const inputs = readings[0] && 'submission' in readings[0] ? readings[0].submission.inputs : [];
    expect(inputs[form.inputIndex.get('carrier_33')!]).toBe(12.5);
  });

  test('filled in as CSV, it reads back', async () => {
    const template = (await writeTemplate(form, 'csv', options)).toString('utf8');
    expect(template.startsWith('\ufeffuscc,')).toBe(true);
    const cells: Record<string, string> = {
      uscc: testUscc(2),
      period: '2026H1',
      region_code: '330502',
      industry_code: '1751',
    };
    const line = form.columns.map(({ name }) => cells[name] ?? '').join(',');
    const readings = await submissions(Buffer.from(`${template}${line}\r\n`), 'csv', rulebook);
    expect(readings).toMatchObject([{ row: 3, submission: { subject: { code: testUscc(2) } } }]);
  });

  test('empty, it is a file without data rows', async () => {
    for (const format of ['csv', 'xlsx'] as const) {
      await expect(
        submissions(await writeTemplate(form, format, options), format, rulebook),
      ).rejects.toMatchObject({
        code: 'no-data-rows',
      });
    }
  });

  test('says of every column what it means, its unit and what a blank does', async () => {
    const workbook = new Workbook();
    const template = await writeTemplate(form, 'xlsx', options);
    await workbook.xlsx.load(template as unknown as Parameters<typeof workbook.xlsx.load>[0]);
    const guide = workbook.worksheets[1]!;
    const described = new Map<string, string[]>();
    guide.eachRow((row) => {
      const values = (row.values as unknown[]).map(String);
      described.set(values[1] ?? '', values);
    });
    for (const column of form.columns) {
      const words = described.get(column.name) ?? [];
      expect(words).toEqual(expect.arrayContaining([column.title.zh, column.title.en]));
      expect(words[6]).toBeTruthy();
    }
    const data = workbook.worksheets[0]!;
    expect(data.getCell('A2').text.startsWith('# ')).toBe(true);
    expect(data.getCell('A1').note).toBeTruthy();
    const classification = form.columns.findIndex(({ role }) => role === 'industry_classification');
    expect(data.getRow(3).getCell(classification + 1).dataValidation).toMatchObject({
      type: 'list',
      formulae: ['"gbt4754-2017"'],
    });
    const electricity = form.columns.findIndex(({ name }) => name === 'carrier_33');
    expect(data.getRow(4000).getCell(electricity + 1).dataValidation).toMatchObject({
      type: 'decimal',
      operator: 'greaterThanOrEqual',
      formulae: [0],
    });
  });
});
