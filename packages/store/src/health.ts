/** Is the database there, migrated, and set up as the store needs it? */
import type { Queryable } from './connection';
import { type MigrationState, migrationState } from './migrate';

export interface DatabaseHealth {
  /** Round trip of a trivial query. */
  readonly latencyMs: number;
  /** `server_version_num`, e.g. 150020. */
  readonly serverVersion: number;
  /** False: float8 would come back rounded (a pooler or role sets extra_float_digits < 1); ratings would be wrong. */
  readonly exactFloats: boolean;
  readonly migrations: MigrationState;
}

/** @throws the driver's error where the database cannot be reached, StoreError where migrations disagree. */
export async function databaseHealth(db: Queryable): Promise<DatabaseHealth> {
  const started = performance.now();
  const { rows } = await db.query<{ version: number; digits: number }>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('extra_float_digits')::int AS digits`,
  );
  const latencyMs = performance.now() - started;
  return {
    latencyMs,
    serverVersion: rows[0]!.version,
    exactFloats: rows[0]!.digits >= 1,
    migrations: await migrationState(db),
  };
}
