/** What a runbook tells somebody to ask the database, at night and in a hurry, the database can answer. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { createPool } from '@tanxiao/store';
import type { Pool } from 'pg';

import { type TestDatabase } from '../support';
import { createMigratedDatabase } from '../support/migrated-database';
import { REPOSITORY } from './processes';

const FOLDER = path.join(REPOSITORY, 'infra/runbooks');
const queries = readdirSync(FOLDER).flatMap((name) =>
  [...readFileSync(path.join(FOLDER, name), 'utf8').matchAll(/`(SELECT [^`]+);`/g)]
    .map(([, query]) => query!)
    // The one that removes something; it needs a slot to be there.
    .filter((query) => !query.includes('pg_drop_replication_slot'))
    .map((query) => [name, query] as const),
);

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createMigratedDatabase();
  pool = createPool({ connectionString: database.url, max: 1 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

it('the runbooks hold queries', () => {
  expect(queries.length).toBeGreaterThan(5);
});

it.each(queries)('%s: %s', async (_name, query) => {
  await expect(pool.query(query)).resolves.toMatchObject({ command: 'SELECT' });
});
