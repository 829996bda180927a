import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { rulebookFiles } from '@tanxiao/standards';

import { tanxiao } from '../testing/terminal';
import type { Overviews } from './overview-text';

const PAGE = path.resolve(__dirname, '../../../standards/RULEBOOKS.md');
const HEBEI = rulebookFiles().find(({ id }) => id === 'hebei-green-factory-stars')!;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tanxiao-overview-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function overviewsOf(...files: readonly string[]): Promise<Overviews> {
  const { stdout } = await tanxiao('rulebook', 'overview', '--format', 'json', ...files);
  return JSON.parse(stdout) as Overviews;
}

describe('tanxiao rulebook overview', () => {
  test('the page in packages/standards tells of the rulebooks as they ship', async () => {
    const { code, stdout } = await tanxiao('rulebook', 'overview', '--format', 'markdown');
    expect(code).toBe(0);
    // To write it anew: tanxiao rulebook overview --format markdown --output packages/standards/RULEBOOKS.md
    expect(await readFile(PAGE, 'utf8')).toBe(stdout);
  });

  test('every rulebook that ships has eight examples or more, and all of them pass', async () => {
    const { rulebooks } = await overviewsOf();
    expect(rulebooks).toHaveLength(rulebookFiles().length);
    for (const { id, examples, failing } of rulebooks) {
      expect({ id, failing, enough: examples >= 8 }).toEqual({ id, failing: [], enough: true });
    }
  });

  test('a changed number counts by its status, a new shape is named', async () => {
    const [before] = (await overviewsOf(HEBEI.path)).rulebooks;
    const file = path.join(folder, 'changed.yaml');
    const changed = HEBEI.text.replace(
      /\{ from: "2025-01-01", value: 60,.*?\}/s,
      (whole) =>
        `${whole}, ${whole.replace('2025-01-01', '2027-01-01').replace('status: reported', 'status: assumed')}`,
    );
    await writeFile(file, changed);
    const [after] = (await overviewsOf(file)).rulebooks;
    expect(after?.numbers).toEqual({
      ...before!.numbers,
      assumed: before!.numbers.assumed + 1,
    });
    const added = after?.shapes.filter(
      ({ code }) => !before?.shapes.some((one) => one.code === code),
    );
    expect(added?.map(({ title }) => title.en)).toEqual(['numbers that change by date']);
  });

  test('fails where an example fails, and names it', async () => {
    const file = path.join(folder, 'failing.yaml');
    const wrong = HEBEI.text.replace(/gradings: \{ (\w+): "5" \}/, 'gradings: { $1: "3" }');
    expect(wrong).not.toBe(HEBEI.text);
    await writeFile(file, wrong);
    const { code, stderr } = await tanxiao('rulebook', 'overview', file, '--lang', 'en');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining(`${HEBEI.id}@${HEBEI.version}: example fails: `),
    ]);
  });
});
