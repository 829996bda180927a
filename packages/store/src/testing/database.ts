/** A migrated database of its own for each test file, on the server of the jest run; fails the file that leaks a connection. */
import { randomBytes } from 'node:crypto';

import { Client, type Pool } from 'pg';

import { createPool, migrate } from '../index';

export interface StoreDatabase {
  readonly url: string;
  readonly pool: Pool;
  /** Ends the pool and drops the database. @throws Error where a connection is still checked out. */
  drop(): Promise<void>;
}

async function administer(sql: string): Promise<void> {
  const admin = new Client({ connectionString: serverUrl() });
  await admin.connect();
  try {
    await admin.query(sql);
  } finally {
    await admin.end();
  }
}

function serverUrl(): string {
  const url = process.env.TANXIAO_TEST_PG;
  if (!url) throw new Error('TANXIAO_TEST_PG is not set: run the tests through jest');
  return url;
}

export async function openDatabase(options: { migrated?: boolean } = {}): Promise<StoreDatabase> {
  const name = `store_${randomBytes(8).toString('hex')}`;
  await administer(`CREATE DATABASE ${name}`);
  const address = new URL(serverUrl());
  address.pathname = `/${name}`;
  const pool = createPool({ connectionString: address.href, max: 24 });
  if (options.migrated !== false) await migrate(pool);
  return {
    url: address.href,
    pool,
    async drop() {
      const leaked = pool.totalCount - pool.idleCount;
      if (leaked === 0) await pool.end();
      await administer(`DROP DATABASE ${name} WITH (FORCE)`);
      if (leaked > 0) throw new Error(`${leaked} connections were never given back to the pool`);
    },
  };
}
