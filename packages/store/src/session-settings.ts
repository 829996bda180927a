/**
 * What every session of the product must be set to, and the two ways there: sent when a connection starts, or kept
 * with the role, for connections that a PgBouncer shares out (it neither passes the first on nor keeps a SET).
 */
import type { Queryable } from './connection';

export const STATEMENT_TIMEOUT_MS = 60_000;

/** Setting → value, as PostgreSQL reads them. */
export function sessionSettings(
  statementTimeoutMs: number = STATEMENT_TIMEOUT_MS,
): Readonly<Record<string, string>> {
  return {
    // 15-digit decimals come back as they were.
    extra_float_digits: '1',
    statement_timeout: String(Math.trunc(statementTimeoutMs)),
    idle_in_transaction_session_timeout: '120000',
    // A ranking of 100,000 spent 1.0 of its 1.6 s compiling itself (PostgreSQL 15 with LLVM).
    jit: 'off',
    TimeZone: 'UTC',
  };
}

/**
 * Keeps the settings with the connection's role, for this database only; new sessions have them, open ones don't.
 * A role may do so for itself. Repeating it changes nothing.
 */
export async function keepSessionSettingsWithRole(db: Queryable): Promise<void> {
  const { rows } = await db.query<{ statement: string }>(
    `SELECT format('ALTER ROLE CURRENT_USER IN DATABASE %I SET %I = %L', current_database(), name, value) AS statement
     FROM jsonb_each_text($1) AS setting(name, value)`,
    [JSON.stringify(sessionSettings())],
  );
  for (const { statement } of rows) await db.query(statement);
}
