/**
 * A fresh database for a test, made from a template that is prepared (migrated) once per jest run:
 * copying one of 30 tables takes about 120 ms, so every test file can have its own.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from 'pg';

/** What a new database starts with. Two with the same name must prepare the same. */
export interface DatabaseTemplate {
  /** Lower-case letters, digits and underscores, at most 40. */
  readonly name: string;
  /** Fills the empty database at `url`; must close every connection to it before it resolves. */
  readonly prepareTemplate: (url: string) => Promise<void>;
}

export interface TestDatabase {
  url: string;
  /**
   * Drops the database. Rejects, after dropping, when connections to it were left open: a test
   * that leaks a pool should fail, and say which.
   */
  drop(): Promise<void>;
}

/** How long a pool that has just been ended may take to close its sockets. */
const CLOSING_MS = 2000;

export async function createTestDatabase(
  options: { template?: DatabaseTemplate } = {},
): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withAdmin(async (admin) => {
    const source =
      options.template === undefined ? 'template0' : await ensureTemplate(admin, options.template);
    await admin.query(`create database ${name} template ${source} strategy file_copy`);
  });
  let dropped: Promise<void> | null = null;
  return { url: databaseUrl(name), drop: () => (dropped ??= dropDatabase(name)) };
}

/** The address of the superuser's database on the server of this jest run. */
export function adminUrl(): string {
  const url = process.env.TANXIAO_TEST_PG;
  if (url === undefined) {
    throw new Error(
      'TANXIAO_TEST_PG is not set: run the tests through jest with its global setup.',
    );
  }
  return url;
}

function databaseUrl(name: string): string {
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  return url.href;
}

async function withAdmin<Result>(work: (admin: Client) => Promise<Result>): Promise<Result> {
  const admin = new Client({ connectionString: adminUrl() });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/**
 * Makes the template unless it exists. The workers of jest all ask at once: an advisory lock lets
 * one make it. `datistemplate` is set last, so a half-made one (its maker was killed) is told apart.
 */
async function ensureTemplate(admin: Client, template: DatabaseTemplate): Promise<string> {
  if (!/^[a-z0-9_]{1,40}$/.test(template.name)) {
    throw new Error(`template name "${template.name}": use a-z, 0-9 and _, at most 40 characters`);
  }
  const name = `template_${template.name}`;
  await admin.query('select pg_advisory_lock(hashtext($1))', [name]);
  try {
    const { rows } = await admin.query<{ ready: boolean }>(
      'select datistemplate as ready from pg_database where datname = $1',
      [name],
    );
    if (rows[0]?.ready === true) return name;
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.query(`create database ${name} template template0`);
    await template.prepareTemplate(databaseUrl(name));
    await leftOpen(admin, name);
    // Without connections nothing can change it, and copies of it never have to wait.
    await admin.query(`alter database ${name} with is_template true allow_connections false`);
    return name;
  } finally {
    await admin.query('select pg_advisory_unlock(hashtext($1))', [name]);
  }
}

async function dropDatabase(name: string): Promise<void> {
  const leaked = await withAdmin(async (admin) => {
    const open = await leftOpen(admin, name);
    await admin.query(`drop database if exists ${name} with (force)`);
    return open;
  });
  if (leaked.length > 0) {
    throw new Error(`connections to the test database were left open: ${leaked.join('; ')}`);
  }
}

/** Connections that are still there after the time that closing takes. */
async function leftOpen(admin: Client, name: string): Promise<string[]> {
  const deadline = Date.now() + CLOSING_MS;
  for (;;) {
    const { rows } = await admin.query<{ application_name: string; query: string }>(
      `select application_name, left(query, 80) as query from pg_stat_activity
       where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || Date.now() > deadline) {
      return rows.map((row) => `"${row.application_name}" last ran: ${row.query}`);
    }
    await sleep(20);
  }
}
