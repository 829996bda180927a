/** The API's settings from its environment, or one sentence in both languages that says what to mend. */
import {
  type DatabasePooler,
  databasePoolerVariable,
  databaseUrlVariable,
  isLoopback,
  keepsPreparedStatements,
  type LOG_LEVELS,
  logLevelVariable,
  preparedStatementsVariable,
  readVariables,
  wholeNumberVariable,
} from '@tanxiao/contracts';
import { z } from 'zod';

import { type BacklogLimits, DEFAULT_BACKLOG_LIMITS } from './http/backlog';

export interface Environment {
  readonly databaseUrl: string;
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Where the port is taken: end with a sentence, or take any free one. */
  readonly portTaken: 'fail' | 'any';
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Connections to the database at most. */
  readonly databaseConnections: number;
  readonly databasePooler: DatabasePooler;
  /** Let the database keep the plans of frequent statements. */
  readonly preparedStatements: boolean;
  readonly backlogLimits: BacklogLimits;
}

const environmentSchema = z.object({
  DATABASE_URL: databaseUrlVariable,
  HOST: z
    .string()
    .default('127.0.0.1')
    .refine(
      isLoopback,
      'HOST 只能是本机地址（127.0.0.1、::1 或 localhost）：在账户功能完成之前，本服务不对其他机器开放\nHOST must be a loopback address (127.0.0.1, ::1 or localhost): until accounts exist this service is not opened to other machines',
    ),
  PORT: wholeNumberVariable('PORT', 0, 65535).default(0),
  PORT_TAKEN: z
    .enum(
      ['fail', 'any'],
      'PORT_TAKEN 应为 fail 或 any：端口被占用时报错退出，或改用任一空闲端口\nPORT_TAKEN must be fail or any: where the port is taken, end with an error or take any free one',
    )
    .default('fail'),
  LOG_LEVEL: logLevelVariable,
  DATABASE_CONNECTIONS: wholeNumberVariable('DATABASE_CONNECTIONS', 2, 200).default(10),
  DATABASE_POOLER: databasePoolerVariable,
  PREPARED_STATEMENTS: preparedStatementsVariable,
  BACKLOG_LIMIT: wholeNumberVariable('BACKLOG_LIMIT', 1, 100_000_000).default(
    DEFAULT_BACKLOG_LIMITS.submissions,
  ),
  UPLOAD_BACKLOG_LIMIT: wholeNumberVariable('UPLOAD_BACKLOG_LIMIT', 1, 1_000_000).default(
    DEFAULT_BACKLOG_LIMITS.uploads,
  ),
});

/** Every variable that the API reads. */
export const ENVIRONMENT_VARIABLES: readonly string[] = Object.keys(environmentSchema.shape);

/** @throws EnvironmentError */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): Environment {
  const read = readVariables(environmentSchema, variables);
  return {
    databaseUrl: read.DATABASE_URL,
    host: read.HOST,
    port: read.PORT,
    portTaken: read.PORT_TAKEN,
    logLevel: read.LOG_LEVEL,
    databaseConnections: read.DATABASE_CONNECTIONS,
    databasePooler: read.DATABASE_POOLER,
    preparedStatements: keepsPreparedStatements(read),
    backlogLimits: { submissions: read.BACKLOG_LIMIT, uploads: read.UPLOAD_BACKLOG_LIMIT },
  };
}
