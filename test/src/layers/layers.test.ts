import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { makeTempDir, type TempDir } from '../support';

const CHECK = path.resolve(__dirname, '../../../infra/layers/check.mjs');

let folder: TempDir;
beforeEach(async () => {
  folder = await makeTempDir('layers');
});
afterEach(() => folder.remove());

/** A tree of two packages, `low` ← `high`, with the given files. */
function check(files: Record<string, string>): { status: number | null; output: string } {
  const tree: Record<string, string> = {
    'package.json': '{}',
    'infra/layers/arrows.json': JSON.stringify({ 'packages/low': [], 'packages/high': ['low'] }),
    'packages/low/package.json': '{"name":"@tanxiao/low"}',
    'packages/high/package.json': '{"name":"@tanxiao/high","dependencies":{"@tanxiao/low":"1"}}',
    ...files,
  };
  for (const [name, text] of Object.entries(tree)) {
    mkdirSync(path.dirname(path.join(folder.path, name)), { recursive: true });
    writeFileSync(path.join(folder.path, name), text);
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHECK, '--root', folder.path], {
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

test('an import along the arrows passes', () => {
  expect(check({ 'packages/high/src/a.ts': "import '@tanxiao/low';" })).toMatchObject({
    status: 0,
  });
});

test.each([
  [
    'against the arrows',
    { 'packages/low/src/a.ts': "import { x } from '@tanxiao/high';" },
    'may not import @tanxiao/high',
  ],
  [
    'of types against the arrows',
    { 'packages/low/src/a.ts': "import type { X } from '@tanxiao/high';" },
    'may not import',
  ],
  [
    'into another package’s files',
    { 'packages/high/src/a.ts': "import '@tanxiao/low/dist/x';" },
    'by its name only',
  ],
  [
    'by path into another package',
    { 'packages/high/src/a.ts': "import '../../low/src/x';" },
    'by path',
  ],
  [
    'of a package that is not declared',
    { 'packages/low/src/a.ts': "import 'express';" },
    'not declared',
  ],
  [
    'of a package that is declared for tests only',
    {
      'packages/low/package.json': '{"name":"@tanxiao/low","devDependencies":{"express":"1.0.0"}}',
      'packages/low/src/a.test.ts': "import 'express';",
      'packages/low/src/a.ts': "import 'express';",
    },
    'low/src/a.ts: express is not declared',
  ],
  [
    'in a circle',
    {
      'packages/low/src/a.ts': "import './b';",
      'packages/low/src/b.ts': "import './c';",
      'packages/low/src/c.ts': "export * from './a';",
    },
    'a circle of imports',
  ],
])('an import %s fails', (_, files, message) => {
  const { status, output } = check(files);
  expect(status).toBe(1);
  expect(output).toContain(message);
});
