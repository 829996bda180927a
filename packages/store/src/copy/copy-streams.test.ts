import { inTransaction, type Transaction } from '../index';
import { openDatabase, type StoreDatabase } from '../testing/database';
import { BinaryRowReader } from './binary-row-reader';
import { BinaryRowWriter } from './binary-row-writer';
import { copyOut, copyRows, literal } from './copy-streams';

let database: StoreDatabase;
beforeAll(async () => {
  database = await openDatabase();
  await database.pool.query(`
    CREATE TABLE copied (n int, bytes bytea);
    CREATE FUNCTION said(n int) RETURNS int LANGUAGE plpgsql AS
      $$ BEGIN RAISE NOTICE 'row %', n; RETURN n; END $$`);
});
afterAll(() => database.drop());

const numbersOf = (tx: Transaction, query: string): Promise<number[]> =>
  copyOut(tx, query, (bytes) => {
    const reader = new BinaryRowReader(bytes);
    const numbers: number[] = [];
    while (reader.next(1)) numbers.push(reader.int());
    return numbers;
  });

it('rows come whole, however many pieces the network makes of them, and again in the room of the ones before', async () => {
  // Three copies at once take rooms of their own; some rows are longer than a read of the socket.
  const lengths = Array.from({ length: 300 }, (_, n) => (n * 7919) % 200_000);
  await inTransaction(database.pool, async (tx) => {
    const rows = new BinaryRowWriter(0);
    lengths.forEach((length, n) => {
      rows.row(2, 8);
      rows.int4(n);
      rows.blob(Buffer.alloc(length, n));
    });
    await copyRows(tx, 'copied (n, bytes)', rows);
  });
  const read = (): Promise<void> =>
    inTransaction(database.pool, (tx) =>
      copyOut(tx, 'SELECT n, bytes FROM copied ORDER BY n', (bytes) => {
        const reader = new BinaryRowReader(bytes);
        lengths.forEach((length, n) => {
          expect(reader.next(2)).toBe(true);
          expect(reader.int()).toBe(n);
          expect(reader.blob()!.equals(Buffer.alloc(length, n))).toBe(true);
        });
        expect(reader.next(2)).toBe(false);
      }),
    );
  await Promise.all([read(), read(), read()]);
  await read();
});

it('the connection serves on after a copy, notices in between and all', async () => {
  await inTransaction(database.pool, async (tx) => {
    expect(await numbersOf(tx, 'SELECT said(n) FROM generate_series(1, 500) n')).toHaveLength(500);
    expect(await numbersOf(tx, 'SELECT 1 WHERE false')).toEqual([]);
    const { rows } = await tx.query<{ text: string }>('SELECT $1::text AS text', ['碳']);
    expect(rows).toEqual([{ text: '碳' }]);
  });
});

it('an error at the start or half way is told, and the connection serves on', async () => {
  const client = await database.pool.connect();
  try {
    const tx = client as Transaction;
    await expect(numbersOf(tx, 'SELECT none')).rejects.toThrow(/column "none" does not exist/);
    const halfWay = numbersOf(tx, 'SELECT 100 / (5000 - n) FROM generate_series(1, 6000) n');
    await expect(halfWay).rejects.toThrow(/division by zero/);
    expect(await numbersOf(tx, 'SELECT 7')).toEqual([7]);
  } finally {
    client.release();
  }
});

it('a connection lost half way is told', async () => {
  const client = await database.pool.connect();
  const lost = new Promise((resolve) => client.once('error', resolve));
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const copying = numbersOf(
    client as Transaction,
    `SELECT CASE WHEN n = 9000 THEN length(pg_sleep(30)::text) ELSE n END FROM generate_series(1, 9000) n`,
  );
  const failed = expect(copying).rejects.toThrow(/terminat/);
  await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
  await failed;
  await lost;
  client.release(true);
});

it('a text within a query ends where it should', async () => {
  await inTransaction(database.pool, async (tx) => {
    const text = `O'Reilly''s`;
    expect(await numbersOf(tx, `SELECT length(${literal(text)})`)).toEqual([text.length]);
  });
});
