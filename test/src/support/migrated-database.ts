/** A fresh database with all migrations, for tests that cross packages. */
import { createPool, migrate } from '@tanxiao/store';

import { createTestDatabase, type TestDatabase } from './database';

export function createMigratedDatabase(): Promise<TestDatabase> {
  // The same template as in the packages' own tests.
  return createTestDatabase({ template: { name: 'store_migrated', prepareTemplate: migrated } });
}

async function migrated(url: string): Promise<void> {
  const pool = createPool({ connectionString: url, max: 2 });
  await migrate(pool);
  await pool.end();
}
