/**
 * Migrations: the numbered SQL files of `migrations/`, each applied once, in order, in a transaction of its own. A
 * transaction-level advisory lock makes any number of processes safe at once, also behind PgBouncer; the checksum of
 * every applied file is kept, and a changed file is an error.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import type { Pool } from 'pg';

import type { Queryable } from './connection';
import { StoreError } from './errors';
import { inTransaction, type Transaction } from './transaction';

export interface Migration {
  readonly number: number;
  /** File name, `0001_foundation.sql`. */
  readonly name: string;
  readonly sql: string;
  /** sha256 of the file with LF line ends, hex. */
  readonly checksum: string;
}

export interface MigrationState {
  /** Number of the last migration applied; 0: an empty database. */
  readonly applied: number;
  /** Names of the files that are not applied yet. */
  readonly pending: readonly string[];
}

/** The same folder from `src` and from `dist`. */
const FOLDER = path.join(__dirname, '..', 'migrations');
const LOCK = 7_304_201;

/** The migrations in a folder, by number; this package's own by default. */
export async function readMigrations(folder: string = FOLDER): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name));
  names.sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = (await readFile(path.join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { number: Number(name.slice(0, 4)), name, sql, checksum };
    }),
  );
}

/**
 * Applies what is pending and returns the names applied (empty: nothing was to do).
 * @throws StoreError `migration-changed`, `migration-missing`; nothing further is applied then.
 */
export async function migrate(
  pool: Pool,
  options: { readonly folder?: string } = {},
): Promise<string[]> {
  const migrations = await readMigrations(options.folder);
  const applied: string[] = [];
  for (const migration of migrations) {
    const done = await inTransaction(
      pool,
      (tx) => applyOne(tx, migrations, migration),
      // An index on a large table may take its time.
      { statementTimeoutMs: 3_600_000 },
    );
    if (done) applied.push(migration.name);
  }
  if (options.folder === undefined) await prepareYears(pool);
  return applied;
}

/** Partitions for this year and the next two: a server that is started once in two years never lacks one. */
async function prepareYears(pool: Pool): Promise<void> {
  const year = new Date().getUTCFullYear();
  await pool.query(
    'SELECT tanxiao.prepare_year(year) FROM generate_series($1::int, $1 + 2) AS year',
    [year],
  );
}

async function applyOne(
  tx: Transaction,
  migrations: readonly Migration[],
  migration: Migration,
): Promise<boolean> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
  await tx.query(`CREATE SCHEMA IF NOT EXISTS tanxiao`);
  await tx.query(`CREATE TABLE IF NOT EXISTS tanxiao.migrations (
    number int PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
  const known = await appliedMigrations(tx);
  verify(known, migrations);
  if (known.has(migration.number)) return false;
  await tx.query(migration.sql);
  await tx.query(`INSERT INTO tanxiao.migrations (number, name, checksum) VALUES ($1, $2, $3)`, [
    migration.number,
    migration.name,
    migration.checksum,
  ]);
  return true;
}

type Applied = Map<number, { readonly name: string; readonly checksum: string }>;

async function appliedMigrations(db: Queryable): Promise<Applied> {
  const { rows } = await db.query<{ number: number; name: string; checksum: string }>(
    `SELECT number, name, checksum FROM tanxiao.migrations ORDER BY number`,
  );
  return new Map(rows.map(({ number, name, checksum }) => [number, { name, checksum }]));
}

function verify(applied: Applied, migrations: readonly Migration[]): void {
  for (const [number, { name, checksum }] of applied) {
    const file = migrations.find((migration) => migration.number === number);
    if (!file)
      throw new StoreError('migration-missing', {
        zh: `数据库已应用迁移 ${name}，但本程序没有该文件：数据库较新，请升级程序`,
        en: `the database has migration ${name}, this program has no such file: the database is newer, upgrade the program`,
      });
    if (file.checksum !== checksum)
      throw new StoreError('migration-changed', {
        zh: `迁移文件 ${file.name} 在应用之后被修改；请还原该文件，改动另写新的迁移`,
        en: `migration ${file.name} was changed after it was applied; restore the file and put the change into a new migration`,
      });
  }
}

/** Which migrations are applied and pending; verifies checksums as {@link migrate} does. */
export async function migrationState(
  db: Queryable,
  options: { readonly folder?: string } = {},
): Promise<MigrationState> {
  const migrations = await readMigrations(options.folder);
  const { rows } = await db.query<{ there: boolean }>(
    `SELECT to_regclass('tanxiao.migrations') IS NOT NULL AS there`,
  );
  const applied = rows[0]!.there ? await appliedMigrations(db) : (new Map() as Applied);
  verify(applied, migrations);
  return {
    applied: Math.max(0, ...applied.keys()),
    pending: migrations.filter(({ number }) => !applied.has(number)).map(({ name }) => name),
  };
}
