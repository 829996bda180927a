/** The promises that the test support makes to the tests of all packages. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from 'pg';

import { createTestDatabase, type DatabaseTemplate } from './database';
import { startTestRedis } from './redis';
import { sharedPath } from './shared-data';
import { makeTempDir } from './temp-dir';

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('createTestDatabase', () => {
  test('a template is prepared once, however many ask at the same time', async () => {
    let prepared = 0;
    const template: DatabaseTemplate = {
      name: `support_${process.pid}`,
      prepareTemplate: async (url) => {
        prepared += 1;
        await query(url, 'create table made (id int)');
      },
    };
    const databases = await Promise.all([1, 2, 3, 4].map(() => createTestDatabase({ template })));
    expect(prepared).toBe(1);
    await query(databases[0]!.url, 'insert into made values (1)');
    expect(await query(databases[1]!.url, 'select * from made')).toEqual([]);
    for (const database of databases) await database.drop();
  });

  test('a template whose preparation failed is made anew by the next that asks', async () => {
    const name = `failing_${process.pid}`;
    const fail = () => Promise.reject(new Error('a broken migration'));
    await expect(createTestDatabase({ template: { name, prepareTemplate: fail } })).rejects.toThrow(
      'a broken migration',
    );
    const work = async (url: string) => {
      await query(url, 'create table made (id int)');
    };
    const database = await createTestDatabase({ template: { name, prepareTemplate: work } });
    expect(await query(database.url, 'select * from made')).toEqual([]);
    await database.drop();
  });

  test('a connection that was left open fails the test that left it, and the database goes', async () => {
    const database = await createTestDatabase();
    const leak = new Client({ connectionString: database.url, application_name: 'leaky' });
    leak.on('error', () => undefined);
    await leak.connect();
    await expect(database.drop()).rejects.toThrow('"leaky"');
    await expect(query(database.url, 'select 1')).rejects.toThrow('does not exist');
  });
});

describe('startTestRedis', () => {
  test('a Redis answers until it is stopped', async () => {
    const redis = await startTestRedis();
    if (redis === null) return;
    const port = Number(new URL(redis.url).port);
    expect(await answers(port)).toBe(true);
    await redis.stop();
    if (process.env.REDIS_URL === undefined) expect(await answers(port)).toBe(false);
  });
});

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

test('the watchdog ends the server and removes its folder when its parent is killed', async () => {
  const outer = await makeTempDir('watchdog');
  const folder = join(outer.path, 'server');
  mkdirSync(folder);
  const pidFile = join(folder, 'server.pid');
  const server = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    stdio: 'ignore',
  });
  const gone = new Promise((resolve) => server.on('exit', resolve));
  writeFileSync(pidFile, `${server.pid!}\n`);
  const dog = JSON.stringify(join(__dirname, 'watchdog-process.cjs'));
  const args = JSON.stringify([String(server.pid), pidFile, folder]);
  const parent: ChildProcess = spawn(
    process.execPath,
    [
      '-e',
      `require('child_process').spawn(process.execPath, [${dog}, ...${args}], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
       setInterval(() => {}, 1000); console.log('up');`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise((resolve) => parent.stdout!.once('data', resolve));
  parent.kill('SIGKILL');
  await gone;
  while (existsSync(folder)) await sleep(20);
  await outer.remove();
});

describe('sharedPath', () => {
  test('finds what is there, and is null with a reason for what is not', async () => {
    const folder = await makeTempDir('shared');
    const before = process.env.TANXIAO_SHARED;
    const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      process.env.TANXIAO_SHARED = folder.path;
      const file = join(folder.path, 'real-data', 'there.csv');
      mkdirSync(dirname(file));
      writeFileSync(file, '');
      expect(sharedPath('real-data/there.csv')).toBe(file);
      expect(sharedPath('real-data/missing.csv')).toBeNull();
      expect(sharedPath('real-data/missing.csv')).toBeNull();
      expect(said).toHaveBeenCalledTimes(1);
    } finally {
      said.mockRestore();
      if (before === undefined) delete process.env.TANXIAO_SHARED;
      else process.env.TANXIAO_SHARED = before;
      await folder.remove();
    }
  });
});
