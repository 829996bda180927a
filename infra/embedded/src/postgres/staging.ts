/**
 * Folders outside the checkout, for what the account of the server cannot reach inside it: a copy
 * of the programs and, as root, the data.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { type Account, canReach, nullIfMissing } from './account';
import { DataFolderUnreachableError, UntrustedFolderError } from './errors';

/** Programs may be copied anew at any time, so a folder that the system cleans at times will do. */
export const PROGRAM_STAGING = '/var/tmp';
/** Data may not: systemd deletes files under /var/tmp that nobody has touched for 30 days. */
export const DATA_STAGING = '/var/lib/tanxiao';

/**
 * Creates the folder if need be and makes sure that it is ours alone to write: in a place like
 * /var/tmp anybody could have put one there before us, with programs of his own in it.
 */
export async function ensureTrustedFolder(path: string, mode: number): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first !== undefined) await openCreatedFolders(first, path, mode);
  const found = await lstat(path);
  const mine = process.getuid === undefined || found.uid === process.getuid();
  const closed = process.platform === 'win32' || (found.mode & 0o022) === 0;
  if (!found.isDirectory() || !mine || !closed) throw new UntrustedFolderError(path);
}

/** mkdir's mode is cut by the umask (077 on hardened machines), hence the explicit chmod. */
async function openCreatedFolders(first: string, last: string, mode: number): Promise<void> {
  for (let folder = last; ; folder = dirname(folder)) {
    await chmod(folder, mode);
    if (folder === first || folder === dirname(folder)) return;
  }
}

/**
 * Copies a tree, readable for all, file by file: each lands under its name by rename, and only
 * where it is missing or cut short. So any number of starters may do this at once, a killed one
 * does no harm, and a copy that a cleaner of temporary files has nibbled at is made whole again.
 *
 * @returns how many files were copied; 0 when the copy was complete (20 ms for 1,000 files).
 */
export async function copyForAccount(source: string, target: string): Promise<number> {
  await mkdir(target, { recursive: true });
  await chmod(target, 0o755);
  let copied = 0;
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const from = join(source, entry.name);
    const to = join(target, entry.name);
    if (entry.isDirectory()) copied += await copyForAccount(from, to);
    else if (entry.isFile()) copied += await copyIfMissing(from, to);
    // Links are left out: they are created from the package's list.
  }
  return copied;
}

async function copyIfMissing(from: string, to: string): Promise<0 | 1> {
  const { size, mode } = await stat(from);
  const present = await stat(to).catch(nullIfMissing);
  if (present?.size === size) return 0;
  const part = `${to}.${randomBytes(6).toString('hex')}.part`;
  await copyFile(from, part);
  await chmod(part, mode & 0o100 ? 0o755 : 0o644);
  await rename(part, to);
  return 1;
}

/** Written into the requested folder when the data had to be put elsewhere. */
interface MovedNote {
  dataDir: string;
  requested: string;
}

const NOTE = 'moved-to.json';

export interface DataPlace {
  /** The folder that really holds cluster, password, lock and log. */
  folder: string;
  moved: boolean;
}

/**
 * Where the data of the requested folder lie. As an ordinary user: there. As root: there if the
 * account of the server can get there, else under `stagingDir` by a name made from the requested
 * path, which a second start finds again.
 */
export async function placeData(
  requested: string,
  account: Account | null,
  stagingDir: string,
): Promise<DataPlace> {
  const first = await mkdir(requested, { recursive: true });
  if (account === null) return { folder: await realpath(requested), moved: false };
  if (first !== undefined) await openCreatedFolders(first, requested, 0o711);
  const real = await realpath(requested);
  if (await canReach(real, account, ['enter'])) return { folder: real, moved: false };
  if ((await stat(join(real, 'cluster')).catch(nullIfMissing)) !== null) {
    throw new DataFolderUnreachableError(real, account.uid);
  }
  const folder = await movedFolder(real, stagingDir);
  await ensureTrustedFolder(folder, 0o711);
  const note: MovedNote = { dataDir: folder, requested: real };
  await writeFile(join(real, NOTE), `${JSON.stringify(note, null, 2)}\n`);
  return { folder, moved: true };
}

/** A checkout that was moved (the old path is gone) takes its data along; a copied one does not. */
async function movedFolder(real: string, stagingDir: string): Promise<string> {
  const text = await readFile(join(real, NOTE), 'utf8').catch(nullIfMissing);
  if (text !== null) {
    const note = JSON.parse(text) as MovedNote;
    const original = await stat(note.requested).catch(nullIfMissing);
    if (note.requested === real || original === null) return note.dataDir;
  }
  const hash = createHash('sha256').update(real).digest('hex').slice(0, 12);
  const name = basename(real).replace(/[^A-Za-z0-9_-]/g, '') || 'data';
  return join(stagingDir, `${name}-${hash}`);
}

/** The account that the data moved away belong to must be looked up before `placeData`. */
export async function likelyCluster(requested: string): Promise<string> {
  const text = await readFile(join(requested, NOTE), 'utf8').catch(nullIfMissing);
  const inPlace = join(requested, 'cluster');
  if (text === null || (await stat(inPlace).catch(nullIfMissing)) !== null) return inPlace;
  return join((JSON.parse(text) as MovedNote).dataDir, 'cluster');
}
