/** SQL on the embedded database of a running stack: what the API says is checked against what is kept. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { Client } from 'pg';

export async function queryStack<Row extends Record<string, unknown>>(
  dataFolder: string,
  sql: string,
): Promise<Row[]> {
  const client = new Client({ connectionString: databaseUrlOf(dataFolder) });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The address of the embedded database of a running stack. */
export function databaseUrlOf(dataFolder: string): string {
  const folder = path.join(dataFolder, 'postgres');
  const password = readFileSync(path.join(folder, 'password'), 'utf8').trim();
  // postmaster.pid: pid, data folder, start time, port.
  const port = Number(
    readFileSync(path.join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[3],
  );
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/tanxiao`;
}
