/**
 * One living parent per data folder. Node has no flock(), so this is a file that names its holder
 * by pid and start time; a file whose holder is dead is taken over. PostgreSQL's own
 * postmaster.pid stays the last line of defence for the data; this lock gives the clear sentence,
 * and covers initdb and adoption, where there is no postmaster of our own yet.
 */
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { isSameProcess, processStart } from '../process-identity';
import { nullIfMissing } from './account';
import { DataFolderInUseError } from './errors';

interface Holder {
  pid: number;
  started: string | null;
  token: string;
}

export interface DataFolderLock {
  release(): Promise<void>;
}

const FILE = 'parent.lock';
/** A file still empty after this long was left by a process killed between create and write. */
const HALF_WRITTEN_MS = 2000;

export async function lockDataFolder(folder: string): Promise<DataFolderLock> {
  const path = join(folder, FILE);
  const me: Holder = {
    pid: process.pid,
    started: processStart(process.pid),
    token: randomUUID(),
  };
  for (;;) {
    if (await createLock(path, me)) {
      // Someone who judged the file before ours to be stale may be moving ours away just now.
      await sleep(10);
      if ((await readHolder(path))?.token === me.token) return { release: () => release(path, me) };
      continue;
    }
    const holder = await readHolder(path);
    if (holder === null) {
      await removeIfHalfWritten(path);
      await sleep(20);
    } else if (isSameProcess(holder.pid, holder.started)) {
      throw new DataFolderInUseError(folder, holder.pid);
    } else {
      await removeStale(path, holder);
    }
  }
}

async function createLock(path: string, me: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(me), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Null when the file is missing or not written yet. */
async function readHolder(path: string): Promise<Holder | null> {
  const text = await readFile(path, 'utf8').catch(nullIfMissing);
  if (text === null || text === '') return null;
  try {
    return JSON.parse(text) as Holder;
  } catch {
    // Cut short by a kill or a full disk: as good as empty.
    return null;
  }
}

async function removeIfHalfWritten(path: string): Promise<void> {
  const found = await stat(path).catch(nullIfMissing);
  if (found !== null && Date.now() - found.mtimeMs > HALF_WRITTEN_MS)
    await rm(path, { force: true });
}

/**
 * Moves the file away before it is deleted and looks at what was moved: between our look and the
 * move another starter may have replaced it by its own, which is then put back.
 */
async function removeStale(path: string, stale: Holder): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    nullIfMissing(error);
    return;
  }
  const moved = await readHolder(aside);
  if (moved !== null && moved.token !== stale.token) {
    await link(aside, path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
  await rm(aside, { force: true });
}

async function release(path: string, me: Holder): Promise<void> {
  if ((await readHolder(path))?.token === me.token) await rm(path, { force: true });
}
