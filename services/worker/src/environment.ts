/** The process's settings from its environment, or sentences in both languages that say what to mend. */
import {
  type DatabasePooler,
  databasePoolerVariable,
  databaseUrlVariable,
  EnvironmentError,
  isLoopback,
  keepsPreparedStatements,
  type LOG_LEVELS,
  logLevelVariable,
  preparedStatementsVariable,
  readVariables,
  wholeNumberVariable,
} from '@tanxiao/contracts';
import { z } from 'zod';

import type { WorkerHttp } from './worker';

export interface Environment {
  readonly databaseUrl: string;
  /** Null: the queue stands in PostgreSQL too. */
  readonly redisUrl: string | null;
  /** Parts several installations on one Redis. */
  readonly redisPrefix: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Connections to the database at most, the queue's not counted. */
  readonly databaseConnections: number;
  readonly databasePooler: DatabasePooler;
  /** Let the database keep the plans of frequent statements. */
  readonly preparedStatements: boolean;
  /** Rate jobs at once. */
  readonly rateConcurrency: number;
  /** Where metrics, health and the page of the queues are served; null: nowhere. */
  readonly http: WorkerHttp | null;
}

const environmentSchema = z.object({
  DATABASE_URL: databaseUrlVariable,
  REDIS_URL: z
    .string()
    .regex(
      /^rediss?:\/\//,
      'REDIS_URL 应以 redis:// 或 rediss:// 开头；不用 Redis 时请勿设置\nREDIS_URL must start with redis:// or rediss://; leave it unset to queue in PostgreSQL',
    )
    .optional(),
  REDIS_PREFIX: z
    .string()
    .regex(
      /^[a-z0-9-]{1,40}$/,
      'REDIS_PREFIX 应为 1—40 个小写字母、数字或 -\nREDIS_PREFIX must be 1 to 40 lower-case letters, digits or -',
    )
    .default('tanxiao'),
  LOG_LEVEL: logLevelVariable,
  DATABASE_CONNECTIONS: wholeNumberVariable('DATABASE_CONNECTIONS', 4, 200).default(10),
  DATABASE_POOLER: databasePoolerVariable,
  PREPARED_STATEMENTS: preparedStatementsVariable,
  RATE_CONCURRENCY: wholeNumberVariable('RATE_CONCURRENCY', 1, 32).default(2),
  WORKER_HTTP_PORT: wholeNumberVariable('WORKER_HTTP_PORT', 0, 65535).optional(),
  WORKER_HTTP_HOST: z.string().default('127.0.0.1'),
  ADMIN_QUEUES: z
    .enum(
      ['on', 'off'],
      'ADMIN_QUEUES 应为 on 或 off：是否提供任务队列页面\nADMIN_QUEUES must be on or off: whether the page of the queues is served',
    )
    .default('off'),
});

/** Every variable that the worker reads. */
export const ENVIRONMENT_VARIABLES: readonly string[] = Object.keys(environmentSchema.shape);

// BullMQ's PostgreSQL backend LISTENs and locks by session, which a pooler of transactions takes from under it.
const workableSchema = environmentSchema.refine(
  ({ DATABASE_POOLER, REDIS_URL }) => DATABASE_POOLER === 'none' || REDIS_URL !== undefined,
  'REDIS_URL 应与 DATABASE_POOLER=transaction 一同设置：任务队列不能经由 PgBouncer 存放在 PostgreSQL 中\nREDIS_URL must be set with DATABASE_POOLER=transaction: the queue cannot stand in PostgreSQL behind a PgBouncer',
);

/** @throws EnvironmentError */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): Environment {
  const data = readVariables(workableSchema, variables);
  return {
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL ?? null,
    redisPrefix: data.REDIS_PREFIX,
    logLevel: data.LOG_LEVEL,
    databaseConnections: data.DATABASE_CONNECTIONS,
    databasePooler: data.DATABASE_POOLER,
    preparedStatements: keepsPreparedStatements(data),
    rateConcurrency: data.RATE_CONCURRENCY,
    http: httpOf(data),
  };
}

function httpOf(data: z.output<typeof environmentSchema>): WorkerHttp | null {
  const { WORKER_HTTP_PORT: port, WORKER_HTTP_HOST: host } = data;
  const adminQueues = data.ADMIN_QUEUES === 'on';
  if (adminQueues && (port === undefined || !isLoopback(host)))
    throw new EnvironmentError([
      'ADMIN_QUEUES=on 需要设置 WORKER_HTTP_PORT，且 WORKER_HTTP_HOST 为本机地址：在账户功能完成之前，任务队列页面不对其他机器开放\n' +
        'ADMIN_QUEUES=on must come with WORKER_HTTP_PORT and a loopback WORKER_HTTP_HOST: until accounts exist the page of the queues is not opened to other machines',
    ]);
  return port === undefined ? null : { host, port, adminQueues };
}
