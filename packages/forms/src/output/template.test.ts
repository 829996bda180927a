import { Workbook } from 'exceljs';

import { readSubmissions } from '../read-submissions';
import type { RowReading } from '../row-reader';
import { openSheet } from '../sheet/sheet';
import { BUILDINGS, INDUSTRIAL, SMALL, testForm, testUscc } from '../testing/forms';
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

describe('a choice in the template', () => {
  const form = testForm(BUILDINGS);
  const at = form.columns.findIndex(({ name }) => name === 'building_type') + 1;
  const load = async (language: 'zh' | 'en'): Promise<Workbook> => {
    const workbook = new Workbook();
    const template = await writeTemplate(form, 'xlsx', { ...options, language });
    await workbook.xlsx.load(template as unknown as Parameters<typeof workbook.xlsx.load>[0]);
    return workbook;
  };

  test.each([
    ['zh', ['办公', '宾馆饭店']],
    ['en', ['office', 'hotel']],
  ] as const)('offers the titles of its options as a list (%s)', async (language, titles) => {
    const workbook = await load(language);
    const { dataValidation } = workbook.worksheets[0]!.getRow(3).getCell(at);
    expect(dataValidation).toMatchObject({ type: 'list', errorStyle: 'warning' });
    const [, column, first, last] = /\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)$/.exec(
      String(dataValidation.formulae[0]),
    )!;
    const codes = workbook.worksheets[2]!;
    const offered = Array.from(
      { length: Number(last) - Number(first) + 1 },
      (_, i) => codes.getCell(`${column}${Number(first) + i}`).text,
    );
    expect(offered).toHaveLength(form.columns[at - 1]!.options!.length);
    expect(offered.slice(0, 2)).toEqual(titles);
  });

  test('is listed in the guide and in the note with code and both titles', async () => {
    const workbook = await load('en');
    const line = 'office (办公 / office), hotel (宾馆饭店 / hotel)';
    const guide: string[] = [];
    workbook.worksheets[1]!.eachRow((row) => guide.push(JSON.stringify(row.values)));
    expect(guide.find((text) => text.includes('"building_type"'))).toContain(line);
    expect(JSON.stringify(workbook.worksheets[0]!.getRow(1).getCell(at).note)).toContain(line);
    const csv = (await writeTemplate(form, 'csv', { ...options, language: 'en' })).toString();
    expect(csv).toContain('office (office), hotel (hotel)');
  });

  test.each(['zh', 'en', 'code'] as const)('filled in by %s, it reads back', async (by) => {
    const workbook = await load('zh');
    const option = form.columns[at - 1]!.options![1]!;
    const cells: Record<string, string> = {
      uscc: testUscc(3),
      period: '2026Q3',
      region_code: '330502',
      industry_code: '6110',
      building_type: by === 'code' ? option.code : option.title[by],
    };
    const row = workbook.worksheets[0]!.getRow(3);
    form.columns.forEach(({ name }, i) => (row.getCell(i + 1).value = cells[name] ?? null));
    const [reading] = await submissions(
      Buffer.from(await workbook.xlsx.writeBuffer()),
      'xlsx',
      BUILDINGS,
    );
    const inputs = reading && 'submission' in reading ? reading.submission.inputs : [];
    expect(inputs[form.inputIndex.get('building_type')!]).toBe(1);
  });
});
