/**
 * The promises of the embedded database, each against real servers. As root every promise is
 * checked twice: for root itself and for an ordinary user (uid nobody), in a child process.
 */
import { spawnSync } from 'node:child_process';
import {
  chmod,
  cp,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from 'pg';

import { isAlive } from '../process-identity';
import {
  compileSources,
  makeFolder,
  NOBODY,
  type ParentProcess,
  removeFolder,
  runParent,
} from '../testing/parent-process';
import { findNativeFolder } from './binaries';
import type { EmbeddedPostgresOptions } from './start';

interface Started {
  url: string;
  pid: number;
  port: number;
  adopted: boolean;
  dataDir: string;
  lines: string[];
  error?: { name: string; zh: string; en: string };
}

/** Starts the database in a Node process that stops it when its input ends. */
const SCRIPT = (options: EmbeddedPostgresOptions) => `
const { startEmbeddedPostgres } = require('./src/postgres');
const lines = [];
startEmbeddedPostgres({ ...${JSON.stringify(options)}, log: (line) => lines.push(line) }).then(
  (database) => {
    const { url, pid, port, adopted, dataDir } = database;
    console.log(JSON.stringify({ url, pid, port, adopted, dataDir, lines }));
    process.stdin.resume().on('end', () => database.stop());
  },
  (error) => {
    console.log(JSON.stringify({ error: { name: error.name, zh: error.zh ?? '', en: error.en ?? String(error.stack) } }));
    process.exitCode = 1;
  },
);`;

let folder: string;
const parents: ParentProcess<Started>[] = [];
const serverPids = new Set<number>();
const isRoot = process.getuid?.() === 0;

beforeEach(async () => {
  folder = await makeFolder('embedded');
  compileSources(folder);
});

afterEach(async () => {
  for (const parent of parents.splice(0)) await end(parent);
  const left = [...serverPids].filter(isAlive);
  for (const pid of left) process.kill(pid, 'SIGQUIT');
  serverPids.clear();
  await removeFolder(folder);
  expect(left).toEqual([]);
});

type StartFunction = (
  options?: Partial<EmbeddedPostgresOptions>,
) => Promise<[Started, ParentProcess<Started>]>;

function starter(user: { uid: number; gid: number } | null): StartFunction {
  return async (options = {}) => {
    const script = SCRIPT({ dataDir: join(folder, 'data'), stagingDir: folder, ...options });
    const parent = runParent<Started>(folder, script, user ?? {});
    parents.push(parent);
    const started = await parent.next();
    if (started.error === undefined) serverPids.add(started.pid);
    return [started, parent];
  };
}

async function end(parent: ParentProcess<Started>): Promise<void> {
  parent.child.stdin?.end();
  await parent.closed;
  expect(parent.errors()).toBe('');
}

async function kill(parent: ParentProcess<Started>): Promise<void> {
  parent.child.kill('SIGKILL');
  await parent.closed;
}

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** With the checkout or Node under a private folder another user cannot run this test's programs. */
function ordinaryUserCanRun(): boolean {
  const look = `require('fs').accessSync(${JSON.stringify(findNativeFolder())})`;
  const found = spawnSync(process.execPath, ['-e', look], { ...NOBODY, cwd: '/' });
  if (found.status === 0) return true;
  process.stderr.write(
    'uid nobody cannot enter the checkout: the tests as an ordinary user are left out\n',
  );
  return false;
}

type User = [string, { uid: number; gid: number } | null];
const ordinary: User[] = isRoot && ordinaryUserCanRun() ? [['as an ordinary user', NOBODY]] : [];
const users: User[] = [[isRoot ? 'as root' : 'as an ordinary user', null], ...ordinary];

describe.each(users)('%s', (_name, user) => {
  const start = starter(user);

  test('a second start finds the data of the first, on a loopback port only', async () => {
    const [first, parent] = await start();
    expect(first).toMatchObject({ adopted: false });
    await ask(first.url, "create table kept as select '碳效' as name");
    await end(parent);
    expect(isAlive(first.pid)).toBe(false);
    const [second] = await start();
    expect(await ask(second.url, 'select name from kept')).toEqual([{ name: '碳效' }]);
    const [settings] = await ask<Record<string, string>>(
      second.url,
      `select current_setting('listen_addresses') as listen, current_setting('unix_socket_directories') as socket,
       current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
       current_setting('server_encoding') as encoding, current_setting('max_connections') as connections,
       (select datlocprovider::text || datlocale from pg_database where datname = 'postgres') as locale`,
    );
    expect(settings).toEqual({
      listen: '127.0.0.1',
      socket: '',
      fsync: 'on',
      commit: 'on',
      encoding: 'UTF8',
      connections: '100',
      locale: 'iund',
    });
  });

  test('nobody gets in without the password, and the password is for its owner only', async () => {
    const [started] = await start();
    const wrong = new URL(started.url);
    wrong.password = 'wrong';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
    const { mode } = await stat(join(started.dataDir, 'password'));
    expect(mode & 0o777).toBe(0o600);
  });

  test('after a SIGKILL of the parent the running server is taken over, with its data', async () => {
    const [first, parent] = await start();
    await ask(first.url, 'create table kept as select 42 as answer');
    await kill(parent);
    expect(isAlive(first.pid)).toBe(true);
    const [second, heir] = await start();
    expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url });
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await end(heir);
    expect(isAlive(first.pid)).toBe(false);
  });

  test('after a SIGKILL of parent and server the next start recovers the data', async () => {
    const [first, parent] = await start();
    await ask(first.url, 'create table kept as select 42 as answer');
    await kill(parent);
    process.kill(first.pid, 'SIGKILL');
    const [second] = await start();
    expect(second).toMatchObject({ adopted: false });
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  test('a stale postmaster.pid whose number now belongs to a stranger fools nobody', async () => {
    const [first, parent] = await start();
    await ask(first.url, 'create table kept as select 42 as answer');
    await kill(parent);
    const file = join(first.dataDir, 'cluster', 'postmaster.pid');
    const lines = (await readFile(file, 'utf8')).split('\n');
    process.kill(first.pid, 'SIGKILL');
    while (isAlive(first.pid)) await sleep(10);
    // A living process of the server's own account: PostgreSQL by itself would refuse to start.
    const stranger = runParent<Started>(
      folder,
      'setInterval(() => {}, 1000)',
      user ?? (isRoot ? { uid: (await stat(file)).uid, gid: 65534 } : {}),
    );
    try {
      await writeFile(file, [String(stranger.child.pid), ...lines.slice(1)].join('\n'));
      const [second] = await start();
      expect(second).toMatchObject({ adopted: false });
      expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
      expect(isAlive(stranger.child.pid!)).toBe(true);
    } finally {
      stranger.child.kill('SIGKILL');
    }
  });

  test('of two starts at once one gets the folder, the other one clear sentence', async () => {
    const both = await Promise.all([start(), start()]);
    const refused = both.map(([started]) => started.error).filter((error) => error !== undefined);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.name).toBe('DataFolderInUseError');
    expect(refused[0]?.zh).toMatch(/正由另一个碳效进程（pid \d+）使用/);
    expect(refused[0]?.en).toMatch(/is in use by another Tanxiao process \(pid \d+\)/);
  });

  test('a start killed during initdb leaves nothing that the next one trips over', async () => {
    const script = SCRIPT({ dataDir: join(folder, 'data'), stagingDir: folder });
    const parent = runParent<Started>(folder, script, user ?? {});
    const dataDir = join(folder, 'data');
    const initdbAtWork = async () =>
      (await readdir(dataDir).catch(() => [])).some((name) => name.startsWith('initdb-'));
    while (!(await initdbAtWork())) await sleep(5);
    await sleep(100);
    await kill(parent);
    const [second] = await start();
    expect(second.error).toBeUndefined();
    expect(await readdir(dataDir)).not.toContainEqual(expect.stringMatching(/^initdb-/));
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a deleted password file is replaced, and the data are still there', async () => {
    const [first, parent] = await start();
    await ask(first.url, 'create table kept as select 42 as answer');
    await end(parent);
    await rm(join(first.dataDir, 'password'));
    const [second] = await start();
    expect(second.url).not.toBe(first.url);
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  test('it starts from programs installed with --ignore-scripts, that is without links', async () => {
    const native = join(folder, 'package', 'native');
    await copyWithoutLinks(native);
    const [started] = await start({ nativeDir: native });
    expect(started.error).toBeUndefined();
    expect(await ask(started.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    if (user !== null) expect(started.lines.join()).toContain(folder);
  });

  test('data written by another major version are refused with a sentence that names both', async () => {
    const [, parent] = await start();
    await end(parent);
    await writeFile(join(folder, 'data', 'cluster', 'PG_VERSION'), '15\n');
    const [second] = await start();
    expect(second.error?.name).toBe('DataVersionError');
    expect(second.error?.en).toContain('written by PostgreSQL 15, but the program is 18');
  });

  test('programs that need another C library are refused with the way out', async () => {
    const native = join(folder, 'package', 'native');
    await mkdir(join(native, 'bin'), { recursive: true });
    await mkdir(join(native, 'lib'));
    await mkdir(join(native, 'share', 'postgresql'), { recursive: true });
    await writeFile(join(native, 'share', 'postgresql', 'postgres.bki'), '');
    for (const program of ['postgres', 'initdb']) {
      const file = join(native, 'bin', program);
      await writeFile(file, '#!/no/such/ld-linux-x86-64.so.2\n', { mode: 0o755 });
    }
    const [started] = await start({ nativeDir: native });
    expect(started.error?.name).toBe('UnsupportedPlatformError');
    expect(started.error?.en).toContain('not glibc');
    expect(started.error?.zh).toContain('Docker');
  });
});

/** The installed programs as `npm ci --ignore-scripts` leaves them. */
async function copyWithoutLinks(native: string): Promise<void> {
  const installed = findNativeFolder();
  const links = JSON.parse(await readFile(join(installed, 'pg-symlinks.json'), 'utf8')) as {
    target: string;
  }[];
  const left = new Set(links.map(({ target }) => join(dirname(installed), target)));
  await cp(installed, native, { recursive: true, filter: (path) => !left.has(path) });
  await cp(join(installed, '..', 'package.json'), join(native, '..', 'package.json'));
  await expect(stat(join(native, 'lib', 'libicui18n.so.60'))).rejects.toThrow('ENOENT');
}

(isRoot ? describe : describe.skip)('as root, under a folder that only root can enter', () => {
  const start = starter(null);

  test('data and programs are put where the server can reach them, and found again', async () => {
    const closed = join(folder, '私人 home');
    await mkdir(closed, { mode: 0o700 });
    const native = join(closed, 'package', 'native');
    await copyWithoutLinks(native);
    const dataDir = join(closed, 'checkout', 'data');
    const [first, parent] = await start({ dataDir, nativeDir: native });
    expect(first.error).toBeUndefined();
    expect(first.dataDir.startsWith(closed)).toBe(false);
    expect(first.lines.join('\n')).toContain(first.dataDir);
    await ask(first.url, 'create table kept as select 42 as answer');
    await end(parent);
    const [second, again] = await start({ dataDir, nativeDir: native });
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await end(again);
    // The checkout moves: its data stay its own. Its copy gets data of its own.
    const moved = join(closed, 'moved');
    await rename(join(closed, 'checkout'), moved);
    const [third, last] = await start({ dataDir: join(moved, 'data'), nativeDir: native });
    expect(third.dataDir).toBe(first.dataDir);
    await end(last);
  });

  test('two first starts at once share one copy of the programs', async () => {
    const closed = join(folder, 'home');
    await mkdir(closed, { mode: 0o700 });
    const native = join(closed, 'package', 'native');
    await copyWithoutLinks(native);
    const both = await Promise.all(
      ['a', 'b'].map((name) => start({ dataDir: join(folder, name), nativeDir: native })),
    );
    for (const [started] of both) {
      expect(started.error).toBeUndefined();
      expect(await ask(started.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    }
  });

  test('a folder that somebody else put in the place of the programs is not trusted', async () => {
    const closed = join(folder, 'home');
    await mkdir(closed, { mode: 0o700 });
    const native = join(closed, 'package', 'native');
    await copyWithoutLinks(native);
    const { version } = JSON.parse(
      await readFile(join(closed, 'package', 'package.json'), 'utf8'),
    ) as { version: string };
    const trap = `tanxiao-postgres-${version}-${process.platform}-${process.arch}-0`;
    await mkdir(join(folder, trap));
    await chmod(join(folder, trap), 0o777);
    const [started] = await start({ nativeDir: native });
    expect(started.error?.name).toBe('UntrustedFolderError');
  });

  (ordinary.length > 0 ? test : test.skip)(
    'data made by an ordinary user stay his when root starts on them',
    async () => {
      const [first, parent] = await starter(NOBODY)();
      await ask(first.url, 'create table kept as select 42 as answer');
      await end(parent);
      const [second] = await start();
      expect(await realpath(second.dataDir)).toBe(await realpath(first.dataDir));
      expect((await stat(`/proc/${second.pid}`)).uid).toBe(NOBODY.uid);
      expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    },
  );
});
