import { newId, parsePeriod } from '@tanxiao/contracts';
import { createProducer, createQueueBackend } from '@tanxiao/queue';
import { createRun, enqueueRun, getRun, getUpload, inTransaction } from '@tanxiao/store';
import { pino } from 'pino';

import { forkTypescript } from './testing/typescript-child';
import {
  BY,
  csvFile,
  keep,
  PERIOD,
  receive,
  RULEBOOK,
  submission,
  until,
  type WorkerDatabase,
  workerDatabase,
} from './testing/worker-database';
import { type RunningWorker, startWorker } from './worker';

jest.setTimeout(90_000);

let database: WorkerDatabase;
let worker: RunningWorker | null = null;
beforeEach(async () => (database = await workerDatabase()));
afterEach(async () => {
  await worker?.close();
  worker = null;
  // Fails where a connection was left open.
  await database.close();
});

const start = async (): Promise<RunningWorker> =>
  (worker = await startWorker({
    databaseUrl: database.url,
    // So that a run has many chunks, which are handed out.
    limits: { runChunkSubjects: 100 },
    logger: pino({ level: process.env.WORKER_TEST_LOG ?? 'silent' }),
  }));
type StartRedis = () => Promise<{ url: string; stop: () => Promise<void> } | null>;

const outboxRows = () => database.value<number>('SELECT count(*)::int FROM tanxiao.outbox');
const ratings = () => database.value<number>('SELECT count(*)::int FROM tanxiao.ratings');

it('submissions, a file and a run, queued while the worker is away and while it is there, are all done', async () => {
  const { services, pool } = database;
  await keep(
    services,
    Array.from({ length: 40 }, (_, i) => submission(10_000 + i)),
  );
  const { uploadId } = await receive(services, csvFile(1200));
  const running = await start();
  await until('what waited is done', async () => (await outboxRows()) === 0);
  expect(await ratings()).toBe(1240);
  expect(await getUpload(pool, uploadId)).toMatchObject({ state: 'done', rowsRated: 1200 });

  const asked = Date.now();
  await keep(services, [submission(20_000)]);
  await until('one more is rated', async () => (await ratings()) === 1241);
  // Woken by the notification: the poll is a second away.
  expect(Date.now() - asked).toBeLessThan(900);

  const plan = database.standards.plan(RULEBOOK, parsePeriod(PERIOD)!)!;
  const runId = await inTransaction(pool, async (tx) => {
    const id = await createRun(
      tx,
      {
        rulebookId: RULEBOOK,
        rulebookHash: plan.rulebook.hash,
        factorSetHash: plan.factorSet.hash,
        period: PERIOD,
      },
      BY,
    );
    await enqueueRun(tx, id, BY);
    return id;
  });
  await until('the run is ranked', async () => (await getRun(pool, runId))?.state === 'ranked');
  expect(await getRun(pool, runId)).toMatchObject({ subjects: { total: 1241, rated: 1241 } });

  const health = await running.health();
  expect(health.status).toBe('ok');
  expect(health.relay).toMatchObject({ running: true, failures: 0 });
  expect(health.queues.rate).toMatchObject({ waiting: 0, failed: 0 });
});

it('two workers share the work, and each submission gets one rating', async () => {
  const { services } = database;
  const second = await startWorker({ databaseUrl: database.url, logger: services.logger });
  await start();
  for (let i = 0; i < 40; i++)
    await keep(
      services,
      Array.from({ length: 25 }, (_, j) => submission(i * 25 + j)),
    );
  await until('all is done', async () => (await outboxRows()) === 0);
  expect(await ratings()).toBe(1000);
  await second.close();
});

it('on Redis the same is done, and a flushed Redis loses nothing', async () => {
  const support = jest.requireActual<{ startTestRedis: StartRedis }>('../../../test/src/support');
  const redis = await support.startTestRedis();
  // The reason has been printed.
  if (redis === null) return;
  const { services } = database;
  const prefix = `test-${newId()}`;
  worker = await startWorker({
    databaseUrl: database.url,
    redisUrl: redis.url,
    redisPrefix: prefix,
    logger: services.logger,
    leaseSeconds: 2,
    pollMs: 100,
  });
  const backend = await createQueueBackend({ redisUrl: redis.url, prefix });
  const producer = createProducer(backend, () => undefined);
  for (let i = 0; i < 10; i++) {
    await keep(
      services,
      Array.from({ length: 20 }, (_, j) => submission(i * 20 + j)),
    );
    await producer.flush();
  }
  await until('all is done', async () => (await outboxRows()) === 0);
  expect(await ratings()).toBe(200);
  await worker.close();
  await producer.close();
  await redis.stop();
});

it('an import killed with SIGKILL is resumed by the next worker: one submission and one rating a row', async () => {
  const { services, pool } = database;
  const child = forkTypescript('child-worker.ts', [database.url]);
  await child.ready;
  const { uploadId } = await receive(services, csvFile(12_000));
  await until('some batches are kept', async () => {
    const upload = await getUpload(pool, uploadId);
    return upload !== null && upload.rowsAccepted >= 2000;
  });
  child.process.kill('SIGKILL');
  expect(await child.ended).toBe('SIGKILL');
  const killed = await getUpload(pool, uploadId);
  expect(killed?.state).toBe('importing');
  expect(killed?.rowsAccepted).toBeLessThan(12_000);
  // The time that leases take to run out, spared.
  await pool.query(`UPDATE tanxiao.uploads SET lease_until = now() - interval '1 second'`);
  await pool.query('UPDATE tanxiao.outbox SET due_at = now()');
  await start();
  await until(
    'the import ends',
    async () => (await getUpload(pool, uploadId))?.state === 'done',
    60_000,
  );
  await until('all rows are rated', async () => (await outboxRows()) === 0, 60_000);
  const { rows } = await pool.query(
    `SELECT count(*)::int AS submissions, count(DISTINCT row_number)::int AS rows,
       (SELECT count(*)::int FROM tanxiao.ratings) AS ratings,
       (SELECT count(DISTINCT submission_id)::int FROM tanxiao.ratings) AS rated
     FROM tanxiao.submissions WHERE upload_id = $1`,
    [uploadId],
  );
  expect(rows).toEqual([{ submissions: 12_000, rows: 12_000, ratings: 12_000, rated: 12_000 }]);
});
