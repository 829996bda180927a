/**
 * A stranger's change: the stars of an invented province stand in a YAML file, made of a copy of Hebei's, with other
 * cut-offs, one more veto and a bonus. No line of TypeScript knows of it; all is done as a user does it.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { tanxiao } from './testing/terminal';

const EXAMPLES = path.resolve(__dirname, '../../standards/examples');
const NAME = 'yunling-green-factory-stars-1.0.0';
const RULEBOOK = path.join(EXAMPLES, `${NAME}.yaml`);
const HEBEI = 'hebei-green-factory-stars@1.0.0';

const HEADER =
  'local_id,region_code,industry_code,evaluation_score,provincial_green_factory,environmental_accident,photovoltaic_share';
const FACTORIES = [
  ['bonus-to-five', '86,yes,no,0.2'],
  ['bonus-capped', '84.9999,yes,no,0.9'],
  ['veto', '95,yes,yes,'],
  ['no-statement', '95,yes,,'],
] as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tanxiao-own-rulebook-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function factories(): Promise<string> {
  const file = path.join(folder, 'factories.csv');
  const rows = FACTORIES.map(([id, values]) => `${id},330502,1751,${values}\n`);
  await writeFile(file, `${HEADER}\n${rows.join('')}`);
  return file;
}

describe('a rulebook of one’s own', () => {
  test('has no problem, and its worked examples pass', async () => {
    const checked = await tanxiao('rulebook', 'check', RULEBOOK);
    expect([checked.code, checked.stdout]).toEqual([0, expect.stringContaining('has no problem')]);
    const tested = await tanxiao('rulebook', 'test', RULEBOOK);
    expect([tested.code, tested.stdout]).toEqual([
      0,
      expect.stringContaining('10 of 10 examples pass'),
    ]);
  });

  test('differs from the one it was made of as the examples folder shows', async () => {
    const { code, stdout } = await tanxiao('rulebook', 'diff', HEBEI, RULEBOOK);
    expect(code).toBe(0);
    expect(await readFile(path.join(EXAMPLES, `${NAME}.diff.txt`), 'utf8')).toBe(stdout);
    expect(stdout).toContain('+ added Stars stars · gates[environmental-accident]');
  });

  test('has a form to fill in', async () => {
    const { code, stdout } = await tanxiao(
      ...['template', '--rulebook', RULEBOOK, '--format', 'csv', '--period', '2026'],
    );
    expect(code).toBe(0);
    expect(stdout).toContain('environmental_accident');
    expect(stdout).toContain('photovoltaic_share');
  });

  test('rates: the bonus reaches a cut-off, its cap holds, the veto counts, no statement is no rating', async () => {
    const output = path.join(folder, 'ratings.csv');
    const { code } = await tanxiao(
      ...['rate', '--rulebook', RULEBOOK, '--period', '2026', '--input', await factories()],
      ...['--output', output],
    );
    expect(code).toBe(0);
    const [header, ...rows] = (await readFile(output, 'utf8')).trimEnd().split(/\r?\n/);
    const column = (name: string): number => header!.split(',').indexOf(name);
    const shown = rows.map((row) =>
      ['local_id', 'outcome', 'star_score', 'stars'].map((name) => row.split(',')[column(name)]),
    );
    expect(shown).toEqual([
      ['bonus-to-five', 'rated', '88', '5'],
      ['bonus-capped', 'rated', '88', '4'],
      ['veto', 'rated', '95', 'none'],
      ['no-statement', 'not-rated', '95', ''],
    ]);
  });

  test('is explained with its own clauses, numbers and gates', async () => {
    const words = ['rate', '--rulebook', RULEBOOK, '--period', '2026', '--input'];
    const { stdout } = await tanxiao(...words, await factories(), '--explain', 'bonus-capped');
    expect(stdout).toContain('Stars of green factories in Yunling (invented)');
    expect(stdout).toMatch(/max\(0, min\(3, 9\)\)/);
    expect(stdout).toContain('87.9999');
    const veto = await tanxiao(...words, await factories(), '--explain', 'veto');
    expect(veto.stdout).toContain(
      'no considerable or graver environmental accident in the year (veto)',
    );
  });

  test('that has a mistake is refused with its line, whatever the command', async () => {
    const file = path.join(folder, 'slip.yaml');
    const text = await readFile(RULEBOOK, 'utf8');
    await writeFile(file, text.replace('atLeast: five_star_score', 'atLeast: five_star_scores'));
    for (const words of [
      ['rate', '--rulebook', file, '--input', await factories()],
      ['template', '--rulebook', file],
    ]) {
      const { code, stderr } = await tanxiao(...words);
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/slip\.yaml:\d+:\d+ .*five_star_scores.*five_star_score/),
      ]);
    }
  });
});
