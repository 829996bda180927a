/**
 * A Redis for the tests of the queue's second backend: REDIS_URL if given, else a `redis-server`
 * found on PATH, without persistence, on a free loopback port; else none, with the reason printed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { findOnPath, freePort } from './programs';
import { makeTempDir } from './temp-dir';
import { watchOver } from './watchdog';

export interface TestRedis {
  url: string;
  /** Ends the server that was started here; leaves one that REDIS_URL named alone. */
  stop(): Promise<void>;
}

const START_MS = 10_000;
let told = false;

export async function startTestRedis(): Promise<TestRedis | null> {
  const given = process.env.REDIS_URL;
  if (given !== undefined && given !== '') return { url: given, stop: () => Promise.resolve() };
  const program = findOnPath('redis-server');
  if (program === null) {
    tellOnce();
    return null;
  }
  const folder = await makeTempDir('redis');
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const port = await freePort();
    const server = await launchRedis({ program, folder: folder.path, port });
    if (server === null) continue;
    let stopped: Promise<void> | null = null;
    const stop = async () => {
      await server.stop();
      await folder.remove();
      server.callOffWatchdog();
    };
    return { url: `redis://127.0.0.1:${port}`, stop: () => (stopped ??= stop()) };
  }
  const log = readFileSync(join(folder.path, 'redis.log'), 'utf8').slice(-500);
  await folder.remove();
  throw new Error(`${program} did not start: ${log}`);
}

function tellOnce(): void {
  if (told) return;
  told = true;
  process.stderr.write(
    '未找到 redis-server，也未设置 REDIS_URL，Redis 相关测试跳过。' +
      'There is no redis-server on PATH and REDIS_URL is not set: tests on Redis are skipped.\n',
  );
}

export interface LaunchedRedis {
  readonly pid: number;
  /** Resolves when it has ended, however. */
  readonly exited: Promise<void>;
  /** SIGTERM, and waits. */
  stop(): Promise<void>;
  /** To be called when the folder is gone, or another server works in it. */
  callOffWatchdog(): void;
}

/** Null when the server ended at once, as it does when somebody else took the port. */
export async function launchRedis(options: {
  readonly program: string;
  readonly folder: string;
  readonly port: number;
  /** Keeps its data in the folder, so that the next server there finds them; default false. */
  readonly appendOnly?: boolean;
}): Promise<LaunchedRedis | null> {
  const { program, folder, port, appendOnly = false } = options;
  const pidFile = join(folder, 'redis.pid');
  const settings: Record<string, string> = {
    port: String(port),
    bind: '127.0.0.1',
    dir: folder,
    pidfile: pidFile,
    logfile: join(folder, 'redis.log'),
    save: '',
    appendonly: appendOnly ? 'yes' : 'no',
    // BullMQ insists on it: an evicted key is a lost job.
    'maxmemory-policy': 'noeviction',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.unref();
  const exited = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
    child.on('error', () => resolve());
  });
  if (!(await answers(port, child, pidFile))) {
    child.kill('SIGKILL');
    return null;
  }
  return {
    pid: child.pid!,
    exited,
    stop: async () => {
      // Where nothing else is awaited, the process that waits for this would end before.
      child.ref();
      child.kill('SIGTERM');
      await exited;
    },
    callOffWatchdog: watchOver({ pid: child.pid!, pidFile, folder }),
  };
}

async function answers(port: number, child: ChildProcess, pidFile: string): Promise<boolean> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && child.exitCode === null && child.pid !== undefined) {
    // The pid file proves that it is ours that answers, not a stranger on the port.
    if (existsSync(pidFile) && (await ping(port))) return true;
    await sleep(20);
  }
  return false;
}

async function ping(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(1000);
    socket.on('connect', () => socket.write('PING\r\n'));
    socket.on('data', (data) => {
      resolve(data.toString().startsWith('+PONG'));
      socket.destroy();
    });
    for (const event of ['error', 'timeout', 'close']) {
      socket.on(event, () => {
        resolve(false);
        socket.destroy();
      });
    }
  });
}
