/** What Redis must be before a job is trusted to it: reachable, and never evicting keys to make room. */
import { Redis } from 'ioredis';

import { QueueError } from './queue-error';

const CONNECT_TIMEOUT_MS = 5000;

/** The connection options of a Redis address. */
export interface RedisServer {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  readonly tls?: Record<string, never>;
}

/** Reads `redis://[[user]:password@]host[:port][/db]`, or `rediss://` for TLS. */
export function readRedisUrl(text: string): RedisServer {
  const url = URL.canParse(text) ? new URL(text) : null;
  const db = Number(url?.pathname.replace(/^\//, '') ?? '');
  if (!url || !/^rediss?:$/.test(url.protocol) || url.hostname === '' || !Number.isInteger(db))
    throw new QueueError('redis-address', {
      zh: 'REDIS_URL 应为 redis://[用户:密码@]主机[:端口][/库号]（TLS 用 rediss://）',
      en: 'REDIS_URL must read redis://[user:password@]host[:port][/database] (rediss:// for TLS)',
    });
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 6379 : Number(url.port),
    db,
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
  };
}

/** @throws QueueError where Redis cannot be reached or may evict keys. */
export async function assertRedisKeepsJobs(server: RedisServer): Promise<void> {
  // INFO instead of CONFIG GET, which hosted Redis services often refuse.
  const policy = /^maxmemory_policy:(\S+)/m.exec(await memoryInfo(server))?.[1];
  if (policy !== 'noeviction')
    throw new QueueError('redis-evicts', {
      zh: `Redis（${server.host}:${server.port}）的 maxmemory-policy 是“${policy ?? '未知'}”，内存不足时会丢弃任务。请设为 noeviction（CONFIG SET maxmemory-policy noeviction，并写入配置文件）后重新启动`,
      en: `Redis at ${server.host}:${server.port} has maxmemory-policy "${policy ?? 'unknown'}" and would drop jobs when memory runs short. Set it to noeviction (CONFIG SET maxmemory-policy noeviction, and in its configuration file), then start again`,
    });
}

async function memoryInfo(server: RedisServer): Promise<string> {
  const client = new Redis({
    ...server,
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: CONNECT_TIMEOUT_MS,
    disconnectTimeout: 200,
    maxRetriesPerRequest: 0,
    retryStrategy: null,
  });
  // The event tells why (refused, wrong password); the call only says that the connection is closed.
  const causes: Error[] = [];
  client.on('error', (error: Error) => causes.push(error));
  try {
    await client.connect();
    return await client.info('memory');
  } catch (error) {
    const reason = causes[0] ?? error;
    const message = reason instanceof Error ? reason.message : String(reason);
    throw new QueueError(
      'redis-unreachable',
      {
        zh: `无法连接 Redis（${server.host}:${server.port}）：${message}。请核对 REDIS_URL，并确认 Redis 7 已启动`,
        en: `Redis at ${server.host}:${server.port} cannot be reached: ${message}. Check REDIS_URL, and that Redis 7 is running`,
      },
      { cause: reason },
    );
  } finally {
    client.disconnect();
  }
}
