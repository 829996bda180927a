/** Asks a server who it is: only one that serves our folder with our password is ours. */
import { realpath } from 'node:fs/promises';

import { Client } from 'pg';

/** Null when the server at the address serves this cluster; else what was seen instead. */
export async function answersFor(url: string, cluster: string): Promise<string | null> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    query_timeout: 5000,
  });
  let lost: string | null = null;
  client.on('error', (error) => {
    lost = error.message;
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    const served = rows[0]?.data_directory ?? '';
    const ours = await realpath(cluster);
    return (await realpath(served)) === ours ? lost : `serves ${served}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    // After a failed connect there may be no connection to end.
    await client.end().catch((error: unknown) => {
      lost = String(error);
    });
  }
}

/**
 * Creates the database unless it exists.
 *
 * @returns its address.
 */
export async function ensureDatabase(adminUrl: string, name: string): Promise<string> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const known = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (known.rowCount === 0)
      await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}
