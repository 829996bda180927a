import fc from 'fast-check';

import { createPool, inTransaction, parseInt8, type Transaction } from './index';
import { openDatabase, type StoreDatabase } from './testing/database';

describe('connections', () => {
  let database: StoreDatabase;
  beforeAll(async () => {
    database = await openDatabase();
    await database.pool.query('CREATE TABLE tanxiao.probe (id int PRIMARY KEY, n int NOT NULL)');
    await database.pool.query('INSERT INTO tanxiao.probe VALUES (1, 0), (2, 0)');
  });
  afterAll(() => database.drop());

  const terminate = (application: string): Promise<unknown> =>
    database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1`,
      [application],
    );

  it('a connection lost at the moment it is handed out ends no process; its next query says so', async () => {
    const pool = createPool({ connectionString: database.url, max: 1 });
    const client = await pool.connect();
    // As node-postgres does where the server's farewell comes in one piece with the end of the query before.
    expect(() => client.emit('error', new Error('terminating connection'))).not.toThrow();
    client.release(true);
    await pool.end();
  });

  it('give every float8[] back as it was sent', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null })),
        async (sent) => {
          const { rows } = await database.pool.query<{ seen: (number | null)[] }>(
            'SELECT $1::float8[] AS seen',
            [sent],
          );
          expect(rows[0]!.seen).toEqual(sent.map((value) => (value === 0 ? 0 : value)));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('give int8 as a number, and refuse one beyond 2^53 instead of a wrong one', async () => {
    const { rows } = await database.pool.query<{ n: number }>('SELECT 9007199254740991::int8 AS n');
    expect(rows[0]!.n).toBe(Number.MAX_SAFE_INTEGER);
    await expect(database.pool.query('SELECT 9007199254740993::int8 AS n')).rejects.toThrow(
      'beyond 2^53',
    );
    expect(() => parseInt8('-9007199254740993')).toThrow(RangeError);
  });

  it('survive the loss of idle connections', async () => {
    const errors: Error[] = [];
    const pool = createPool({
      connectionString: database.url,
      applicationName: 'lost-idle',
      onError: (error) => errors.push(error),
    });
    await Promise.all([pool.query('SELECT 1'), pool.query('SELECT 1')]);
    await terminate('lost-idle');
    for (let i = 0; i < 50 && errors.length < 2; i++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(errors.length).toBeGreaterThan(0);
    expect((await pool.query<{ one: number }>('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });

  it('survive the loss of a connection within a transaction, whose effect is gone', async () => {
    const pool = createPool({ connectionString: database.url, applicationName: 'lost-busy' });
    await expect(
      inTransaction(pool, async (tx) => {
        await tx.query('UPDATE tanxiao.probe SET n = 77 WHERE id = 1');
        await terminate('lost-busy');
        await new Promise((resolve) => setTimeout(resolve, 50));
        await tx.query('SELECT 1');
      }),
    ).rejects.toThrow();
    const { rows } = await pool.query<{ n: number }>('SELECT n FROM tanxiao.probe WHERE id = 1');
    expect(rows).toEqual([{ n: 0 }]);
    expect(pool.totalCount - pool.idleCount).toBe(0);
    await pool.end();
  });

  it('cancel a statement that takes too long', async () => {
    await expect(
      inTransaction(database.pool, (tx) => tx.query('SELECT pg_sleep(5)'), {
        statementTimeoutMs: 50,
      }),
    ).rejects.toThrow('statement timeout');
  });

  it('run a deadlocked transaction again until both have their effect', async () => {
    let tries = 0;
    const add = (tx: Transaction, id: number): Promise<unknown> =>
      tx.query('UPDATE tanxiao.probe SET n = n + 1 WHERE id = $1', [id]);
    const both = (first: number, second: number): Promise<void> =>
      inTransaction(database.pool, async (tx) => {
        tries++;
        await add(tx, first);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await add(tx, second);
      });
    await Promise.all([both(1, 2), both(2, 1)]);
    const { rows } = await database.pool.query('SELECT id, n FROM tanxiao.probe ORDER BY id');
    expect(rows).toEqual([
      { id: 1, n: 2 },
      { id: 2, n: 2 },
    ]);
    expect(tries).toBeGreaterThan(2);
  });
});

describe('named statements', () => {
  it.each([true, false])('are kept by the server only where asked for: %s', async (prepared) => {
    const database = await openDatabase();
    const pool = createPool({
      connectionString: database.url,
      max: 1,
      preparedStatements: prepared,
    });
    const statement = { name: 'one-more', text: 'SELECT $1::int + 1 AS n' };
    for (const n of [1, 2]) {
      const { rows } = await pool.query({ ...statement, values: [n] });
      expect(rows).toEqual([{ n: n + 1 }]);
    }
    const { rows } = await pool.query(`SELECT name FROM pg_prepared_statements`);
    expect(rows).toEqual(prepared ? [{ name: 'one-more' }] : []);
    await pool.end();
    await database.drop();
  });
});
