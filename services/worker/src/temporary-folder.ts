/** A folder for this process's temporary files, and the removal of what killed processes left. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** One a user: nobody can enter another's. */
const ROOT = join(tmpdir(), `tanxiao-worker-${userInfo().uid}`);

/** Makes the folder of this process and removes those of processes that are gone. */
export async function makeTemporaryFolder(root: string = ROOT): Promise<string> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  for (const name of await readdir(root)) {
    const pid = Number(name.split('-')[0]);
    if (!Number.isSafeInteger(pid) || pid <= 0 || !isRunning(pid))
      await rm(join(root, name), { recursive: true, force: true });
  }
  // Several workers of one process (tests) each have their own.
  const folder = join(root, `${process.pid}-${process.hrtime.bigint()}`);
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
