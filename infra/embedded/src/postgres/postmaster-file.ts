/**
 * postmaster.pid, the file by which a running server says who and where it is. It outlives a
 * server that was killed, so nothing in it is believed before the process itself has been looked at.
 */
import { execFileSync } from 'node:child_process';
import { readFile, readlink, realpath, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { isAlive } from '../process-identity';
import { nullIfMissing } from './account';

export interface PostmasterFile {
  pid: number;
  /** Null until the server has written that line. */
  port: number | null;
  /** 'starting', 'stopping', 'ready' or 'standby'; empty until written. */
  status: string;
}

/** Line 1 is the pid, 4 the port, 8 the status (src/include/utils/pidfile.h of PostgreSQL). */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(nullIfMissing);
  if (text === null) return null;
  const lines = text.split('\n');
  // A standalone server (initdb, --single) writes its pid negated.
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  const port = Number.parseInt(lines[3] ?? '', 10);
  if (!Number.isInteger(pid) || pid === 0) return null;
  return { pid, port: Number.isInteger(port) ? port : null, status: (lines[7] ?? '').trim() };
}

/**
 * Whether `pid` runs and is a postgres whose data folder is `cluster`. The server makes its data
 * folder its working directory, which no process that merely got the same number has done.
 */
export async function isPostgresOn(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === 'linux') {
    try {
      const cwd = await readlink(`/proc/${pid}/cwd`);
      // "postgres (deleted)" after the programs were installed anew under the running server.
      const program = basename(await readlink(`/proc/${pid}/exe`));
      return program.startsWith('postgres') && cwd === (await realpath(cluster));
    } catch (error) {
      // EACCES: a process of another account, so not the server of a folder that is ours.
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(code)) return false;
      throw error;
    }
  }
  return commandLine(pid).includes('postgres');
}

function commandLine(pid: number): string {
  const [program, args] =
    process.platform === 'win32'
      ? ['tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']]
      : ['ps', ['-o', 'command=', '-p', String(pid)]];
  try {
    return execFileSync(program, args, { encoding: 'utf8' });
  } catch {
    // `ps` exits with 1 when the process is gone.
    return '';
  }
}

/**
 * Lets the server start although the pid of its dead predecessor now belongs to a stranger of the
 * same account: PostgreSQL would refuse ("lock file already exists"). It accepts the pid of its own
 * parent as stale, so ours is written there; removing the file would also remove line 7, by which it
 * makes sure that no orphaned backend still has the shared memory.
 */
export async function disownPostmasterFile(cluster: string): Promise<void> {
  const path = join(cluster, 'postmaster.pid');
  if (process.platform === 'win32') {
    await rm(path, { force: true });
    return;
  }
  const text = await readFile(path, 'utf8').catch(nullIfMissing);
  // Gone by now: it was the server after all, in the middle of its end.
  if (text === null) return;
  const lines = text.split('\n');
  // Written in place: the file goes on belonging to the account of the server.
  await writeFile(path, [String(process.pid), ...lines.slice(1)].join('\n'));
}
