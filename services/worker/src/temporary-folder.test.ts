import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';

import { makeTemporaryFolder } from './temporary-folder';

it('what killed processes left is removed, what running ones use stays', async () => {
  const root = await mkdtemp(join(tmpdir(), 'tanxiao-test-'));
  // Above the largest pid that Linux gives.
  const dead = join(root, '4194305-1');
  await mkdir(dead);
  await writeFile(join(dead, 'upload.xlsx'), 'bytes');
  const first = await makeTemporaryFolder(root);
  const second = await makeTemporaryFolder(root);
  expect(existsSync(dead)).toBe(false);
  expect(existsSync(first)).toBe(true);
  expect(second).not.toBe(first);
  await rm(root, { recursive: true });
});

it('each user has a root of its own, so that two users of one machine can both run', async () => {
  const folder = await makeTemporaryFolder();
  expect(dirname(folder)).toBe(join(tmpdir(), `tanxiao-worker-${userInfo().uid}`));
  await rm(folder, { recursive: true });
});
