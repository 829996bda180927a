/** Work side by side, commits in order: what holds where one of two transactions fails. */
import { setTimeout as sleep } from 'node:timers/promises';

import { StoreError } from '@tanxiao/store';

import { type WorkerDatabase, workerDatabase } from '../testing/worker-database';
import { OrderedTransactions, type OrderedWork } from './ordered-transactions';

let database: WorkerDatabase;
let transactions: OrderedTransactions;
let committed: string[];
beforeAll(async () => {
  database = await workerDatabase();
  await database.pool.query('CREATE TABLE done (name text PRIMARY KEY)');
});
beforeEach(async () => {
  await database.pool.query('TRUNCATE done');
  transactions = new OrderedTransactions(database.pool);
  committed = [];
});
afterEach(() => transactions.ended());
afterAll(() => database.close());

const inTable = async (): Promise<string[]> =>
  (
    await database.pool.query<{ name: string }>('SELECT name FROM done ORDER BY xmin::text::int')
  ).rows.map(({ name }) => name);

type Step = (attempt: number) => Promise<void>;

/** @param step before the work's turn @param after when it has come */
function work(
  name: string,
  step: Step = () => Promise.resolve(),
  after: Step = step,
): OrderedWork<void> {
  let attempt = 0;
  return {
    run: async (tx, turn) => {
      attempt += 1;
      await tx.query('INSERT INTO done VALUES ($1)', [name]);
      turn.locked();
      if (after !== step) await step(attempt);
      await turn.comes();
      await (after === step ? step(attempt) : after(attempt));
    },
    committed: () => void committed.push(name),
  };
}

const nothing: Step = () => Promise.resolve();
const fault = (code: string): Error => Object.assign(new Error(`made ${code}`), { code });

it('the second works while the first does, and commits after it', async () => {
  let secondWorked = false;
  await transactions.begin(
    work(
      'first',
      async () => {
        while (!secondWorked) await sleep(5);
      },
      nothing,
    ),
  );
  await transactions.begin(
    work(
      'second',
      () => {
        secondWorked = true;
        return Promise.resolve();
      },
      nothing,
    ),
  );
  await transactions.committed();
  expect(committed).toEqual(['first', 'second']);
  expect(await inTable()).toHaveLength(2);
});

it('the first one’s deadlock undoes the second too, and both are done again in their order', async () => {
  const failsOnce: Step = (attempt) =>
    attempt === 1 ? Promise.reject(fault('40P01')) : Promise.resolve();
  await transactions.begin(work('first', nothing, failsOnce));
  await transactions.begin(work('second', nothing, nothing));
  await transactions.begin(work('third', nothing, nothing));
  await transactions.committed();
  expect(committed).toEqual(['first', 'second', 'third']);
  expect((await inTable()).sort()).toEqual(['first', 'second', 'third']);
});

it('where the first fails for good the second keeps nothing, and what the first met is told', async () => {
  const lost = new StoreError('lease-lost', { zh: '失去', en: 'lost' });
  await transactions.begin(work('first', nothing, () => Promise.reject(lost)));
  await transactions.begin(work('second', nothing, nothing));
  await expect(transactions.committed()).rejects.toBe(lost);
  await transactions.ended();
  expect(committed).toEqual([]);
  expect(await inTable()).toEqual([]);
});

it('where the second fails the first is kept', async () => {
  const wrong = new Error('wrong');
  await transactions.begin(work('first', () => sleep(30).then(() => undefined), nothing));
  await transactions.begin(work('second', () => Promise.reject(wrong), nothing));
  await expect(transactions.committed()).rejects.toBe(wrong);
  expect(await inTable()).toEqual(['first']);
});

it('two that want each other’s rows are done one after the other', async () => {
  const { pool } = database;
  await pool.query(`INSERT INTO done VALUES ('a'), ('b')`);
  const wants = (name: string, rows: readonly [string, string]): OrderedWork<void> => ({
    run: async (tx, turn) => {
      turn.locked();
      for (const row of rows) {
        await tx.query('SELECT FROM done WHERE name = $1 FOR UPDATE', [row]);
        await sleep(50);
      }
      await turn.comes();
      await tx.query('INSERT INTO done VALUES ($1)', [name]);
    },
    committed: () => void committed.push(name),
  });
  await transactions.begin(wants('first', ['a', 'b']));
  await transactions.begin(wants('second', ['b', 'a']));
  await transactions.committed();
  expect(committed).toEqual(['first', 'second']);
});
