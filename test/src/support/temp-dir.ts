/** Temporary folders for tests, and their certain end. */
import { realpathSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TempDir {
  path: string;
  remove(): Promise<void>;
}

/** @param name appears in the folder's name, so that a forgotten one tells who made it */
export async function makeTempDir(name = 'test'): Promise<TempDir> {
  const path = await mkdtemp(join(realpathSync(tmpdir()), `tanxiao-${name}-`));
  return {
    path,
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }),
  };
}
