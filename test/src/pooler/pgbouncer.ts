/** A PgBouncer in front of a test's database, with the settings that compose and Kubernetes use. */
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from 'pg';

import { freePort, makeTempDir } from '../support';

const SETTINGS = path.resolve(__dirname, '../../../infra/pgbouncer/pgbouncer.ini');
/** Debian's nobody: PgBouncer refuses to run as root. */
const NOBODY = 65534;
const START_MS = 10_000;

export interface Pooler {
  readonly url: string;
  /** As it understood them, defaults included. */
  readonly settings: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Only addresses and sizes are the test's; later lines of a file win over earlier ones. */
function settingsFor(database: URL, port: number, folder: string): string {
  const deployed = readFileSync(SETTINGS, 'utf8');
  const shared = deployed.slice(deployed.indexOf('[pgbouncer]'));
  const name = database.pathname.slice(1);
  return [
    '[databases]',
    `${name} = host=${database.hostname} port=${database.port} dbname=${name}`,
    shared,
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    `auth_file = ${folder}/userlist.txt`,
    `stats_users = ${decodeURIComponent(database.username)}`,
    // Two connections that everybody shares: what one session leaves behind, another would meet at once.
    'default_pool_size = 2',
    'reserve_pool_size = 0',
    '',
  ].join('\n');
}

export async function startPgbouncer(program: string, databaseUrl: string): Promise<Pooler> {
  const folder = await makeTempDir('pgbouncer');
  const port = await freePort();
  const database = new URL(databaseUrl);
  const settings = path.join(folder.path, 'pgbouncer.ini');
  const users = path.join(folder.path, 'userlist.txt');
  writeFileSync(settings, settingsFor(database, port, folder.path));
  const [user, password] = [database.username, database.password].map(decodeURIComponent);
  writeFileSync(users, `"${user}" "${password}"\n`);
  const root = process.getuid?.() === 0;
  if (root) {
    chmodSync(folder.path, 0o755);
    for (const file of [settings, users]) chownSync(file, NOBODY, NOBODY);
  }
  const child = spawn(program, [settings], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(root ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString('utf8')));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = new URL(databaseUrl);
  url.port = String(port);
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    await folder.remove();
  };
  const deadline = Date.now() + START_MS;
  while (!(await answers(url.href))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`${program} did not start: ${log.slice(-500)}`);
    }
    await sleep(50);
  }
  return { url: url.href, settings: await shownSettings(url), stop };
}

async function shownSettings(pooler: URL): Promise<Record<string, string>> {
  const url = new URL(pooler);
  url.pathname = '/pgbouncer';
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    const { rows } = await client.query<{ key: string; value: string }>('SHOW CONFIG');
    return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
  } finally {
    await client.end();
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
