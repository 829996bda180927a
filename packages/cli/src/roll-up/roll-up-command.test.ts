import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { tanxiao, testUscc } from '../testing/terminal';

const SMALL = 'small-enterprise-carbon-efficiency';
/** Of a city or a park: the number of its small enterprises, and the mean of their emissions. */
const HIGHER = `
rulebook: higher
version: 1.0.0
title: { zh: 上级, en: Higher }
subject: park
effective: { from: "2021-01-01" }
factorSet: { id: none, version: 1.0.0 }
sources:
  book: { title: { zh: 书, en: Book }, citation: a book, status: assumed }
subjectKey: { identifiers: [local] }
inputs:
  - { name: rated_count, title: { zh: 户数, en: Number }, unit: "1", missing: { value: 0 } }
  - { name: mean_emissions, title: { zh: 户均排放, en: Mean emissions }, unit: tCO2, missing: { notRated: missing-mean } }
  - { name: area, title: { zh: 面积, en: Area }, unit: "1", missing: { value: 0 } }
parameters:
  - name: limit
    title: { zh: 上限, en: Limit }
    unit: tCO2
    values: [{ from: "2021-01-01", value: 1, source: book, status: assumed }]
checks:
  - { code: counts, require: rated_count >= 0 and area >= 0, message: { zh: 不能为负, en: not negative } }
calculations:
  - { name: level, title: { zh: 水平, en: Level }, unit: tCO2, formula: mean_emissions, source: book, clause: "2" }
rollUps:
  - { aggregate: count, input: rated_count, from: ${SMALL}, clause: "1" }
  - { aggregate: mean, of: net_emissions_tco2, input: mean_emissions, from: ${SMALL}, decimals: 2, clause: "2" }
notRated:
  - { reason: missing-mean, message: { zh: 缺户均排放, en: no mean } }
gradings:
  - name: grade
    title: { zh: 等级, en: Grade }
    of: level
    compare: full-value
    source: book
    clause: "3"
    bands:
      - { code: A, title: { zh: 甲, en: A }, atMost: limit }
      - { code: B, title: { zh: 乙, en: B } }
results:
  source: book
  status: assumed
  columns: [{ name: level, decimals: 4 }]
headline: { grade: grade, rankBy: level }
`;

let folder: string;
const file = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tanxiao-roll-up-'));
  await writeFile(file('higher.yaml'), HIGHER);
  const row = (i: number, region: string, power: string): string =>
    `${testUscc(i)},2026Q1,${region},1751,100,${power}`;
  const rows = [
    row(0, '330502', '10'),
    row(1, '330503', '20'),
    row(2, '330502', ''),
    row(3, '330602', '40'),
    `${testUscc(4)},2026Q2,330502,1751,100,10`,
    `${testUscc(5)},2026Q1,330502,1751,abc,10`,
  ];
  await writeFile(
    file('in.csv'),
    ['uscc,period,region_code,industry_code,revenue_10k_cny,carrier_33', ...rows].join('\n'),
  );
  await tanxiao(
    ...['rate', '--rulebook', SMALL, '--input', file('in.csv')],
    ...['--output', file('ratings.csv')],
  );
});
afterAll(() => rm(folder, { recursive: true }));

const rollUp = (...words: string[]) =>
  tanxiao(
    ...['roll-up', file('ratings.csv'), '--rulebook', file('higher.yaml')],
    ...['--period', '2026Q1'],
    ...words,
  );

/** Cells of chosen columns, by row. */
function cellsOf(csv: string, ...names: string[]): string[][] {
  const [header = '', ...rows] = csv.trimEnd().split('\n');
  const at = names.map((name) => header.split(',').indexOf(name));
  return rows.map((row) => at.map((index) => row.split(',')[index] ?? 'no such column'));
}

describe('tanxiao roll-up', () => {
  // 10 and 20 × 4.974 t (electricity of Zhejiang, 10 MWh): the mean of 49.74 and 99.48; one has no electricity and is not rated.
  test('gives a row for each city, of its ratings in the period', async () => {
    const { code, stdout, stderr } = await rollUp();
    expect(code).toBe(0);
    expect(
      cellsOf(stdout, 'local_id', 'period', 'region_code', 'rated_count', 'mean_emissions', 'area'),
    ).toEqual([
      ['330500', '2026Q1', '330500', '2', '74.61', ''],
      ['330600', '2026Q1', '330600', '1', '198.96', ''],
    ]);
    expect(stderr).toContain('rated_count = 2 (2 of 2 rated, 3 in all)');
  });

  test('gives a row for each county, in a file', async () => {
    const { stdout } = await rollUp('--by', 'county', '--output', file('counties.csv'));
    expect(stdout).toBe('');
    const csv = await readFile(file('counties.csv'), 'utf8');
    expect(cellsOf(csv, 'local_id', 'mean_emissions')).toEqual([
      ['330502', '49.74'],
      ['330503', '99.48'],
      ['330602', '198.96'],
    ]);
  });

  test('gives a row for each group that a file of members names', async () => {
    await writeFile(
      file('members.csv'),
      `group,name,region_code,code\npark-1,园区,330500,${testUscc(1)}\npark-1,园区,330500,${testUscc(3)}\n`,
    );
    const { stdout } = await rollUp('--members', file('members.csv'));
    expect(cellsOf(stdout, 'local_id', 'name', 'rated_count', 'mean_emissions')).toEqual([
      ['park-1', '园区', '2', '149.22'],
    ]);
  });

  test('takes what is filled in by hand where no roll-up gives a value, of its own period only', async () => {
    await writeFile(
      file('filled.csv'),
      'local_id,period,area,rated_count\n330500,2026Q1,7,99\n330500,2025Q1,8,\n330600,2025Q1,9,\n',
    );
    const { stdout } = await rollUp('--filled', file('filled.csv'));
    expect(cellsOf(stdout, 'local_id', 'period', 'rated_count', 'area')).toEqual([
      ['330500', '2026Q1', '2', '7'],
      ['330600', '2026Q1', '1', ''],
    ]);
  });

  test('sums what was submitted, of the subject and the period that were rated', async () => {
    await writeFile(
      file('revenue.yaml'),
      HIGHER.replace('of: net_emissions_tco2', 'of: revenue_10k_cny'),
    );
    const words = [
      ...['roll-up', file('ratings.csv'), '--rulebook', file('revenue.yaml')],
      ...['--period', '2026Q1'],
    ];
    const { stdout } = await tanxiao(...words, '--submitted', `${SMALL}=${file('in.csv')}`);
    expect(cellsOf(stdout, 'local_id', 'mean_emissions')).toEqual([
      ['330500', '100'],
      ['330600', '100'],
    ]);
    expect(await tanxiao(...words)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--submitted RULEBOOK=FILE') as string,
    });
    expect(await tanxiao(...words, '--submitted', file('in.csv'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--submitted is written RULEBOOK=FILE') as string,
    });
    expect(await tanxiao(...words, '--filled', file('in.csv'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('lacks the column local_id') as string,
    });
  });

  test('says what is wrong with what it is given', async () => {
    const noRatings = await tanxiao(
      ...['roll-up', file('in.csv'), '--rulebook', file('higher.yaml')],
      ...['--period', '2026Q1'],
    );
    expect(noRatings).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('columns rulebook, outcome are missing') as string,
    });
    const noRollUps = await tanxiao(
      ...['roll-up', file('ratings.csv'), '--rulebook', SMALL],
      ...['--period', '2026Q1'],
    );
    expect(noRollUps).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no input that is rolled up') as string,
    });
    const otherPeriod = await tanxiao(
      ...['roll-up', file('ratings.csv'), '--rulebook', file('higher.yaml')],
      ...['--period', '2025Q1'],
    );
    expect(otherPeriod).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no ratings of period 2025Q1') as string,
    });
    await writeFile(file('other.yaml'), HIGHER.replace('of: net_emissions_tco2', 'of: nothing'));
    const noResult = await tanxiao(
      ...['roll-up', file('ratings.csv'), '--rulebook', file('other.yaml')],
      ...['--period', '2026Q1'],
    );
    expect(noResult).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no result named "nothing"') as string,
    });
  });
});
