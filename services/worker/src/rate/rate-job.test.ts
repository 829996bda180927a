import { claimOutbox, createPool, loadOutbox } from '@tanxiao/store';

import {
  jobContext,
  keep,
  submission,
  type WorkerDatabase,
  workerDatabase,
} from '../testing/worker-database';
import { rateHandler } from './rate-job';

let database: WorkerDatabase;
beforeAll(async () => (database = await workerDatabase()));
afterAll(() => database.close());

const outboxIds = async (): Promise<number[]> => {
  const { rows } = await database.pool.query<{ id: number }>(
    'SELECT id FROM tanxiao.outbox ORDER BY id',
  );
  return rows.map(({ id }) => id);
};
const ratingsOf = (ids: readonly string[]) =>
  database.value<number>(
    'SELECT count(*)::int FROM tanxiao.ratings WHERE submission_id = ANY ($1::uuid[])',
    [ids],
  );

it('each submission gets one provisional rating, and its outbox row goes', async () => {
  const { services, pool } = database;
  const ids = await keep(
    services,
    [1, 2, 3].map((n) => submission(n)),
  );
  await rateHandler(services)({ outboxIds: await outboxIds() }, jobContext());
  const { rows } = await pool.query<Record<string, unknown>>(
    `SELECT outcome, reasons, level, run_id, request_id, results FROM tanxiao.ratings
     WHERE submission_id = ANY ($1::uuid[])`,
    [ids],
  );
  expect(rows).toHaveLength(3);
  // Without a published benchmark there is no K: not rated, though L and its level are known.
  expect(rows[0]).toMatchObject({ outcome: 'not-rated', reasons: ['no-benchmark'], run_id: null });
  expect(rows[0]!.level).not.toBeNull();
  expect(rows[0]!.request_id).toBe('request-of-the-test');
  expect(await outboxIds()).toEqual([]);
});

it('the same job delivered twice at the same time leaves one rating a submission', async () => {
  const { services } = database;
  const ids = await keep(
    services,
    Array.from({ length: 40 }, (_, i) => submission(100 + i)),
  );
  const job = { outboxIds: await outboxIds() };
  const handler = rateHandler(services);
  await Promise.all([
    handler(job, jobContext()),
    handler(job, jobContext()),
    handler(job, jobContext()),
  ]);
  await handler(job, jobContext());
  expect(await ratingsOf(ids)).toBe(40);
  expect(await outboxIds()).toEqual([]);
});

it('one poison subject is recorded alone, the rest of its batch is rated', async () => {
  const { services, pool } = database;
  const items = Array.from({ length: 300 }, (_, i) => submission(1000 + i));
  // Past the form, which lets no negative electricity through: the engine refuses it.
  items[137] = submission(1137, { carrier_33: -5 });
  const ids = await keep(services, items);
  await rateHandler(services)({ outboxIds: await outboxIds() }, jobContext());
  expect(await ratingsOf(ids)).toBe(299);
  const { rows } = await pool.query<{ submission_id: string; error: string }>(
    'SELECT submission_id, error FROM tanxiao.rating_failures',
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]!.submission_id).toBe(ids[137]);
  expect(rows[0]!.error).toContain('below its minimum');
  expect(await outboxIds()).toEqual([]);
});

it('a fault of the database in mid-job fails the job, records no subject and keeps the outbox row', async () => {
  const { services, pool, url } = database;
  const ids = await keep(services, [submission(5000)]);
  const job = { outboxIds: await outboxIds() };
  const impatient = createPool({ connectionString: url, max: 2, statementTimeoutMs: 200 });
  const blocker = await pool.connect();
  await blocker.query('BEGIN; LOCK TABLE tanxiao.arrival_ratings IN ACCESS EXCLUSIVE MODE');
  const handler = rateHandler({ ...services, pool: impatient });
  await expect(handler(job, jobContext())).rejects.toThrow('statement timeout');
  await blocker.query('ROLLBACK');
  blocker.release();
  await impatient.end();
  expect(await loadOutbox(pool, job.outboxIds)).toHaveLength(1);
  expect(
    await database.value<number>(
      'SELECT count(*)::int FROM tanxiao.rating_failures WHERE submission_id = $1',
      [ids[0]],
    ),
  ).toBe(0);
  await rateHandler(services)(job, jobContext());
  expect(await ratingsOf(ids)).toBe(1);
});

it('two relays at once claim each outbox row once per lease', async () => {
  const { services, pool } = database;
  for (let i = 0; i < 30; i++) await keep(services, [submission(6000 + i)]);
  const waiting = await outboxIds();
  const claims = await Promise.all(
    Array.from({ length: 8 }, () => claimOutbox(pool, { limit: 7, leaseSeconds: 60 })),
  );
  const claimed = claims.flat().flatMap((group) => group.outboxIds);
  expect(claimed.length).toBe(new Set(claimed).size);
  expect([...claimed].sort((a, b) => a - b)).toEqual(waiting);
  await rateHandler(services)({ outboxIds: waiting }, jobContext());
});

it('a job of several requests signs itself', async () => {
  const { services, pool } = database;
  const ids = [
    ...(await keep(services, [submission(7000)])),
    ...(await keep(services, [submission(7001)])),
  ];
  await pool.query(
    `UPDATE tanxiao.outbox SET request_id = 'another' WHERE id = (SELECT max(id) FROM tanxiao.outbox)`,
  );
  await rateHandler(services)({ outboxIds: await outboxIds() }, jobContext({ jobId: 'rate-7' }));
  const { rows } = await pool.query(
    'SELECT DISTINCT actor, request_id FROM tanxiao.ratings WHERE submission_id = ANY ($1::uuid[])',
    [ids],
  );
  expect(rows).toEqual([{ actor: 'system:worker', request_id: 'rate-7' }]);
});
