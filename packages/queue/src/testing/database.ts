/** The PostgreSQL of this package's tests. Each test makes a schema of its own in it. */
import { Client } from 'pg';

/** Set by the test run's global setup. */
export function testDatabaseUrl(): string {
  const url = process.env.TANXIAO_TEST_PG;
  if (url === undefined || url === '')
    throw new Error('TANXIAO_TEST_PG is not set: run the tests through Jest’s global setup');
  return url;
}

export async function dropSchema(schema: string): Promise<void> {
  const client = new Client({ connectionString: testDatabaseUrl() });
  await client.connect();
  await client.query(`DROP SCHEMA "${schema}" CASCADE`);
  await client.end();
}
