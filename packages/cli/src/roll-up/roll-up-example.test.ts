/** The lines of the README that lead from enterprises to a city, run as a reader would, in their order. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Ran, tanxiao } from '../testing/terminal';

const PACKAGE = path.join(__dirname, '../..');
const EXAMPLE = path.join(PACKAGE, 'examples/roll-up');

let out: string;
let ran: Ran[];

beforeAll(async () => {
  out = await mkdtemp(path.join(tmpdir(), 'tanxiao-example-'));
  const readme = await readFile(path.join(PACKAGE, 'README.md'), 'utf8');
  const lines = readme.split('\n').filter((line) => /^tanxiao .*\$OUT/.test(line));
  ran = [];
  for (const line of lines) {
    const words = line.replaceAll('$IN', EXAMPLE).replaceAll('$OUT', out).split(' ');
    ran.push(await tanxiao(...words.slice(1)));
  }
});
afterAll(() => rm(out, { recursive: true }));

/** Named cells of each row of a file that a line wrote. */
async function cellsOf(file: string, ...names: string[]): Promise<string[][]> {
  const [header = '', ...rows] = (await readFile(path.join(out, file), 'utf8'))
    .trimEnd()
    .split('\n');
  const at = names.map((name) => header.split(',').indexOf(name));
  return rows.map((row) => at.map((index) => row.split(',')[index] ?? 'no such column'));
}

test('every line succeeds', () => {
  expect(ran.map(({ code, stderr }) => (code === 0 ? code : stderr))).toEqual(Array(8).fill(0));
});

// Electricity of Zhejiang: 4.974 t for 10 MWh, so 600 of it (one, two, five) are 2,984.4 t and 300 (six, seven) 1,492.2 t.
test('parks: of three factories two have a star, of two one; emissions and value added are summed', async () => {
  expect(
    await cellsOf(
      'parks-filled.csv',
      ...['local_id', 'name', 'star_factory_share'],
      ...['net_emissions_of_rated_tco2', 'value_added_of_rated_10k_cny'],
    ),
  ).toEqual([
    ['park-east', '示例东园区', '0.6667', '2984.4', '3829'],
    ['park-west', '示例西园区', '0.5', '1492.2', '1671'],
  ]);
});

// 300 and 800 of electricity, less own photovoltaic power; energy counts it (850) at 1.229 tce. The fourth enterprise is not rated.
test('counties: factories, parks and enterprises, the not rated ones only where all count', async () => {
  expect(
    await cellsOf(
      'districts-filled.csv',
      ...['local_id', 'star_factory_share', 'star_park_share', 'net_emissions_of_rated_tco2'],
      ...['energy_of_rated_tce', 'carbon_rated_enterprises'],
    ),
  ).toEqual([
    ['330502', '1', '1', '1492.2', '368.7', '3'],
    ['330521', '0.25', '1', '3979.2', '1044.65', '4'],
  ]);
});

// 5 of 8; 1,100 × 4.974 ÷ 7,000; grades 1 and 2 of 7: one, two, six, eight; 50 of 1,150 own power.
test('the city: shares, L as a ratio of totals, the mean of its districts; the rest by hand', async () => {
  const [city] = await cellsOf(
    'city-filled.csv',
    ...['local_id', 'star_factory_share', 'star_park_share', 'carbon_intensity'],
    ...['good_carbon_grade_share', 'neutralisation_rate', 'good_building_share'],
  );
  expect(city).toEqual(['330500', '0.625', '1', '0.7816', '0.571', '0.0435', '0.3']);
  const scores = (await cellsOf('districts.csv', 'district_score')).flat();
  // Two decimals each: their mean has three, rounded half to even by whole thousandths.
  const thousandths = scores.reduce((sum, score) => sum + Math.round(Number(score) * 100), 0) * 5;
  const [lower, rest] = [Math.floor(thousandths / 10), thousandths % 10];
  const mean = rest > 5 || (rest === 5 && lower % 2 === 1) ? lower + 1 : lower;
  expect(await cellsOf('city-filled.csv', 'district_mean_score')).toEqual([[String(mean / 100)]]);
});

// 8 × 0.225 ÷ 0.5 = 3.6, parks 4, products 2; 6 × (1.6 − 0.7816) ÷ 1 = 4.9104, grades 5, 4 × 0.435 = 1.74.
test('the city is rated from what was rolled up', async () => {
  expect(
    await cellsOf('city.csv', 'outcome', 'green_manufacturing_points', 'carbon_benefit_points'),
  ).toEqual([['rated', '9.6', '11.65']]);
});

test('without what was submitted the roll-up of L is refused, with the remedy', async () => {
  const refused = await tanxiao(
    ...['roll-up', path.join(out, 'enterprises.csv'), '--period', '2025'],
    ...['--rulebook', 'city-green-development-index'],
  );
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toContain('carbon_intensity: a rating has no result named');
  expect(refused.stderr).toContain('--submitted RULEBOOK=FILE');
});
