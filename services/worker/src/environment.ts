/** The process's settings from its environment, or sentences in both languages that say what to mend. */
import {
  databaseUrlVariable,
  type LOG_LEVELS,
  logLevelVariable,
  preparedStatementsVariable,
  readVariables,
  wholeNumberVariable,
} from '@tanxiao/contracts';
import { z } from 'zod';

export interface Environment {
  readonly databaseUrl: string;
  /** Null: the queue stands in PostgreSQL too. */
  readonly redisUrl: string | null;
  /** Parts several installations on one Redis. */
  readonly redisPrefix: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Connections to the database at most, the queue's not counted. */
  readonly databaseConnections: number;
  /** Let the database keep the plans of frequent statements. */
  readonly preparedStatements: boolean;
  /** Rate jobs at once. */
  readonly rateConcurrency: number;
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
  PREPARED_STATEMENTS: preparedStatementsVariable,
  RATE_CONCURRENCY: wholeNumberVariable('RATE_CONCURRENCY', 1, 32).default(2),
});

/** @throws EnvironmentError */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): Environment {
  const data = readVariables(environmentSchema, variables);
  return {
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL ?? null,
    redisPrefix: data.REDIS_PREFIX,
    logLevel: data.LOG_LEVEL,
    databaseConnections: data.DATABASE_CONNECTIONS,
    preparedStatements: data.PREPARED_STATEMENTS,
    rateConcurrency: data.RATE_CONCURRENCY,
  };
}
