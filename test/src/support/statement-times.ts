/** Which statements the server spent its time with (pg_stat_statements), for `--statements`: where to look first. */
import type { Queryable } from '@tanxiao/store';

const SHOWN = 14;

export async function forgetStatements(database: Queryable): Promise<void> {
  await database.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  await database.query('SELECT pg_stat_statements_reset()');
}

/** Planning and execution of the costliest, one line each. */
export async function costliestStatements(database: Queryable): Promise<readonly string[]> {
  const { rows } = await database.query<{
    calls: number;
    plan: number;
    execute: number;
    query: string;
  }>(
    `SELECT calls::int, total_plan_time AS plan, total_exec_time AS execute,
       left(regexp_replace(query, '\\s+', ' ', 'g'), 90) AS query
     FROM pg_stat_statements ORDER BY total_plan_time + total_exec_time DESC LIMIT ${SHOWN}`,
  );
  return rows.map(
    ({ calls, plan, execute, query }) =>
      `${calls} × plan ${plan.toFixed(0)} ms, execute ${execute.toFixed(0)} ms: ${query}`,
  );
}
