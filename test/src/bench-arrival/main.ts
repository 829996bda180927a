/**
 * `npm run bench:arrival -- [--redis] [--posts] [--bulk] [--statements] [--seconds N] [--rows N]` (Linux, after `npm run build`): the whole
 * product as `npm start` runs it, on a data folder of its own; how long from POST and from upload to rating. See test/README.md.
 */
import { chmod } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { Client } from 'pg';

import { databaseUrlOf } from '../acceptance/database-of';
import { type Stack, startStack } from '../acceptance/stack';
import { startTestRedis } from '../support/redis';
import { costliestStatements, forgetStatements } from '../support/statement-times';
import { makeTempDir } from '../support/temp-dir';
import { bulkToRated } from './bulk';
import { insertFloor } from './insert-floor';
import { postsToRatings, type Service } from './posts';

const { values } = parseArgs({
  options: {
    redis: { type: 'boolean', default: false },
    posts: { type: 'boolean', default: false },
    bulk: { type: 'boolean', default: false },
    statements: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '10' },
    rows: { type: 'string', default: '100000,200000' },
  },
});

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const load = (): string => os.loadavg()[0]!.toFixed(2);

async function main(): Promise<void> {
  const both = values.posts === values.bulk;
  const folder = await makeTempDir('arrival');
  // The database's account is another one where this runs as root; it keeps its data here and copies floors.
  await chmod(folder.path, 0o777);
  const redis = values.redis ? await startTestRedis() : null;
  if (values.redis && !redis) throw new Error('--redis asks for a redis-server on the PATH');
  const env: Record<string, string> = redis ? { REDIS_URL: redis.url } : {};
  let stack: Stack | null = null;
  try {
    const data = path.join(folder.path, 'data');
    stack = await startedForTiming(data, env);
    const database = new Client({ connectionString: databaseUrlOf(data) });
    await database.connect();
    try {
      await tellSurroundings(database, redis !== null);
      if (values.statements) await forgetStatements(database);
      const service = { url: stack.url, pid: stack.pid, database };
      if (both || values.posts) await benchPosts(service, databaseUrlOf(data));
      if (both || values.bulk) await benchBulk(service, folder.path);
    } finally {
      await database.end();
    }
  } finally {
    await stack?.stop();
    await redis?.stop();
    await folder.remove();
  }
}

/** Commit times are kept only by a server started with the setting. */
async function startedForTiming(data: string, env: Record<string, string>): Promise<Stack> {
  const first = await startStack(data, env);
  try {
    const client = new Client({ connectionString: databaseUrlOf(data) });
    await client.connect();
    await client.query('ALTER SYSTEM SET track_commit_timestamp = on');
    if (values.statements) {
      await client.query(`ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'`);
      await client.query(`ALTER SYSTEM SET pg_stat_statements.track_planning = on`);
    }
    await client.end();
  } finally {
    await first.stop();
  }
  return startStack(data, env);
}

async function tellSurroundings(database: Client, redis: boolean): Promise<void> {
  const cpu = os.cpus()[0]?.model.trim() ?? 'unknown';
  const { rows } = await database.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes',
       'shared_buffers', 'server_version', 'commit_delay', 'max_wal_size') ORDER BY name`,
  );
  say(`${os.cpus().length} × ${cpu}, load ${load()}, Node ${process.version}`);
  say(
    `queue in ${redis ? 'Redis' : 'PostgreSQL'}; ${rows.map(({ name, setting }) => `${name}=${setting}`).join(' ')}`,
  );
}

async function benchPosts(service: Service, databaseUrl: string): Promise<void> {
  const seconds = Number(values.seconds);
  // The first requests compile the service's code and open its connections.
  await postsToRatings(service, {
    connections: 16,
    seconds: 4,
    rate: null,
    first: 1,
    most: 20_000,
  });
  const orders = [
    { title: 'one after the other', connections: 1, rate: null, most: 10_000 },
    { title: '500 a second', connections: 64, rate: 500, most: 500 * seconds + 1 },
    { title: 'closed loop, 64 connections', connections: 64, rate: null, most: 6000 * seconds },
    { title: 'closed loop, 256 connections', connections: 256, rate: null, most: 6000 * seconds },
  ];
  for (const [i, { title, ...order }] of orders.entries()) {
    say(`\n${title} (load ${load()})`);
    const first = 1_000_000 * (i + 1);
    const { lines } = await postsToRatings(service, { ...order, seconds, first });
    for (const line of lines) say(`  ${line}`);
    await tellStatements(service.database);
  }
  for (const connections of [10, 64]) {
    const rate = await insertFloor(databaseUrl, { connections, seconds: 3 });
    say(
      `floor: bare one-row INSERTs, ${connections} connections: ${rate.toFixed(0)}/s (load ${load()})`,
    );
  }
}

async function benchBulk(service: Service, folder: string): Promise<void> {
  for (const [i, rows] of values.rows.split(',').map(Number).entries()) {
    say(`\nbulk CSV (load ${load()})`);
    const first = 5_000_000 + 1_000_000 * i;
    for (const line of await bulkToRated(service, { rows, first, folder })) say(`  ${line}`);
    await tellStatements(service.database);
  }
}

/** Those since the last time. */
async function tellStatements(database: Client): Promise<void> {
  if (!values.statements) return;
  for (const line of await costliestStatements(database)) say(`    ${line}`);
  await forgetStatements(database);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
