/** The one kind of log: JSON lines of pino, with the trace's id where there is one, and errors without their baggage. */
import { type Logger, pino } from 'pino';

import { traceIds } from './spans';

/** An error in the log: what a developer needs. The driver's errors carry their client with its settings, and rows. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** SQLSTATE, or the system's code. */
  readonly code?: string;
  readonly cause?: LoggedError;
}

export function errorForLog(error: unknown): LoggedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: String(error), stack: undefined };
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(error.cause === undefined ? {} : { cause: errorForLog(error.cause) }),
  };
}

/** Writes to standard output. `name` tells the processes apart. */
export function createLogger(options: { readonly name: string; readonly level: string }): Logger {
  return pino({ ...options, mixin: traceIds, serializers: { err: errorForLog } });
}
