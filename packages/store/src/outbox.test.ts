import { Client } from 'pg';

import {
  claimOutbox,
  confirmOutbox,
  deleteOutbox,
  enqueueImport,
  enqueueRun,
  enqueueSubmissions,
  inTransaction,
  keepRatings,
  listRatingFailures,
  loadOutbox,
  OUTBOX_CHANNEL,
  outboxBacklog,
  outboxTraceparents,
  recordRatingFailure,
  releaseOutbox,
} from './index';
import { openDatabase, type StoreDatabase } from './testing/database';
import {
  BY,
  HASHES,
  keepAll,
  keepDocuments,
  rateAll,
  ratingOf,
  submissionOf,
} from './testing/fixtures';

const UPLOAD = '01890000-0000-7000-8000-00000000000a';
const RUN = '01890000-0000-7000-8000-00000000000b';

describe('the outbox', () => {
  let database: StoreDatabase;
  beforeEach(async () => {
    database = await openDatabase();
    await keepDocuments(database.pool);
  });
  afterEach(() => database.drop());

  const keep = async (...codes: string[]): Promise<string[]> =>
    (
      await keepAll(
        database.pool,
        codes.map((code) => submissionOf(code)),
      )
    ).map(({ id }) => id);

  it('groups small rows into one job, and leaves imports and runs alone', async () => {
    await keep('a', 'b');
    await inTransaction(database.pool, async (tx) => {
      await enqueueImport(tx, UPLOAD, BY);
      await enqueueRun(tx, RUN, BY);
    });
    await keep('c');
    expect(await claimOutbox(database.pool, { maxSubmissionsPerGroup: 3 })).toEqual([
      { topic: 'rate', outboxIds: [1, 4], submissions: 3 },
      { topic: 'import', outboxIds: [2], submissions: 0 },
      { topic: 'run', outboxIds: [3], submissions: 0 },
    ]);
    await keep('d');
    expect(await claimOutbox(database.pool)).toEqual([
      { topic: 'rate', outboxIds: [5], submissions: 1 },
    ]);
  });

  it('a row carries the traces of all requests it stands for', async () => {
    const [a, b] = ['00-a', '00-b'];
    const ids = await inTransaction(database.pool, async (tx) => [
      await enqueueImport(tx, UPLOAD, { ...BY, traceparents: [a, b] }),
      await enqueueRun(tx, RUN, { ...BY, traceparents: [b] }),
      await enqueueImport(tx, UPLOAD, BY),
    ]);
    expect([...(await outboxTraceparents(database.pool, ids))].sort()).toEqual([a, b]);
    expect(await outboxTraceparents(database.pool, ids.slice(2))).toEqual([]);
  });

  it('gives each row to one of several relays at once', async () => {
    for (let i = 0; i < 30; i++) await keep(`subject-${i}`);
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => claimOutbox(database.pool, { limit: 10 })),
    );
    const ids = claims.flat().flatMap(({ outboxIds }) => outboxIds);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(30);
  });

  it('gives a row again when its lease ran out or it was released, not before', async () => {
    const [id] = await keep('lost');
    expect(await claimOutbox(database.pool, { leaseSeconds: 0.1 })).toHaveLength(1);
    expect(await claimOutbox(database.pool)).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const [group] = await claimOutbox(database.pool);
    expect(await claimOutbox(database.pool)).toEqual([]);
    await releaseOutbox(database.pool, group!.outboxIds);
    const [again] = await claimOutbox(database.pool);
    const [row] = await loadOutbox(database.pool, again!.outboxIds);
    expect(row).toMatchObject({ submissionIds: [id], claims: 3, ...BY });
  });

  it('a confirmed row is lent for the lease, a row put off by a worker stays put off', async () => {
    await keep('queued');
    await keep('put-off');
    const claimSeconds = 1;
    const claimed = await claimOutbox(database.pool, {
      leaseSeconds: claimSeconds,
      maxSubmissionsPerGroup: 1,
    });
    const ids = claimed.flatMap(({ outboxIds }) => outboxIds);
    await releaseOutbox(database.pool, [ids[1]!], 30);
    await confirmOutbox(database.pool, ids, { claimSeconds, leaseSeconds: 1000 });
    const { rows } = await database.pool.query<{ seconds: number }>(
      `SELECT extract(epoch FROM due_at - clock_timestamp())::float8 AS seconds FROM tanxiao.outbox ORDER BY id`,
    );
    expect(rows[0]!.seconds).toBeGreaterThan(900);
    expect(rows[1]!.seconds).toBeLessThan(31);
  });

  it('keeps a row until each of its submissions has a rating or a recorded failure', async () => {
    const [good, poison] = await keep('good', 'poison');
    const [group] = await claimOutbox(database.pool);
    const remove = (): Promise<number> =>
      inTransaction(database.pool, (tx) => deleteOutbox(tx, group!.outboxIds));
    await rateAll(database.pool, [ratingOf(good!)]);
    await expect(remove()).rejects.toMatchObject({ code: 'effect-missing' });
    expect(await loadOutbox(database.pool, group!.outboxIds)).toHaveLength(1);
    for (let i = 0; i < 2; i++)
      await inTransaction(database.pool, (tx) =>
        recordRatingFailure(
          tx,
          { submissionId: poison!, runId: null, ...HASHES, error: 'defect \u0000' },
          BY,
        ),
      );
    expect(await remove()).toBe(1);
    expect(await remove()).toBe(0);
    const failures = await listRatingFailures(database.pool, { submissionId: poison });
    expect(failures).toMatchObject([{ submissionId: poison, error: 'defect \ufffd', ...HASHES }]);
  });

  it('lets two workers with overlapping jobs both finish, one with the effect', async () => {
    // So many that unordered insertions would meet head-on and deadlock.
    const ids = await keep(...Array.from({ length: 500 }, (_, i) => `subject-${i}`));
    const [group] = await claimOutbox(database.pool);
    const work = (reversed: boolean): Promise<number> =>
      inTransaction(
        database.pool,
        async (tx) => {
          const ratings = (reversed ? [...ids].reverse() : ids).map((id) => ratingOf(id));
          await keepRatings(tx, { ...HASHES, benchmarkRunId: null, ratings }, BY);
          return deleteOutbox(tx, group!.outboxIds);
        },
        { attempts: 1 },
      );
    // Open connections, so that the four really run at the same time.
    await Promise.all(Array.from({ length: 4 }, () => database.pool.query('SELECT pg_sleep(0.1)')));
    const removed = await Promise.all([work(false), work(true), work(false), work(true)]);
    expect(removed.sort()).toEqual([0, 0, 0, 1]);
    const { rows } = await database.pool.query('SELECT count(*)::int AS n FROM tanxiao.ratings');
    expect(rows).toEqual([{ n: 500 }]);
  });

  it('states what waits and since when', async () => {
    const ids = await keep('a', 'b');
    await keep('c');
    await claimOutbox(database.pool, { limit: 1 });
    await inTransaction(database.pool, (tx) => enqueueImport(tx, UPLOAD, BY));
    expect(await outboxBacklog(database.pool)).toMatchObject([
      { topic: 'import', rows: 1, submissions: 0, enqueuedRows: 0 },
      { topic: 'rate', rows: 2, submissions: 3, enqueuedRows: 1 },
    ]);
    expect((await outboxBacklog(database.pool))[1]!.oldestSeconds).toBeLessThan(60);
    expect(
      await inTransaction(database.pool, (tx) => enqueueSubmissions(tx, ids, BY)),
    ).toHaveLength(1);
  });

  it('tells listeners at the commit, and nothing where the transaction fails', async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const heard: (string | undefined)[] = [];
    client.on('notification', ({ payload }) => heard.push(payload));
    await client.query(`LISTEN ${OUTBOX_CHANNEL}`);
    await expect(
      inTransaction(database.pool, async (tx) => {
        await enqueueRun(tx, RUN, BY);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow();
    await keep('heard');
    for (let i = 0; i < 100 && heard.length === 0; i++) await client.query('SELECT 1');
    await client.end();
    expect(heard).toEqual(['rate']);
  });
});
