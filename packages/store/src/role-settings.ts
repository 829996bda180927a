/**
 * Session settings kept with the role: for connections that a PgBouncer shares out, which neither passes on what is
 * sent when a connection starts nor keeps a SET.
 */
import type { Queryable } from './connection';
import { sessionSettings } from './session-settings';

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
