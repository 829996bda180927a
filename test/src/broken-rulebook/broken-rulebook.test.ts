/**
 * Whoever edits a rulebook in the checkout and slips is told where, by whatever program they start next. Real programs
 * from their sources; the slip is put into what they read, not into the checkout.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { SOURCES } from '../rule-change/source-process';

const ROOT = path.join(__dirname, '..', '..', '..');
const FILE = 'small-enterprise-carbon-efficiency-1.0.0.yaml';
const PROGRAMS: readonly (readonly [string, string, readonly string[]])[] = [
  ['tanxiao', 'packages/cli/src/main.ts', ['rulebooks', '--lang']],
  ['the API', 'services/api/src/main.ts', []],
  ['the worker', 'services/worker/src/main.ts', []],
];
async function started(file: string, words: readonly string[]) {
  const child = spawn(
    process.execPath,
    [
      ...[...SOURCES, '--require', path.join(__dirname, 'break-rulebook.cjs')],
      ...[path.join(ROOT, file), ...words],
    ],
    {
      env: {
        ...process.env,
        BREAK_RULEBOOK: FILE,
        DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const ended = once(child, 'exit');
  const told = await text(child.stderr);
  const [code] = (await ended) as [number];
  return { told, code };
}

describe('a rulebook of the checkout that does not parse', () => {
  test.each(PROGRAMS)(
    'ends %s with file, line, column and remedy in both languages, and no stack',
    async (name, file, words) => {
      const runs =
        name === 'tanxiao'
          ? [await started(file, [...words, 'zh']), await started(file, [...words, 'en'])]
          : [await started(file, [])];
      const told = runs.map((run) => run.told).join('');
      expect(runs.map(({ code }) => code)).toEqual(runs.map(() => 1));
      expect(told).toMatch(new RegExp(`${FILE}:\\d+:\\d+ yaml: not valid YAML: .* To mend it: `));
      expect(told).toMatch(new RegExp(`${FILE}:\\d+:\\d+ yaml：YAML 语法有误.*改法：`));
      expect(told).not.toContain('    at ');
    },
  );
});
