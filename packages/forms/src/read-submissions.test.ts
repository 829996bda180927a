import type { IssueCode } from '@tanxiao/contracts';

import { FileProblem } from './file-problem';
import { readSubmissions } from './read-submissions';
import type { RowReading } from './row-reader';
import type { SheetLimits } from './sheet/limits';
import { openSheet } from './sheet/sheet';
import { formWithoutIndustry, INDUSTRIAL, SMALL, testForm, testUscc } from './testing/forms';
import { bytesOf, collect } from './testing/streams';

const industrial = testForm(INDUSTRIAL);
const small = testForm(SMALL);

const read = async (
  text: string,
  options: { form?: typeof small; period?: string | null; limits?: Partial<SheetLimits> } = {},
): Promise<RowReading[]> => {
  const sheet = await openSheet(bytesOf(text), 'csv', options.limits ?? {});
  const { form = small, period = '2026Q3' } = options;
  return collect(readSubmissions(form, sheet, { period }));
};

const codes = (reading: RowReading | undefined): IssueCode[] =>
  reading && 'issues' in reading ? reading.issues.map(({ code }) => code) : [];

const problem = async (
  text: string,
  options: Parameters<typeof read>[1] = {},
): Promise<FileProblem> => {
  const error: unknown = await read(text, options).catch((e: unknown) => e);
  if (!(error instanceof FileProblem)) throw new Error(`no problem but ${String(error)}`);
  return error;
};

const HEADER =
  'uscc,local_id,name,region_code,industry_classification,industry_code,revenue_10k_cny,carrier_33';
const row = (number: number, rest = '330502,,1751,100,2'): string =>
  `${testUscc(number)},,厂,${rest}`;

describe('the rows of a file', () => {
  test('a good row becomes a submission, inputs in the rulebook’s order and blanks unknown', async () => {
    const [first] = await read(`${HEADER}\n${row(1)}\n`);
    expect(first).toEqual({
      row: 2,
      submission: {
        subject: { scheme: 'uscc', code: testUscc(1) },
        name: '厂',
        period: '2026Q3',
        regionCode: '330502',
        industryClassification: 'gbt4754-2017',
        industryCode: '1751',
        inputs: [100, null, 2],
      },
    });
  });

  test('columns stand in any order and case, x_ columns are passed over, a column of inputs may be absent', async () => {
    const [first] = await read(
      `X_REMARK,CARRIER_33,region_code,Industry_Code,uscc\nanything,5,330502,C1751,${testUscc(1).toLowerCase()}\n`,
    );
    expect(first).toMatchObject({
      submission: { subject: { code: testUscc(1) }, industryCode: '1751', inputs: [null, null, 5] },
    });
  });

  test('all issues of a row come at once', async () => {
    const [first] = await read(`${HEADER}\n123,,"a\u0007b",990000,isic!,17,abc,-1\n`);
    expect(codes(first)).toEqual([
      'uscc-length',
      'forbidden-character',
      'unknown-region',
      'unknown-classification',
      'not-a-number',
      'below-minimum',
    ]);
    expect(first && 'issues' in first && first.issues.at(-1)).toMatchObject({
      row: 2,
      column: 'carrier_33',
      seen: '-1',
      params: { minimum: '0', title: '电力', titleEn: 'Electricity' },
    });
  });

  test('the rulebook’s checks are asked once every input is in order', async () => {
    const header = 'uscc,region_code,industry_code,carrier_01,carrier_02,carrier_33';
    const key = (n: number): string => `${testUscc(n)},330502,1751`;
    const rows = await read(`${header}\n${key(1)},1,2,3\n${key(2)},2,2,3\n${key(3)},1,2,x\n`, {
      form: industrial,
    });
    expect(rows.map(codes)).toEqual([['check-failed'], [], ['not-a-number']]);
    expect(rows[0] && 'issues' in rows[0] && rows[0].issues[0]?.params).toMatchObject({
      check: 'raw-coal-parts',
      inputs: 'carrier_02 carrier_03 carrier_04 carrier_05 carrier_01',
    });
  });

  test('a subject may appear once a period, and the second appearance names the first', async () => {
    const header = `${HEADER},period`;
    const rows = await read(`${header}\n${row(1)},2026Q1\n${row(1)},2026Q2\n\n${row(1)},2026q1\n`);
    expect(rows.map(codes)).toEqual([[], [], ['duplicate-subject']]);
    expect(rows[2]).toMatchObject({ row: 5, issues: [{ params: { firstRow: '2' } }] });
  });

  test('a row states its period or takes the upload’s; one without a rulebook in force is refused', async () => {
    const header = `${HEADER},period`;
    const rows = await read(
      `${header}\n${row(1)},\n${row(2)},2025H1\n${row(3)},2026Q5\n${row(4)},2019\n`,
    );
    expect(rows[0]).toMatchObject({ submission: { period: '2026Q3' } });
    expect(rows[1]).toMatchObject({ submission: { period: '2025H1' } });
    expect(rows.slice(2).map(codes)).toEqual([['bad-period'], ['rulebook-not-in-force']]);
    expect(codes((await read(`${header}\n${row(1)},\n`, { period: null }))[0])).toEqual([
      'required',
    ]);
  });

  test('identifiers: one of those admitted, not both', async () => {
    const rows = await read(
      `${HEADER}\n,shop-7,,330502,,1751,1,1\n,,,330502,,1751,1,1\n${testUscc(1)},a,,330502,,1751,1,1\n,a b,,330502,,1751,1,1\n`,
    );
    expect(rows[0]).toMatchObject({ submission: { subject: { scheme: 'local', code: 'shop-7' } } });
    expect(rows.slice(1).map(codes)).toEqual([
      ['required'],
      ['two-identifiers'],
      ['local-id-shape'],
    ]);
  });

  test('a classification of one’s own is admitted where the rulebook says any, by the shape of its codes', async () => {
    const rows = await read(
      `${HEADER}\n${row(1, '330502,sic-1987,3571,1,1')}\n${row(2, '330502,sic-1987,3571a,1,1')}\n${row(3, '330502,gbt4754-2017,9999,1,1')}\n${row(4, '330502,gbt4754-2017,175,1,1')}\n`,
    );
    expect(rows[0]).toMatchObject({ submission: { industryClassification: 'sic-1987' } });
    expect(rows.slice(1).map(codes)).toEqual([
      ['industry-code-shape'],
      ['unknown-industry'],
      ['unknown-industry'],
    ]);
    const strict = await read(
      `uscc,region_code,industry_classification,industry_code\n${testUscc(1)},330502,sic-1987,3571\n`,
      { form: industrial },
    );
    expect(codes(strict[0])).toEqual(['unknown-classification']);
  });

  test('too few cells are an issue of the row, blanks beyond the header are not', async () => {
    const rows = await read(`${HEADER}\n${row(1)},,\n${row(2)},7\n${testUscc(3)},,厂,330502\n`);
    expect(codes(rows[0])).toEqual([]);
    expect(codes(rows[1])).toEqual(['row-width']);
    expect(codes(rows[2])).toContain('row-width');
  });

  test('notes, titles and blank rows are passed over, an Excel error value in the first cell is not', async () => {
    const rows = await read(
      `# Huzhou 2026\n${HEADER}\n# 统一社会信用代码,b\n,,,,\n#N/A,,,330502,,1751,1,1\n${row(1)}\n`,
    );
    expect(rows.map(({ row: number }) => number)).toEqual([5, 6]);
    expect(codes(rows[0])).toEqual(['uscc-length']);
  });

  test('a cell far too long is an issue of its row, also in a column that is not read', async () => {
    const rows = await read(`${HEADER},x_note\n${row(1)},${'x'.repeat(10_001)}\n${row(2)},ok\n`);
    expect(rows.map(codes)).toEqual([['text-too-long'], []]);
    expect(JSON.stringify(rows[0]).length).toBeLessThan(1500);
  });
});

describe('a file that cannot be read at all', () => {
  test.each([
    ['', 'empty'],
    ['\n\n', 'empty'],
    ['# only a note\n', 'empty'],
    [HEADER, 'no-data-rows'],
    [`${HEADER}\n# 统一社会信用代码\n`, 'no-data-rows'],
    ['uscc,,region_code\n1,2,3\n', 'blank-column-name'],
  ])('%j is refused as %s', async (text, code) => expect((await problem(text)).code).toBe(code));

  test('tells all errors of its header at once, with what was meant', async () => {
    const error = await problem('uscc,uscc,regoin_code,电力\n1,2,3,4\n');
    expect(error.issues.map(({ code, seen }) => [code, seen])).toEqual([
      ['duplicate-column', 'uscc'],
      ['unknown-column', 'regoin_code'],
      ['unknown-column', '电力'],
      ['missing-column', 'region_code'],
      ['missing-column', 'industry_code'],
    ]);
    expect(error.text.zh).toContain('是否应为“region_code”？');
    expect(error.text.en).toContain('did you mean "carrier_33"?');
  });

  test('a file without identifier or period column is refused', async () => {
    const error = await problem('region_code,industry_code\n330502,1751\n', { period: null });
    expect(error.issues.map(({ params }) => params?.name)).toEqual(['uscc', 'period']);
  });

  test('too many rows or columns end the reading', async () => {
    const rows = `${HEADER}\n${row(1)}\n${row(2)}\n${row(3)}\n`;
    expect((await problem(rows, { limits: { rows: 2 } })).code).toBe('too-many-rows');
    expect((await problem(rows, { limits: { columns: 5 } })).code).toBe('too-many-columns');
  });
});

test('a column of industries, where subjects have none, is told as what it is', async () => {
  const form = formWithoutIndustry();
  const { issues } = await problem(`uscc,region_code,industry_code\n${testUscc(1)},330502,6110\n`, {
    form,
  });
  expect(issues).toMatchObject([{ code: 'industry-not-asked', row: 1, column: 'industry_code' }]);
  const [accepted] = await read(`uscc,region_code\n${testUscc(1)},330502\n`, { form });
  expect(accepted).toMatchObject({ submission: { industryCode: '' } });
});
