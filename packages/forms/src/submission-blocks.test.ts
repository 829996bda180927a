/** What is read in blocks, much of it from bytes, is what is read row by row. */
import fc from 'fast-check';

import { FileProblem } from './file-problem';
import type { Form } from './form';
import { readSubmissions } from './read-submissions';
import { openSheet } from './sheet/sheet';
import { readSubmissionBlocks } from './submission-blocks';
import { formWithoutIndustry, INDUSTRIAL, SMALL, testForm, testUscc } from './testing/forms';
import { bytesOf } from './testing/streams';

const industrial = testForm(INDUSTRIAL);
const forms: readonly Form[] = [industrial, testForm(SMALL), formWithoutIndustry()];

interface Outcome {
  readonly rows: readonly object[];
  readonly problem: string | null;
}

async function outcome(read: (rows: object[]) => Promise<void>): Promise<Outcome> {
  const rows: object[] = [];
  try {
    await read(rows);
    return { rows, problem: null };
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    return { rows, problem: error.message };
  }
}

const OPTIONS = { period: '2026Q3', rowsPerBlock: 7 };
const sheetOf = (text: string, chunk: number) =>
  openSheet(bytesOf(text, chunk), 'csv', { rows: 40, cellCharacters: 60, recordCharacters: 4000 });

const oneByOne = (form: Form, text: string): Promise<Outcome> =>
  outcome(async (rows) => {
    for await (const reading of readSubmissions(form, await sheetOf(text, 1000), OPTIONS))
      if ('issues' in reading) rows.push({ row: reading.row, issues: reading.issues });
      else rows.push(reading);
  });

const inBlocks = (form: Form, text: string, chunk: number): Promise<Outcome> =>
  outcome(async (rows) => {
    const sheet = await sheetOf(text, chunk);
    for await (const { rows: read, submissions, rejected } of readSubmissionBlocks(
      form,
      sheet,
      OPTIONS,
    )) {
      expect(read).toBe(submissions.size + rejected.length);
      const good = Array.from({ length: submissions.size }, (_, i) => ({
        row: submissions.rowNumbers[i]!,
        submission: {
          subject: { scheme: submissions.schemes[i]!, code: submissions.codes[i]! },
          name: submissions.names[i]!,
          ...submissions.places[submissions.placeOf[i]!]!,
          period: submissions.periods[submissions.periodOf[i]!]!,
          inputs: submissions.inputs.map((column) => {
            const value = column?.[i] ?? NaN;
            return Number.isNaN(value) ? null : value;
          }),
        },
      }));
      rows.push(...[...good, ...rejected].sort((a, b) => a.row - b.row));
    }
  });

const mostly = <T>(usual: fc.Arbitrary<T>, ...rare: T[]): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: usual, weight: 40 }, { arbitrary: fc.constantFrom(...rare), weight: 1 });

const blanks = ['', ' ', '\u3000', '\u00a0'];
const TEXTS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uscc: mostly(
    fc.nat(60).map(testUscc),
    '',
    '91330502MA5000000X',
    testUscc(1).toLowerCase(),
    '#',
    ...blanks,
  ),
  local_id: mostly(fc.constant(''), 'A-1', 'ä', 'a b', ` ${'x'.repeat(65)}`),
  name: mostly(
    fc.constantFrom('示例饮料（吴兴）有限公司', 'Müller & Co.', '', '厂'),
    ...[
      ' 厂',
      '厂\u3000',
      '\u200b厂',
      '\ufeff厂',
      '厂\u0085',
      '厂\t',
      'é\u00a0',
      '厂'.repeat(61),
      'あ',
      '😀',
      '　',
    ],
  ),
  period: mostly(
    fc.constantFrom('', '2026Q3'),
    '2026q3',
    '２０２６Q3',
    '2026Q5',
    '2026Q4',
    '2020Q1',
  ),
  region_code: mostly(
    fc.constantFrom('330502', '330523'),
    '',
    ' 330502',
    '３３０５０２',
    '990101',
    '330',
  ),
  industry_classification: mostly(
    fc.constantFrom('', 'gbt4754-2017'),
    'GBT4754-2017',
    'other',
    ' ',
  ),
  industry_code: mostly(fc.constantFrom('1751', '3660'), 'C1751', '', '17', '9999', ' 1751'),
};
const quantity = mostly(
  fc.oneof(
    fc.constant(''),
    fc.nat(100_000).map(String),
    fc.nat(10_000_000).map((n) => String(n / 1000)),
  ),
  ...[
    '-1',
    '1,000',
    '１２',
    '-',
    '.',
    '5.',
    '.5',
    '007',
    '1e3',
    '1.2.3',
    '123456789012345',
    '1234567890123456',
  ],
  ...['0.1234567890123', '99999999999999', 'n/a', 'yes', '是', ' 7', '0', '0.0'],
);

const file = fc.nat(forms.length - 1).chain((index) => {
  const names = forms[index]!.columns.map(({ name }) => name);
  return fc
    .record({
      columns: fc.shuffledSubarray([...names, 'x_note'], { minLength: names.length - 3 }),
      delimiter: fc.constantFrom(',', ',', ';', '\t'),
      ending: fc.constantFrom('\n', '\n', '\r\n', '\r'),
      last: fc.boolean(),
      chunk: fc.integer({ min: 1, max: 3000 }),
    })
    .chain(({ columns, ...shape }) => {
      const cells = columns.map((name) =>
        name === 'x_note' ? TEXTS.name! : (TEXTS[name] ?? quantity),
      );
      const line = fc.oneof(
        { arbitrary: fc.tuple(...cells), weight: 30 },
        {
          arbitrary: fc.constantFrom<string[]>(
            [''],
            ['# note', 'x'],
            columns.map(() => ''),
          ),
          weight: 1,
        },
        { arbitrary: fc.constantFrom(['330502'], [...columns, 'more'], ['"quoted"']), weight: 1 },
      );
      return fc.record({
        form: fc.constant(forms[index]!),
        chunk: fc.constant(shape.chunk),
        text: fc
          .array(line, { maxLength: 45, size: 'max' })
          .map((lines) =>
            [columns, ...lines].map((row) => row.join(shape.delimiter)).join(shape.ending),
          )
          .map((text) => (shape.last ? text + shape.ending : text)),
      });
    });
});

test('any file, however it is chunked, gives the same submissions, issues and problems', async () => {
  let [good, bad] = [0, 0];
  await fc.assert(
    fc.asyncProperty(file, async ({ form, text, chunk }) => {
      const expected = await oneByOne(form, text);
      const given = await inBlocks(form, text, chunk);
      expect(given).toEqual(expected);
      for (const row of expected.rows)
        if ('issues' in row) bad += 1;
        else good += 1;
    }),
    { numRuns: 150 },
  );
  expect(Math.min(good, bad)).toBeGreaterThan(300);
}, 120_000);

test('a value on a check’s bound, and one a unit of the last place beyond it, are decided exactly', async () => {
  const header =
    'uscc,region_code,industry_code,green_power_10mwh,carrier_33,carrier_01,carrier_02,carrier_03';
  const rows = [
    '0.3,0.3,,,',
    '0.3,0.299999999999999,,,',
    ',,0.3,0.1,0.2',
    ',,0.299999999999999,0.1,0.2',
  ];
  const text = [header, ...rows.map((row, i) => `${testUscc(i)},330502,1751,${row}`)].join('\n');
  const given = await inBlocks(industrial, text, 100);
  expect(given).toEqual(await oneByOne(industrial, text));
  expect(given.rows.map((row) => 'issues' in row)).toEqual([false, true, false, true]);
});
