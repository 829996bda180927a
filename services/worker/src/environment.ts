/** The process's settings from its environment, or sentences in both languages that say what to mend. */
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
  /** Rate jobs at once. */
  readonly rateConcurrency: number;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Message: Chinese, a line break, English. */
const whole = (name: string, from: number, to: number) => {
  const message = `${name} 应为 ${from} 至 ${to} 的整数\n${name} must be an integer from ${from} to ${to}`;
  return z.coerce.number(message).int(message).min(from, message).max(to, message);
};

const environmentSchema = z.object({
  DATABASE_URL: z
    .string(
      'DATABASE_URL 未设置：应为 postgres://用户:口令@主机:端口/库名\nDATABASE_URL is not set: it must be postgres://user:password@host:port/database',
    )
    .regex(
      /^postgres(?:ql)?:\/\//,
      'DATABASE_URL 应以 postgres:// 开头\nDATABASE_URL must start with postgres://',
    ),
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
  LOG_LEVEL: z
    .enum(
      LOG_LEVELS,
      `LOG_LEVEL 应为 ${LOG_LEVELS.join('、')} 之一\nLOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`,
    )
    .default('info'),
  DATABASE_CONNECTIONS: whole('DATABASE_CONNECTIONS', 4, 200).default(10),
  RATE_CONCURRENCY: whole('RATE_CONCURRENCY', 1, 32).default(2),
});

/** What is wrong with the environment: one sentence a line in Chinese, then the same in English. */
export class EnvironmentError extends Error {
  constructor(messages: readonly string[]) {
    const inLine = (line: number): string[] =>
      messages.map((message) => message.split('\n')[line] ?? message);
    super([...inLine(0), ...inLine(1)].join('\n'));
    this.name = 'EnvironmentError';
  }
}

/** Empty variables count as not set. @throws EnvironmentError */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): Environment {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const reading = environmentSchema.safeParse(given);
  if (!reading.success)
    throw new EnvironmentError(reading.error.issues.map(({ message }) => message));
  const { data } = reading;
  return {
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL ?? null,
    redisPrefix: data.REDIS_PREFIX,
    logLevel: data.LOG_LEVEL,
    databaseConnections: data.DATABASE_CONNECTIONS,
    rateConcurrency: data.RATE_CONCURRENCY,
  };
}
