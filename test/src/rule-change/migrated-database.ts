/** A fresh database with all migrations, for tests of whole processes. */
import { createPool, migrate } from '@tanxiao/store';

import { createTestDatabase, type TestDatabase } from '../support';

export function migratedDatabase(): Promise<TestDatabase> {
  return createTestDatabase({
    template: {
      // The tests of store, API and worker make the same one.
      name: 'store_migrated',
      prepareTemplate: async (url) => {
        const pool = createPool({ connectionString: url });
        await migrate(pool);
        await pool.end();
      },
    },
  });
}
