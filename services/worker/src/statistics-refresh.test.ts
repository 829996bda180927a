import { keep, submission, type WorkerDatabase, workerDatabase } from './testing/worker-database';

let database: WorkerDatabase;
beforeAll(async () => (database = await workerDatabase()));
afterAll(() => database.close());

const rowsThePlannerSees = () =>
  database.value<number>(
    `SELECT reltuples::int FROM pg_class WHERE oid = 'tanxiao.submissions'::regclass`,
  );

it('after many rows the planner knows how many there are; a few rows are left to autovacuum', async () => {
  const { services } = database;
  await keep(
    services,
    Array.from({ length: 100 }, (_, i) => submission(i)),
  );
  services.statistics.written(100);
  await services.statistics.settled();
  // -1: never looked at.
  expect(await rowsThePlannerSees()).toBe(-1);
  services.statistics.written(2_000);
  await services.statistics.settled();
  expect(await rowsThePlannerSees()).toBe(100);
});
