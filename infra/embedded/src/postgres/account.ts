/**
 * PostgreSQL refuses to run as root. So as root the server runs under an account that exists
 * already (none is created), and this file answers which one, and where that account can get to.
 */
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import { NoServerAccountError } from './errors';

export interface Account {
  uid: number;
  gid: number;
}

export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The account for the server: null (ourselves) unless we are root; as root the owner of the data
 * if they exist, so that `sudo npm start` on a user's checkout goes on working in place, else
 * `postgres`, else `nobody`.
 */
export async function serverAccount(cluster: string): Promise<Account | null> {
  if (!runsAsRoot()) return null;
  const existing = await stat(cluster).catch(nullIfMissing);
  if (existing !== null && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  const passwd = await readFile('/etc/passwd', 'utf8').catch(nullIfMissing);
  const found = accountIn(passwd ?? '', 'postgres') ?? accountIn(passwd ?? '', 'nobody');
  if (found === null) throw new NoServerAccountError();
  return found;
}

/** The numbers of one account in the text of /etc/passwd. On macOS those of `nobody` are -2. */
export function accountIn(passwd: string, name: string): Account | null {
  for (const line of passwd.split('\n')) {
    const [login, , uid, gid] = line.split(':');
    if (login === name && uid !== undefined && gid !== undefined && Number(uid) !== 0) {
      return { uid: Number(uid), gid: Number(gid) };
    }
  }
  return null;
}

type Right = 'read' | 'enter';

/**
 * Whether the account has the rights on the path and may pass through all folders above it. Read
 * from the mode bits: trying it out would need a program that the account can reach, and that is
 * the question. Access lists (ACL) are not looked at.
 */
export async function canReach(path: string, account: Account, rights: Right[]): Promise<boolean> {
  const real = await realpath(path);
  if (!(await allows(real, account, rights))) return false;
  for (let folder = dirname(real); ; folder = dirname(folder)) {
    if (!(await allows(folder, account, ['enter']))) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function allows(path: string, account: Account, rights: Right[]): Promise<boolean> {
  const { uid, gid, mode } = await stat(path);
  // Children are spawned without supplementary groups, so only the primary one counts.
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  const bits = (mode >> shift) & 0o7;
  return rights.every((right) => (bits & (right === 'read' ? 0o4 : 0o1)) !== 0);
}

/** For `.catch()`: a missing file is null, any other trouble stays trouble. */
export function nullIfMissing(error: unknown): null {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return null;
  throw error;
}
