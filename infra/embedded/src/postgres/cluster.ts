/**
 * The cluster on disk: made by initdb in a temporary folder and renamed when it is complete, so
 * that a kill in the middle leaves nothing that looks like a database.
 */
import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  statfs,
  writeFile,
} from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';

import { type Account, nullIfMissing, runsAsRoot } from './account';
import type { Binaries } from './binaries';
import { DataFolderNotOursError, DataVersionError, explainFailure, NoSpaceError } from './errors';
import { runProgram } from './run-program';

/** A fresh cluster takes 47 MB, its first WAL segments up to 80 MB, and data need room too. */
const SPACE_FOR_NEW_CLUSTER = 256 * 1024 * 1024;
const SUPERUSER = 'postgres';

export interface ClusterPaths {
  /** Holds everything else; ours. */
  folder: string;
  /** PGDATA; belongs to the account of the server. */
  cluster: string;
  passwordFile: string;
  logFile: string;
}

export function clusterPaths(folder: string): ClusterPaths {
  return {
    folder,
    cluster: join(folder, 'cluster'),
    passwordFile: join(folder, 'password'),
    logFile: join(folder, 'server.log'),
  };
}

/** `throwaway` gives up the data on a crash of the machine, for speed: tests only. */
export type Durability = 'safe' | 'throwaway';

/**
 * Creates the cluster unless it exists, and checks that an existing one fits the program.
 *
 * @returns the password of the superuser.
 */
export async function ensureCluster(options: {
  paths: ClusterPaths;
  binaries: Binaries;
  account: Account | null;
  durability: Durability;
}): Promise<string> {
  const { paths, binaries, account, durability } = options;
  await removeUnfinished(paths.folder);
  const version = await readFile(join(paths.cluster, 'PG_VERSION'), 'utf8').catch(
    (error: unknown) => nullIfMissing(notOurs(error, paths.cluster)),
  );
  if (version === null) {
    const password = await ensurePassword(paths.passwordFile);
    await createCluster({ paths, binaries, account, durability, password });
    return password;
  }
  if (version.trim() !== binaries.major) {
    throw new DataVersionError(paths.folder, version.trim(), binaries.major);
  }
  await ensureOwner(paths.cluster, account);
  const known = await readPassword(paths);
  if (known !== null) return known;
  const password = await ensurePassword(paths.passwordFile);
  await resetPassword({ paths, binaries, account, password });
  return password;
}

export async function readPassword(paths: ClusterPaths): Promise<string | null> {
  const text = await readFile(paths.passwordFile, 'utf8').catch((error: unknown) =>
    nullIfMissing(notOurs(error, paths.passwordFile)),
  );
  const password = text?.trim() ?? '';
  return password === '' ? null : password;
}

export function connectionUrl(port: number, password: string): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
}

function notOurs(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'EACCES' || code === 'EPERM' ? new DataFolderNotOursError(path, code) : error;
}

/** Written and synced before initdb reads it: a cluster never exists without its password. */
async function ensurePassword(path: string): Promise<string> {
  const known = await readFile(path, 'utf8').catch(nullIfMissing);
  if (known !== null && known.trim() !== '') return known.trim();
  const password = randomBytes(24).toString('hex');
  const part = `${path}.part`;
  await rm(part, { force: true });
  const file = await open(part, 'wx', 0o600);
  try {
    await file.writeFile(`${password}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
  return password;
}

/** What a start that was killed during initdb left behind; its initdb may be at work still. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('initdb-')) continue;
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

async function createCluster(options: {
  paths: ClusterPaths;
  binaries: Binaries;
  account: Account | null;
  durability: Durability;
  password: string;
}): Promise<void> {
  const { paths, binaries, account, durability, password } = options;
  await ensureSpace(paths.folder);
  const work = join(paths.folder, `initdb-${randomBytes(6).toString('hex')}`);
  const unfinished = join(work, 'cluster');
  const passwordCopy = join(work, 'password');
  try {
    await mkdir(work, { mode: 0o700 });
    await mkdir(unfinished, { mode: 0o700 });
    await writeFile(passwordCopy, `${password}\n`, { mode: 0o600 });
    if (account !== null) {
      for (const path of [work, unfinished, passwordCopy]) {
        await chown(path, account.uid, account.gid);
      }
    }
    const result = await runProgram(
      binaries.initdb,
      initdbArguments(unfinished, passwordCopy, durability),
      { account, cwd: work },
    );
    if (result.code !== 0) {
      const { folder, logFile } = paths;
      throw explainFailure({ program: 'initdb', output: result.output, folder, logFile });
    }
    // A folder without PG_VERSION in its place is no cluster; rename replaces it if it is empty.
    await rename(unfinished, paths.cluster);
    await syncFolder(paths.folder, durability);
  } catch (error) {
    throw asSpaceError(error, paths.folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function asSpaceError(error: unknown, folder: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new NoSpaceError(folder, { zh: '写入失败', en: 'a write failed' });
}

async function ensureSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= SPACE_FOR_NEW_CLUSTER) return;
  const needed = SPACE_FOR_NEW_CLUSTER / 1024 / 1024;
  const free = Math.floor((bavail * bsize) / 1024 / 1024);
  throw new NoSpaceError(folder, {
    zh: `新建数据库至少需要 ${needed} MB，现有 ${free} MB`,
    en: `a new database needs at least ${needed} MB, ${free} MB are free`,
  });
}

/** Makes the rename itself survive a power cut. Windows cannot open folders, nor needs it. */
async function syncFolder(folder: string, durability: Durability): Promise<void> {
  if (durability === 'throwaway' || process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** As root a cluster that root owns (restored by `cp` or `tar`) is given to the server's account. */
async function ensureOwner(cluster: string, account: Account | null): Promise<void> {
  const { uid } = await stat(cluster);
  if (account !== null && uid === 0) {
    await chownTree(cluster, account);
    await chmod(cluster, 0o700);
  } else if (!runsAsRoot() && process.getuid !== undefined && uid !== process.getuid()) {
    throw new DataFolderNotOursError(cluster, `uid ${uid}`);
  }
}

async function chownTree(path: string, account: Account): Promise<void> {
  const found = await lstat(path);
  if (found.isSymbolicLink()) return;
  await chown(path, account.uid, account.gid);
  if (!found.isDirectory()) return;
  for (const name of await readdir(path)) await chownTree(join(path, name), account);
}

/** Settings go to postgresql.conf, where the owner of the data may change them. */
function initdbArguments(cluster: string, passwordFile: string, durability: Durability): string[] {
  const smallMachine = totalmem() < 4 * 1024 ** 3;
  const settings: Record<string, string> = {
    max_connections: '100',
    shared_buffers: smallMachine ? '64MB' : '256MB',
    work_mem: smallMachine ? '4MB' : '16MB',
    maintenance_work_mem: smallMachine ? '64MB' : '128MB',
    // A first import fills empty tables: their statistics should not wait a minute.
    autovacuum_naptime: '10s',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Failures are told apart by their English text, see explainFailure().
    lc_messages: 'C',
    log_line_prefix: '%m [%p] %d ',
    log_checkpoints: 'off',
  };
  if (durability === 'throwaway') {
    Object.assign(settings, { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' });
  }
  return [
    `--pgdata=${cluster}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    // A password even on loopback: any user of the machine can open a connection there.
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=icu',
    '--icu-locale=und',
    '--no-instructions',
    ...(durability === 'throwaway' ? ['--no-sync'] : []),
    ...Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
  ];
}

/** The password file was deleted: set a new password by way of a single-user server. */
async function resetPassword(options: {
  paths: ClusterPaths;
  binaries: Binaries;
  account: Account | null;
  password: string;
}): Promise<void> {
  const { paths, binaries, account, password } = options;
  const args = ['--single', '-D', paths.cluster, '-c', 'exit_on_error=true', 'postgres'];
  const result = await runProgram(binaries.postgres, args, {
    account,
    cwd: paths.cluster,
    input: `ALTER ROLE ${SUPERUSER} PASSWORD '${password}'\n`,
  });
  if (result.code === 0) return;
  // Else the next start would believe the new file.
  await rm(paths.passwordFile, { force: true });
  const { folder, logFile } = paths;
  throw explainFailure({ program: 'postgres --single', output: result.output, folder, logFile });
}
