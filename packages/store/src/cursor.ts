/** Reading a large result in batches through a server-side cursor: one snapshot, one batch in memory, any pooler. */
import type { Pool, QueryResultRow } from 'pg';

/**
 * Runs `declare` (`DECLARE export … CURSOR FOR …`) in a transaction of its own and yields its rows in batches.
 * Each FETCH is a statement with its own timeout, so a slow reader meets only idle_in_transaction_session_timeout.
 */
export async function* cursorBatches<R extends QueryResultRow>(
  pool: Pool,
  declare: string,
  values: unknown[],
  batchSize: number,
): AsyncGenerator<readonly R[]> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on('error', onError);
  try {
    // All rows will be read: without the setting the planner prefers the first 10 %.
    await client.query('BEGIN READ ONLY; SET LOCAL cursor_tuple_fraction = 1');
    await client.query(declare, values);
    for (;;) {
      const { rows } = await client.query<R>(`FETCH ${Math.trunc(batchSize)} FROM export`);
      if (rows.length === 0) break;
      yield rows;
    }
  } finally {
    try {
      await client.query('ROLLBACK');
    } catch (error) {
      broken = error instanceof Error ? error : new Error(String(error));
    }
    client.removeListener('error', onError);
    client.release(broken);
  }
}
