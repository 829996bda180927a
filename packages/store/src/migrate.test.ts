import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { databaseHealth, migrate, migrationState, readMigrations } from './index';
import { openDatabase, type StoreDatabase } from './testing/database';

describe('migrations', () => {
  let database: StoreDatabase;
  let folder: string;
  beforeEach(async () => {
    database = await openDatabase({ migrated: false });
    folder = await mkdtemp(path.join(tmpdir(), 'migrations-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
    await database.drop();
  });

  it('are applied once, however often they are asked for', async () => {
    const migrations = await readMigrations();
    const names = migrations.map(({ name }) => name);
    expect((await migrationState(database.pool)).pending).toEqual(names);
    expect(await migrate(database.pool)).toEqual(names);
    expect(await migrate(database.pool)).toEqual([]);
    const health = await databaseHealth(database.pool);
    expect(health.migrations).toEqual({ applied: migrations.at(-1)!.number, pending: [] });
    expect(health.exactFloats).toBe(true);
    expect(health.serverVersion).toBeGreaterThanOrEqual(150_000);
  });

  it('are applied once by several processes at once', async () => {
    const applied = await Promise.all(Array.from({ length: 6 }, () => migrate(database.pool)));
    expect(applied.flat()).toHaveLength((await readMigrations()).length);
  });

  it('refuse to go on when an applied file was changed, and name it', async () => {
    await writeFile(path.join(folder, '0001_a.sql'), 'CREATE TABLE tanxiao.a (id int);');
    await migrate(database.pool, { folder });
    await writeFile(path.join(folder, '0001_a.sql'), 'CREATE TABLE tanxiao.a (id bigint);');
    await writeFile(path.join(folder, '0002_b.sql'), 'CREATE TABLE tanxiao.b (id int);');
    await expect(migrate(database.pool, { folder })).rejects.toMatchObject({
      code: 'migration-changed',
      message: expect.stringContaining('0001_a.sql') as string,
    });
    const { rows } = await database.pool.query<{ b: string | null }>(
      `SELECT to_regclass('tanxiao.b')::text AS b`,
    );
    expect(rows).toEqual([{ b: null }]);
  });

  it('refuse a database that is newer than the program', async () => {
    await writeFile(path.join(folder, '0001_a.sql'), 'SELECT 1;');
    await migrate(database.pool, { folder });
    await rm(path.join(folder, '0001_a.sql'));
    await writeFile(path.join(folder, '0002_b.sql'), 'SELECT 1;');
    await expect(migrate(database.pool, { folder })).rejects.toMatchObject({
      code: 'migration-missing',
    });
  });

  it('leave nothing behind where one fails, and keep those before it', async () => {
    await writeFile(path.join(folder, '0001_a.sql'), 'CREATE TABLE tanxiao.a (id int);');
    await writeFile(
      path.join(folder, '0002_b.sql'),
      'CREATE TABLE tanxiao.b (id int); SELECT 1 / 0;',
    );
    await expect(migrate(database.pool, { folder })).rejects.toThrow('division by zero');
    expect(await migrationState(database.pool, { folder })).toEqual({
      applied: 1,
      pending: ['0002_b.sql'],
    });
    const { rows } = await database.pool.query<{ b: string | null }>(
      `SELECT to_regclass('tanxiao.b')::text AS b`,
    );
    expect(rows).toEqual([{ b: null }]);
  });
});
