/** The process's settings from its environment, or one sentence in both languages that says what to mend. */
import { z } from 'zod';

import { isLoopback } from './http/loopback-only';

export interface Environment {
  readonly databaseUrl: string;
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Connections to the database at most. */
  readonly databaseConnections: number;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Message: Chinese, a line break, English. */
const environmentSchema = z.object({
  DATABASE_URL: z
    .string(
      'DATABASE_URL 未设置：应为 postgres://用户:口令@主机:端口/库名\nDATABASE_URL is not set: it must be postgres://user:password@host:port/database',
    )
    .regex(
      /^postgres(?:ql)?:\/\//,
      'DATABASE_URL 应以 postgres:// 开头\nDATABASE_URL must start with postgres://',
    ),
  HOST: z
    .string()
    .default('127.0.0.1')
    .refine(
      isLoopback,
      'HOST 只能是本机地址（127.0.0.1、::1 或 localhost）：在账户功能完成之前，本服务不对其他机器开放\nHOST must be a loopback address (127.0.0.1, ::1 or localhost): until accounts exist this service is not opened to other machines',
    ),
  PORT: z.coerce
    .number('PORT 应为 0 至 65535 的整数\nPORT must be an integer from 0 to 65535')
    .int('PORT 应为 0 至 65535 的整数\nPORT must be an integer from 0 to 65535')
    .min(0, 'PORT 不得小于 0\nPORT must not be below 0')
    .max(65535, 'PORT 不得大于 65535\nPORT must not be above 65535')
    .default(0),
  LOG_LEVEL: z
    .enum(
      LOG_LEVELS,
      `LOG_LEVEL 应为 ${LOG_LEVELS.join('、')} 之一\nLOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`,
    )
    .default('info'),
  DATABASE_CONNECTIONS: z.coerce
    .number(
      'DATABASE_CONNECTIONS 应为 2 至 200 的整数\nDATABASE_CONNECTIONS must be an integer from 2 to 200',
    )
    .int('DATABASE_CONNECTIONS 应为整数\nDATABASE_CONNECTIONS must be an integer')
    .min(2, 'DATABASE_CONNECTIONS 不得小于 2\nDATABASE_CONNECTIONS must not be below 2')
    .max(200, 'DATABASE_CONNECTIONS 不得大于 200\nDATABASE_CONNECTIONS must not be above 200')
    .default(10),
});

/** What is wrong with the environment, one sentence a line in Chinese, then the same in English. */
export class EnvironmentError extends Error {
  constructor(messages: readonly string[]) {
    const [zh, en] = [0, 1].map((line) => messages.map((message) => message.split('\n')[line]));
    super([...zh!, ...en!].join('\n'));
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
  const { DATABASE_URL, HOST, PORT, LOG_LEVEL, DATABASE_CONNECTIONS } = reading.data;
  return {
    databaseUrl: DATABASE_URL,
    host: HOST,
    port: PORT,
    logLevel: LOG_LEVEL,
    databaseConnections: DATABASE_CONNECTIONS,
  };
}
