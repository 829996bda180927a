import {
  completeChunk,
  createRun,
  finishStage,
  freezePopulation,
  inTransaction,
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
  expect(await openRunProgress(pool)).toEqual([{ ...run, step: 'freezing', done: 0, expected: 0 }]);
  await inTransaction(pool, (tx) =>
    freezePopulation(tx, { runId, chunkSize: 2, stages: 1, yearBefore: null }),
  );
  await inTransaction(pool, (tx) => finishStage(tx, { runId, stage: 0, stages: 1 }));
  await inTransaction(pool, (tx) =>
    completeChunk(tx, { runId, seq: 0, rated: 2, notRated: 0, failed: 0 }),
  );
  expect(await openRunProgress(pool)).toEqual([{ ...run, step: 'scoring', done: 2, expected: 3 }]);
});
