import {
  completeRunChunk,
  createRun,
  freezePopulation,
  inTransaction,
  moveRun,
  openRunProgress,
} from './index';
import { openDatabase, type StoreDatabase } from './testing/database';
import {
  BY,
  HASHES,
  keepAll,
  keepDocuments,
  PERIOD,
  ratingOf,
  RULEBOOK,
  submissionOf,
} from './testing/fixtures';
import { runWith } from './testing/published-run';

let database: StoreDatabase;
beforeEach(async () => {
  database = await openDatabase();
  await keepDocuments(database.pool);
});
afterEach(() => database.drop());

it('an open run shows its step and how many of its subjects are done; one that has ended is not there', async () => {
  const { pool } = database;
  const kept = await keepAll(
    pool,
    ['a', 'b', 'c'].map((code) => submissionOf(code)),
  );
  await runWith(
    pool,
    kept.map(({ id }) => ratingOf(id)),
  );
  const runId = await inTransaction(pool, (tx) =>
    createRun(tx, { rulebookId: RULEBOOK, period: PERIOD, ...HASHES }, BY),
  );
  const run = { rulebookId: RULEBOOK, period: PERIOD };
  expect(await openRunProgress(pool)).toEqual([{ ...run, state: 'queued', done: 0, expected: 0 }]);
  await inTransaction(pool, (tx) => freezePopulation(tx, runId, { chunkSize: 2 }));
  await moveRun(pool, { runId, from: ['queued'], to: 'scoring' });
  await inTransaction(pool, (tx) =>
    completeRunChunk(tx, { runId, seq: 0, rated: 2, notRated: 0, failed: 0 }),
  );
  expect(await openRunProgress(pool)).toEqual([{ ...run, state: 'scoring', done: 2, expected: 3 }]);
});
