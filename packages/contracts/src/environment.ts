/**
 * Reading a process's settings from its environment: the variables that several processes share, and the one way
 * in which a mistake is said. A message in a schema is Chinese, a line break, English.
 */
import { z } from 'zod';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** What is wrong with the environment: one sentence a mistake in Chinese, then the same in English. */
export class EnvironmentError extends Error {
  constructor(messages: readonly string[]) {
    const inLine = (line: number): string[] =>
      messages.map((message) => message.split('\n')[line] ?? message);
    super([...inLine(0), ...inLine(1)].join('\n'));
    this.name = 'EnvironmentError';
  }
}

/** A whole number within bounds. */
export function wholeNumberVariable(name: string, from: number, to: number) {
  const message = `${name} 应为 ${from} 至 ${to} 的整数\n${name} must be an integer from ${from} to ${to}`;
  return z.coerce.number(message).int(message).min(from, message).max(to, message);
}

export const databaseUrlVariable = z
  .string(
    'DATABASE_URL 未设置：应为 postgres://用户:口令@主机:端口/库名\nDATABASE_URL is not set: it must be postgres://user:password@host:port/database',
  )
  .regex(
    /^postgres(?:ql)?:\/\//,
    'DATABASE_URL 应以 postgres:// 开头\nDATABASE_URL must start with postgres://',
  );

export const logLevelVariable = z
  .enum(
    LOG_LEVELS,
    `LOG_LEVEL 应为 ${LOG_LEVELS.join('、')} 之一\nLOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`,
  )
  .default('info');

export const DATABASE_POOLERS = ['none', 'transaction'] as const;
/** transaction: between the process and PostgreSQL stands a PgBouncer that lends a connection for a transaction. */
export type DatabasePooler = (typeof DATABASE_POOLERS)[number];

export const databasePoolerVariable = z
  .enum(
    DATABASE_POOLERS,
    'DATABASE_POOLER 应为 none 或 transaction：直接连接数据库，或经由事务池模式的 PgBouncer\nDATABASE_POOLER must be none or transaction: straight to the database, or through a PgBouncer that pools transactions',
  )
  .default('none');

/** Not set: what {@link keepsPreparedStatements} says. */
export const preparedStatementsVariable = z
  .enum(['on', 'off'], 'PREPARED_STATEMENTS 应为 on 或 off\nPREPARED_STATEMENTS must be on or off')
  .optional();

/**
 * Whether the database is to keep the plans of frequent statements: not behind a pooler of transactions, unless asked for
 * (PgBouncer keeps track of them from 1.21 on, with `max_prepared_statements`; an older one, or without, breaks them).
 */
export function keepsPreparedStatements(variables: {
  readonly DATABASE_POOLER: DatabasePooler;
  readonly PREPARED_STATEMENTS?: 'on' | 'off' | undefined;
}): boolean {
  const { DATABASE_POOLER: pooler, PREPARED_STATEMENTS: asked } = variables;
  return asked === undefined ? pooler === 'none' : asked === 'on';
}

/** The variables under a schema; empty ones count as not set. @throws EnvironmentError */
export function readVariables<S extends z.ZodType>(
  schema: S,
  variables: Readonly<Record<string, string | undefined>>,
): z.output<S> {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const reading = schema.safeParse(given);
  if (reading.success) return reading.data;
  throw new EnvironmentError(reading.error.issues.map(({ message }) => message));
}
