/** What `npm start` reads from the environment, or one sentence a mistake, in both languages. */
import { resolve } from 'node:path';

export interface Settings {
  /** A PostgreSQL server of the operator's own; null: the embedded one. */
  readonly databaseUrl: string | null;
  /** A Redis server for the queue; null: the queue stands in PostgreSQL. */
  readonly redisUrl: string | null;
  /** The port asked for; null: 8338 where it is free, else any free one. */
  readonly port: number | null;
  /** Keeps the embedded database and what tells other commands where the server is. */
  readonly dataFolder: string;
  readonly logLevel: string;
  /** Of the worker's metrics and health; checked by the worker. */
  readonly workerHttpPort: string;
}

export class SettingsError extends Error {}

export function readSettings(
  variables: Readonly<Record<string, string | undefined>>,
  repository: string,
): Settings {
  /** Empty counts as not set. */
  const of = (name: string): string | null => {
    const value = variables[name]?.trim() ?? '';
    return value === '' ? null : value;
  };
  const databaseUrl = of('DATABASE_URL');
  if (databaseUrl !== null && !/^postgres(ql)?:\/\/./.test(databaseUrl)) {
    throw new SettingsError(
      'DATABASE_URL 应以 postgres:// 开头，例如 postgres://用户:口令@主机:5432/库名；不设置则用内置数据库。\n' +
        'DATABASE_URL must start with postgres://, as in postgres://user:password@host:5432/database; leave it unset for the embedded database.',
    );
  }
  const redisUrl = of('REDIS_URL');
  if (redisUrl !== null && !/^rediss?:\/\/./.test(redisUrl)) {
    throw new SettingsError(
      'REDIS_URL 应以 redis:// 或 rediss:// 开头；不设置则队列放在 PostgreSQL 中。\n' +
        'REDIS_URL must start with redis:// or rediss://; leave it unset to queue in PostgreSQL.',
    );
  }
  const portText = of('PORT');
  const port = portText === null ? null : Number(portText);
  if (port !== null && !(Number.isInteger(port) && port >= 1 && port <= 65535)) {
    throw new SettingsError(
      `PORT 应为 1 至 65535 的整数，实为“${portText}”；不设置则自动选择空闲端口。\n` +
        `PORT must be an integer from 1 to 65535, found "${portText}"; leave it unset to take a free one.`,
    );
  }
  return {
    databaseUrl,
    redisUrl,
    port,
    dataFolder: resolve(of('TANXIAO_DATA') ?? resolve(repository, '.tanxiao')),
    logLevel: of('LOG_LEVEL') ?? 'warn',
    workerHttpPort: of('WORKER_HTTP_PORT') ?? '0',
  };
}
