import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { tanxiao, testUscc } from '../testing/terminal';

const SMALL = 'small-enterprise-carbon-efficiency';
const HEADER =
  'uscc,local_id,name,period,region_code,industry_code,revenue_10k_cny,carrier_15,carrier_33';
const ROWS = [
  ...Array.from(
    { length: 6 },
    (_, i) => `${testUscc(i)},,厂${i},2026Q${1 + (i % 2)},330502,1751,${100 + i},${i},${5 + i}`,
  ),
  `,shop-1,,2026Q1,330502,1751,0,,3`,
  `bad,,"=x,y",2026Q1,330502,1751,abc,-1,3`,
  `${testUscc(0)},,again,2026Q1,330502,1751,1,1,1`,
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tanxiao-cli-'));
  await writeFile(path.join(folder, 'in.csv'), [HEADER, ...ROWS].join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

const input = (): string => path.join(folder, 'in.csv');

/** Cells hold no commas but where they are quoted: enough to look at unquoted columns from the left. */
const outcomes = (csv: string): string[] =>
  csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => /,(rated|not-rated|rejected),/.exec(line)?.[1] ?? line);

describe('tanxiao rate', () => {
  test('rates every period of a file against itself, in the order of the file', async () => {
    const { code, stdout } = await tanxiao('rate', '--rulebook', SMALL, '--input', input());
    expect(code).toBe(0);
    expect(outcomes(stdout)).toEqual([
      ...Array<string>(6).fill('rated'),
      'not-rated',
      'rejected',
      'rejected',
    ]);
    const lines = stdout.split('\n');
    // 2026Q1: factories 0, 2 and 4; too few for their class, so the last level is taken.
    expect(lines[1]).toContain(`${testUscc(0)},,厂0,2026Q1,330502,gbt4754-2017,1751,`);
    expect(lines[1]).toMatch(
      /,city,city:@330500,本市小微企业,all small enterprises of the city,3$/,
    );
    expect(lines[8]).toContain(`BAD,,"'=x,y",2026Q1`.replace('BAD', 'bad'));
  });

  test('the summary’s counts add up to the rows read', async () => {
    const { stderr } = await tanxiao('rate', '--rulebook', SMALL, '--input', input());
    expect(stderr).toContain('9 rows read = 6 rated + 1 not rated + 2 rejected');
    expect(stderr).toContain('1 revenue-not-positive');
    expect(stderr).toContain('1 duplicate-subject');
    expect(stderr).toContain('row 9: ');
  });

  test('stdout and --output hold the same bytes, and a second run the same again', async () => {
    const output = path.join(folder, 'out.csv');
    const words = ['rate', '--rulebook', SMALL, '--input', input()];
    const { stdout } = await tanxiao(...words);
    await tanxiao(...words, '--output', output);
    expect(await readFile(output, 'utf8')).toBe(stdout);
    expect((await tanxiao(...words)).stdout).toBe(stdout);
    expect((await readdir(folder)).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('--explain tells one subject’s arithmetic, in the language asked for', async () => {
    const words = ['rate', '--rulebook', SMALL, '--input', input(), '--explain', testUscc(2)];
    const english = await tanxiao(...words);
    expect(english.stdout).toContain(`${testUscc(2)} · 厂2 · row 4`);
    expect(english.stdout).toContain('carbon_intensity = ');
    expect(english.stdout).not.toContain(testUscc(1));
    expect((await tanxiao(...words, '--lang', 'zh')).stdout).toContain('评价规范: ');
    const all = await tanxiao('rate', '--rulebook', SMALL, '--input', input(), '--explain');
    expect(all.stdout.match(/carbon_intensity = /g)).toHaveLength(7);
    const none = await tanxiao('rate', '--rulebook', SMALL, '--input', input(), '--explain', 'X');
    expect(none).toMatchObject({ code: 1, stdout: '' });
  });

  test('--advise tells behind each explanation what reaches a better grade', async () => {
    const words = ['rate', '--rulebook', SMALL, '--input', input(), '--explain', testUscc(4)];
    const { stdout } = await tanxiao(...words, '--advise');
    const [explanation, advice] = stdout.split('\nAdvice:\n');
    expect(explanation).toContain('carbon_intensity = ');
    // Factory 4 uses the most of its period for its revenue.
    expect(advice).toMatch(
      /Electricity: \d\S* × 10 MWh less \(−\d\S* %\), that is \d\S* × 10 MWh, reaches/,
    );
    expect((await tanxiao(...words)).stdout).not.toContain('Advice:');
  });

  test('a row’s rejection fails the command only where asked for; a file without a good row always does', async () => {
    const strict = await tanxiao('rate', '--rulebook', SMALL, '--input', input(), '--strict');
    expect(strict.code).toBe(1);
    const bad = path.join(folder, 'bad.csv');
    await writeFile(bad, `${HEADER}\n${ROWS[7]!}\n`);
    const { code, stdout } = await tanxiao('rate', '--rulebook', SMALL, '--input', bad);
    expect([code, outcomes(stdout)]).toEqual([1, ['rejected']]);
  });

  test('a file that cannot be read is refused with a sentence, and no output appears', async () => {
    const broken = path.join(folder, 'broken.csv');
    await writeFile(broken, 'uscc,regoin_code\n1,2\n');
    const output = path.join(folder, 'none.csv');
    const words = ['rate', '--rulebook', SMALL, '--input', broken, '--output', output];
    const { code, stderr } = await tanxiao(...words);
    expect(code).toBe(1);
    expect(stderr).toContain('did you mean "region_code"?');
    await expect(readFile(output)).rejects.toThrow('ENOENT');
    const xlsx = path.join(folder, 'text.xlsx');
    await writeFile(xlsx, 'no workbook');
    expect((await tanxiao('rate', '--rulebook', SMALL, '--input', xlsx)).code).toBe(1);
  });

  test.each([
    [['rate'], '--input is missing'],
    [['rate', '--rulebook', 'x', '--input', 'in.csv'], 'there is no rulebook named "x"'],
    [['rate', '--rulebook', SMALL, '--input', '/none.csv'], 'there is no file /none.csv'],
    [
      ['rate', '--rulebook', SMALL, '--input', 'x', '--period', '2026Q9'],
      'period "2026Q9" is not valid',
    ],
    [['rate', '--rulebook', SMALL, '--input', 'x', '--period', '2019'], 'no version in force'],
    [['rate', '--rulebok', SMALL], "Unknown option '--rulebok'"],
    [['rate', '--rulebook', SMALL, '--input', 'x', '--advise'], '--advise goes with --explain'],
    [['rate', 'extra', '--rulebook', SMALL, '--input', 'x'], 'unexpected argument: extra'],
  ])('%j is wrong usage: %s', async (words, sentence) => {
    const { code, stderr } = await tanxiao(...words);
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
  });
});
