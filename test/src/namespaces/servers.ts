/** PostgreSQL and Redis, each in the namespace of its host and bound to that host's address alone. */
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { startEmbeddedPostgres } from '@tanxiao/embedded';
import { createPool, migrate } from '@tanxiao/store';
import { Client } from 'pg';

import type { Network } from './network';

const POSTGRES_PORT = 5432;
const REDIS_PORT = 6379;
const START_WITHIN_MS = 20_000;

/**
 * The embedded programs make the cluster; then the server runs in its namespace, under the account that owns the
 * data, since PostgreSQL refuses to run as root. Safe settings but for fsync: nothing here pulls a plug.
 * @returns the address of a migrated database
 */
export async function startPostgres(network: Network, folder: string): Promise<string> {
  const dataDir = path.join(folder, 'postgres');
  const embedded = await startEmbeddedPostgres({ dataDir, durability: 'throwaway' });
  const program = readlinkSync(`/proc/${embedded.pid}/exe`);
  const cluster = path.join(embedded.dataDir, 'cluster');
  const url = new URL(embedded.url);
  await embedded.stop();
  const address = network.address('db');
  appendFileSync(path.join(cluster, 'pg_hba.conf'), `host all all ${address}/24 scram-sha-256\n`);
  const { uid, gid } = statSync(cluster);
  inNamespace(network.namespace('db'), [
    ...['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'],
    ...[program, '-D', cluster, '-p', String(POSTGRES_PORT)],
    ...['-c', `listen_addresses=${address}`, '-c', 'unix_socket_directories='],
    ...['-c', 'synchronous_commit=on'],
  ]);
  url.hostname = address;
  url.port = String(POSTGRES_PORT);
  await until('PostgreSQL answers', () => answersAt(url.href));
  const pool = createPool({ connectionString: url.href, max: 1 });
  await migrate(pool);
  await pool.end();
  return url.href;
}

/** @returns its address */
export async function startRedis(network: Network, folder: string): Promise<string> {
  const address = network.address('redis');
  const settings = {
    port: String(REDIS_PORT),
    bind: address,
    'protected-mode': 'no',
    dir: folder,
    logfile: path.join(folder, 'redis.log'),
    save: '',
    appendonly: 'yes',
    'maxmemory-policy': 'noeviction',
  };
  inNamespace(network.namespace('redis'), [
    'redis-server',
    ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
  ]);
  await until('Redis is ready', () =>
    Promise.resolve(logOf(settings.logfile).includes('Ready to accept connections')),
  );
  return `redis://${address}:${REDIS_PORT}`;
}

/** Ended with its namespace. */
function inNamespace(namespace: string, words: readonly string[]): void {
  spawn('ip', ['netns', 'exec', namespace, ...words], { stdio: 'ignore', detached: true }).unref();
}

async function answersAt(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    // Not yet; `until` says so should it stay like this.
    return false;
  }
}

function logOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + START_WITHIN_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not within ${START_WITHIN_MS / 1000} s: ${what}`);
    await sleep(50);
  }
}
