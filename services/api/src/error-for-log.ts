/** An error in the log: what a developer needs. The driver's errors carry their whole client, with its settings. */
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
