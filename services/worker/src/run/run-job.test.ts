import { parsePeriod } from '@tanxiao/contracts';
import {
  createRun,
  enqueueRun,
  getRun,
  inTransaction,
  publishRun,
  type RunRow,
} from '@tanxiao/store';

import { rateHandler } from '../rate/rate-job';
import {
  BY,
  jobContext,
  keep,
  PERIOD,
  RULEBOOK,
  submission,
  type WorkerDatabase,
  workerDatabase,
} from '../testing/worker-database';
import { runHandler } from './run-job';

let database: WorkerDatabase;
beforeEach(async () => (database = await workerDatabase()));
afterEach(() => database.close());

const runOf = async (id: string): Promise<RunRow> => (await getRun(database.pool, id))!;

async function request(): Promise<{ runId: string; outboxId: number }> {
  const { pool } = database;
  const plan = database.standards.plan(RULEBOOK, parsePeriod(PERIOD)!)!;
  return inTransaction(pool, async (tx) => {
    const runId = await createRun(
      tx,
      {
        rulebookId: RULEBOOK,
        rulebookHash: plan.rulebook.hash,
        factorSetHash: plan.factorSet.hash,
        period: PERIOD,
      },
      BY,
    );
    return { runId, outboxId: await enqueueRun(tx, runId, BY) };
  });
}
const perSubject = (runId: string) =>
  database.value<number[]>(
    'SELECT array_agg(n ORDER BY n) FROM (SELECT count(*)::int AS n FROM tanxiao.ratings WHERE run_id = $1 GROUP BY subject_id) per',
    [runId],
  );

it('a run rates the latest revision of every subject against its peers, once', async () => {
  const { services } = database;
  await keep(
    services,
    Array.from({ length: 60 }, (_, i) => submission(i)),
  );
  await keep(services, [submission(7, { carrier_33: 2 })]);
  const { runId, outboxId } = await request();
  await runHandler(services)({ outboxId }, jobContext());
  expect(await runOf(runId)).toMatchObject({
    state: 'ranked',
    subjects: { total: 60, done: 60, rated: 60, notRated: 0, failed: 0 },
    failure: null,
  });
  expect(await perSubject(runId)).toEqual(Array.from({ length: 60 }, () => 1));
  const { rows } = await database.pool.query<{
    revision: number;
    benchmark_id: string;
    grade: number;
  }>(
    `SELECT r.revision, r.benchmark_id, r.grade FROM tanxiao.ratings r JOIN tanxiao.subjects s ON s.id = r.subject_id
     WHERE r.run_id = $1 ORDER BY r.rank_value LIMIT 1`,
    [runId],
  );
  // Electricity cut to 2: the corrected revision is the best of its group.
  expect(rows[0]).toMatchObject({ revision: 2, grade: 1 });
  expect(rows[0]!.benchmark_id).not.toBeNull();
  expect(
    await database.value('SELECT count(*)::int FROM tanxiao.outbox WHERE id = $1', [outboxId]),
  ).toBe(0);
});

it('the same run delivered three times at once, and again later, is scored once', async () => {
  const { services } = database;
  await keep(
    services,
    Array.from({ length: 30 }, (_, i) => submission(i)),
  );
  const { runId, outboxId } = await request();
  const handler = runHandler(services);
  await Promise.all([1, 2, 3].map(() => handler({ outboxId }, jobContext())));
  await handler({ outboxId }, jobContext());
  expect((await runOf(runId)).state).toBe('ranked');
  expect(await perSubject(runId)).toEqual(Array.from({ length: 30 }, () => 1));
});

it('a run stopped between two chunks resumes with the chunks that are missing', async () => {
  const { services } = database;
  await keep(
    services,
    Array.from({ length: 100 }, (_, i) => submission(i)),
  );
  const { runId, outboxId } = await request();
  const abort = new AbortController();
  let beats = 0;
  const context = jobContext({
    signal: abort.signal,
    // Freezing and five chunks' partials come first.
    beat: () => {
      beats += 1;
      if (beats === 10) abort.abort('closing');
    },
  });
  const handler = runHandler({
    ...services,
    limits: { ...services.limits, runChunkSubjects: 20 },
  });
  await expect(handler({ outboxId }, context)).rejects.toBe('closing');
  const stopped = await runOf(runId);
  expect(stopped).toMatchObject({ state: 'benchmarked', subjects: { total: 100, done: 40 } });
  await handler({ outboxId }, jobContext());
  expect(await runOf(runId)).toMatchObject({ state: 'ranked', subjects: { done: 100 } });
  expect(await perSubject(runId)).toEqual(Array.from({ length: 100 }, () => 1));
});

it('a poison subject is recorded alone; the run is scored without it, and it is nobody’s peer', async () => {
  const { services, pool } = database;
  await keep(
    services,
    Array.from({ length: 20 }, (_, i) => submission(i)),
  );
  const [bad] = await keep(services, [submission(99, { carrier_33: -1 })]);
  const { runId, outboxId } = await request();
  await runHandler(services)({ outboxId }, jobContext());
  expect(await runOf(runId)).toMatchObject({
    state: 'ranked',
    subjects: { total: 21, done: 21, rated: 20, failed: 1 },
  });
  const { rows } = await pool.query('SELECT submission_id, run_id FROM tanxiao.rating_failures');
  expect(rows).toEqual([{ submission_id: bad, run_id: runId }]);
  expect(
    await database.value('SELECT max(size)::int FROM tanxiao.benchmarks WHERE run_id = $1', [
      runId,
    ]),
  ).toBe(20);
});

it('a period without submissions is ranked with nobody in it', async () => {
  const { runId, outboxId } = await request();
  await runHandler(database.services)({ outboxId }, jobContext());
  expect(await runOf(runId)).toMatchObject({ state: 'ranked', subjects: { total: 0, done: 0 } });
});

it('a run whose documents this program does not have fails with a sentence to act on', async () => {
  const { services } = database;
  const { runId, outboxId } = await request();
  const without = { ...database.standards, planByHash: () => null };
  await runHandler({
    ...services,
    standardsInForce: { current: () => Promise.resolve(without) },
  })({ outboxId }, jobContext());
  const run = await runOf(runId);
  expect(run.state).toBe('failed');
  expect(run.failure).toContain('请升级到带有它们的版本');
  expect(run.failure).toContain('use a version that ships them');
});

it('once a run is published, what arrives is rated against its benchmarks', async () => {
  const { services, pool } = database;
  await keep(
    services,
    Array.from({ length: 20 }, (_, i) => submission(i)),
  );
  const { runId, outboxId } = await request();
  await runHandler(services)({ outboxId }, jobContext());
  expect(await inTransaction(pool, (tx) => publishRun(tx, runId, BY))).toBe(true);
  const [id] = await keep(services, [submission(500)]);
  const { rows: outbox } = await pool.query<{ id: number }>('SELECT id FROM tanxiao.outbox');
  await rateHandler(services)({ outboxIds: outbox.map((row) => row.id) }, jobContext());
  const { rows } = await pool.query(
    `SELECT r.outcome, r.run_id, b.run_id AS against, b.level FROM tanxiao.ratings r
     JOIN tanxiao.benchmarks b ON b.id = r.benchmark_id WHERE r.submission_id = $1`,
    [id],
  );
  expect(rows).toEqual([{ outcome: 'rated', run_id: null, against: runId, level: 'class' }]);
});

it('a queue that does not take the chunks is no defect: the run goes on at the next look', async () => {
  const { services } = database;
  await keep(
    services,
    Array.from({ length: 60 }, (_, i) => submission(i)),
  );
  const { runId, outboxId } = await request();
  const limits = { ...services.limits, runChunkSubjects: 10 };
  const enqueueFlow = (): Promise<void> => Promise.reject(new Error('the queue is away'));
  const away = runHandler({ ...services, limits, handOut: { enqueueFlow } });
  await expect(away({ outboxId }, jobContext())).rejects.toThrow('did not take the chunks');
  expect((await runOf(runId)).state).toBe('frozen');
  await runHandler({ ...services, limits })({ outboxId }, jobContext());
  expect((await runOf(runId)).state).toBe('ranked');
});
