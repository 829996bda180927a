import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { DryRunView } from '@tanxiao/contracts';
import { loadStandards } from '@tanxiao/standards';

import { tanxiao, testUscc } from '../testing/terminal';

const ID = 'industrial-carbon-efficiency';
const HEADER = 'uscc,name,region_code,industry_code,value_added_10k_cny,carrier_33';
/** K is purchase ÷ 100: 0.6, 1, 1, 1, 1.4; then one that cannot be rated and one that cannot be read. */
const ROWS = [
  ...[60, 100, 100, 100, 140].map((purchase, n) => row(n, `1000,${purchase}`)),
  row(5, '0,100'),
  row(6, '1000,-1'),
];

function row(number: number, values: string): string {
  return `${testUscc(number)},厂${number},330502,1751,${values}`;
}

let folder: string;
const file = (name: string): string => path.join(folder, name);
const write = (name: string, text: string): Promise<void> => writeFile(file(name), text);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tanxiao-dry-run-'));
  const { text } = loadStandards().rulebooks.find(({ id }) => id === ID)!;
  await write('in.csv', [HEADER, ...ROWS].join('\n'));
  await write('draft.yaml', text.replace('value: 1.2,', 'value: 1.5,'));
  await write('broken.yaml', text.replace('of: carbon_efficiency_ratio', 'of: nothing'));
});
afterAll(() => rm(folder, { recursive: true }));

const dryRun = (...words: string[]) =>
  tanxiao('dry-run', '--before', ID, '--input', file('in.csv'), '--period', '2026Q3', ...words);

describe('tanxiao dry-run', () => {
  test('prints who moves from which grade to which, in the language asked for', async () => {
    const english = await dryRun('--after', file('draft.yaml'));
    expect(english.code).toBe(0);
    expect(english.stdout).toMatch(/^grade 4 +0 +0 +1 +0 +0 +0 +1$/m);
    expect(english.stdout).toMatch(/^N1 +0 +0 +0 +0 +0 +1 +1$/m);
    expect(english.stdout).toContain('N1: not rated (value added is zero or negative)');
    expect(english.stdout).toContain('better 1\n');
    expect(english.stdout).toContain('limit changed 1 (alone enough 1)');
    expect(english.stderr).toContain('7 rows read = 6 tried + 1 rejected + 0 of other periods');
    const chinese = await dryRun('--after', file('draft.yaml'), '--lang', 'zh');
    expect(chinese.stdout).toContain('界限变化 1 (单独即足以 1)');
  });

  test('writes the movers with the reason of each, in both languages', async () => {
    const output = file('movers.csv');
    await dryRun('--after', file('draft.yaml'), '--output', output);
    const [header, ...lines] = (await readFile(output, 'utf8')).trimEnd().split('\n');
    const [line] = lines.map((text) => {
      const cells = text.split(',');
      return Object.fromEntries(header!.split(',').map((name, k) => [name, cells[k]]));
    });
    expect(lines).toHaveLength(1);
    expect(line).toMatchObject({
      uscc: testUscc(4),
      name: '厂4',
      movement: 'better',
      grade_before: '4',
      grade_after: '3',
      value_before: '1.4',
      value_after: '1.4',
      benchmark_after: '0.4974',
      peer_size_after: '5',
      causes: 'limit',
      why_zh: '界限变化：3级 ≤ 1.2 → ≤ 1.5',
      why_en: 'limit changed: grade 3 ≤ 1.2 → ≤ 1.5',
    });
  });

  test('the movers’ file has columns for every statistic of both versions', async () => {
    const { text } = loadStandards().rulebooks.find(({ id }) => id === ID)!;
    const median = `peers:
  - { name: median_intensity, title: { zh: 中位, en: Median }, unit: tCO2/10k_cny, statistic: median, of: carbon_intensity, members: value_added_10k_cny > 0, minimumPeers: minimum_peers, source: project, clause: x, missing: { notRated: no-benchmark }, groups: [{ level: all, title: { zh: 全部, en: all }, industryDigits: 0, region: all }] }`;
    await write(
      'median.yaml',
      text.replace('value: 1.2,', 'value: 1.5,').replace('\npeers:', `\n${median}`),
    );
    const output = file('statistics.csv');
    const { stderr } = await dryRun('--after', file('median.yaml'), '--output', output);
    expect(stderr).not.toContain('median.yaml');
    const [header, line] = (await readFile(output, 'utf8'))
      .split('\n')
      .map((one) => one.split(','));
    const cell = (name: string): string => line![header!.indexOf(name)]!;
    expect(cell('median_intensity_after')).not.toBe('');
    expect(cell('median_intensity_peer_size_after')).toBe('5');
    expect(cell('median_intensity_before')).toBe('');
    expect(cell('benchmark_before')).not.toBe('');
  });

  test('as JSON holds the matrix and every mover', async () => {
    const { stdout } = await dryRun('--after', file('draft.yaml'), '--format', 'json');
    const view = JSON.parse(stdout) as DryRunView;
    expect(view).toMatchObject({
      population: 6,
      moversTotal: 1,
      counts: { better: 1, notRated: 1 },
    });
    expect(view.movers.map(({ subject }) => subject.code)).toEqual([testUscc(4)]);
  });

  test('a version against itself moves nobody; a factor set may be exchanged', async () => {
    const same = await dryRun('--after', `${ID}@1.0.0`, '--factor-set', 'cn-industrial@1.0.0');
    expect(same.stdout).toContain('unchanged 5\n');
    expect(same.stdout).not.toContain('causes');
  });

  test('reads inputs that only the version after has', async () => {
    const { text } = loadStandards().rulebooks.find(({ id }) => id === ID)!;
    const input =
      '  - { name: steam_tco2, title: { zh: 蒸汽, en: Steam }, unit: tCO2, missing: { value: 0 } }\nfamilies:';
    await write(
      'steam.yaml',
      text
        .replace('families:', input)
        .replace(
          'formula: net_emissions_tco2 / value',
          'formula: (net_emissions_tco2 + steam_tco2) / value',
        ),
    );
    await write(
      'steam.csv',
      `${HEADER},steam_tco2\n${row(0, '1000,100,0')}\n${row(1, '1000,100,700')}\n`,
    );
    const words = ['--after', file('steam.yaml'), '--input', file('steam.csv'), '--format', 'json'];
    const { stdout } = await tanxiao('dry-run', '--before', ID, '--period', '2026Q3', ...words);
    // L 1.1974 of a benchmark of 0.4974 over both, since net emissions alone are the peers' total.
    expect((JSON.parse(stdout) as DryRunView).movers).toMatchObject([
      {
        name: '厂1',
        before: { value: 1 },
        after: { value: 2.4073 },
        causes: [{ kind: 'formula' }],
      },
    ]);
  });

  test('a document that is not valid is told with every problem’s line and column', async () => {
    const { code, stderr } = await dryRun('--after', file('broken.yaml'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/broken\.yaml:\d+:\d+ unknown-name/);
  });

  test('a file of several periods needs one chosen, and the others are counted', async () => {
    const header = `${HEADER},period`;
    const rows = [`${row(0, '1000,60')},2026Q1`, `${row(0, '1000,60')},2026Q2`];
    await write('two.csv', [header, ...rows].join('\n'));
    const words = [
      'dry-run',
      '--before',
      ID,
      '--after',
      file('draft.yaml'),
      '--input',
      file('two.csv'),
    ];
    const none = await tanxiao(...words);
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('several periods')]);
    const chosen = await tanxiao(...words, '--period', '2026Q2');
    expect(chosen.stderr).toContain('2 rows read = 1 tried + 0 rejected + 1 of other periods');
  });

  test.each([
    [['--after', `${ID}@9.0.0`], 'there is no industrial-carbon-efficiency@9.0.0'],
    [['--after', '/none.yaml'], 'cannot read /none.yaml'],
    [['--after', `${ID}@1.0.0`, '--grading', 'x'], 'not both versions have a grading "x"'],
    [[], '--after is missing'],
  ])('%j is wrong usage: %s', async (words, sentence) => {
    const { code, stderr } = await dryRun(...words);
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
  });
});
