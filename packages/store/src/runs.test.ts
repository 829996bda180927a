import {
  claimRun,
  claimRunChunk,
  completeRunChunk,
  createRun,
  finishScoring,
  freezePopulation,
  getBenchmark,
  getRun,
  inTransaction,
  keepBenchmarks,
  latestPublishedRun,
  listBenchmarks,
  listCurrentPublications,
  listRuns,
  loadPopulation,
  loadRunBenchmarks,
  moveRun,
  pendingRunChunks,
  publishRun,
  releaseRun,
  streamPopulation,
} from './index';
import { openDatabase, type StoreDatabase } from './testing/database';
import {
  BY,
  HASHES,
  keepAll,
  keepDocuments,
  PERIOD,
  rateAll,
  ratingOf,
  RULEBOOK,
  submissionOf,
} from './testing/fixtures';
import { runWith } from './testing/published-run';

describe('a run', () => {
  let database: StoreDatabase;
  beforeEach(async () => {
    database = await openDatabase();
    await keepDocuments(database.pool);
  });
  afterEach(() => database.drop());

  const create = (period = PERIOD): Promise<string> =>
    inTransaction(database.pool, (tx) =>
      createRun(tx, { rulebookId: RULEBOOK, period, ...HASHES }, BY),
    );
  const freeze = (runId: string, chunkSize: number) =>
    inTransaction(database.pool, (tx) => freezePopulation(tx, runId, { chunkSize }));
  const subjects = (n: number) => Array.from({ length: n }, (_, i) => submissionOf(`subject-${i}`));

  it('names only documents that are kept', async () => {
    await expect(
      inTransaction(database.pool, (tx) =>
        createRun(
          tx,
          { rulebookId: RULEBOOK, period: PERIOD, ...HASHES, rulebookHash: '0'.repeat(64) },
          BY,
        ),
      ),
    ).rejects.toMatchObject({ code: 'unknown-document' });
  });

  it('freezes the latest revision of each subject, once, whatever arrives later', async () => {
    await keepAll(database.pool, subjects(25));
    const latest = await keepAll(database.pool, subjects(25));
    await keepAll(database.pool, [submissionOf('another period', { period: '2026' })]);
    const runId = await create();
    const frozen = await Promise.all([freeze(runId, 10), freeze(runId, 10)]);
    expect(frozen).toEqual([
      { subjects: 25, chunks: 3 },
      { subjects: 25, chunks: 3 },
    ]);
    await keepAll(database.pool, subjects(30));
    expect(await freeze(runId, 7)).toEqual({ subjects: 25, chunks: 3 });
    const members = await loadPopulation(database.pool, {
      runId,
      firstOrdinal: 1,
      lastOrdinal: 99,
    });
    expect(members.map(({ ordinal }) => ordinal)).toEqual(latest.map((_, i) => i + 1));
    expect(new Set(members.map(({ id }) => id))).toEqual(new Set(latest.map(({ id }) => id)));
    const streamed: string[] = [];
    for await (const batch of streamPopulation(database.pool, runId, 7))
      streamed.push(...batch.map(({ id }) => id));
    expect(streamed).toEqual(members.map(({ id }) => id));
  });

  it('of an empty population has nothing to score', async () => {
    const runId = await create();
    expect(await freeze(runId, 10)).toEqual({ subjects: 0, chunks: 0 });
    await moveRun(database.pool, { runId, from: ['queued'], to: 'scoring' });
    expect(await inTransaction(database.pool, (tx) => finishScoring(tx, runId))).toBe(true);
  });

  it('gives each chunk to one of many workers, and counts it once', async () => {
    await keepAll(database.pool, subjects(45));
    const runId = await create();
    await freeze(runId, 10);
    expect(await moveRun(database.pool, { runId, from: ['queued'], to: 'scoring' })).toBe(true);
    const claims = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        claimRunChunk(database.pool, { runId, holder: `worker-${i}` }),
      ),
    );
    const chunks = claims.filter((chunk) => chunk !== null);
    expect(chunks.map(({ seq }) => seq).sort()).toEqual([0, 1, 2, 3, 4]);
    expect(chunks.find(({ seq }) => seq === 4)).toMatchObject({
      firstOrdinal: 41,
      lastOrdinal: 45,
    });
    expect(await inTransaction(database.pool, (tx) => finishScoring(tx, runId))).toBe(false);
    const complete = (seq: number): Promise<boolean> =>
      inTransaction(database.pool, (tx) =>
        completeRunChunk(tx, { runId, seq, rated: 3, notRated: 1, failed: 1 }),
      );
    expect((await Promise.all([complete(4), complete(4)])).sort()).toEqual([false, true]);
    expect(await getRun(database.pool, runId)).toMatchObject({
      state: 'scoring',
      subjects: { total: 45, done: 5, rated: 3, notRated: 1, failed: 1 },
    });
    expect(await pendingRunChunks(database.pool, runId)).toBe(4);
  });

  it('whose worker died gives its chunk to the next after the lease', async () => {
    await keepAll(database.pool, subjects(3));
    const runId = await create();
    await freeze(runId, 10);
    const claim = (holder: string) =>
      claimRunChunk(database.pool, { runId, holder, leaseSeconds: 0.1 });
    expect(await claim('a')).not.toBeNull();
    expect(await claim('b')).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await claim('b')).not.toBeNull();
  });

  it('is driven by one worker at a time', async () => {
    const runId = await create();
    const claims = await Promise.all(
      Array.from({ length: 6 }, (_, i) => claimRun(database.pool, { runId, holder: `w${i}` })),
    );
    expect(claims.filter((state) => state === 'queued')).toHaveLength(1);
    await releaseRun(database.pool, { runId, holder: `w${claims.indexOf('queued')}` });
    expect(await claimRun(database.pool, { runId, holder: 'next' })).toBe('queued');
  });

  it('is published once, only when scored, and the last publication is what readers see', async () => {
    const queued = await create();
    expect(await inTransaction(database.pool, (tx) => publishRun(tx, queued, BY))).toBe(false);
    const kept = await keepAll(database.pool, subjects(2));
    const ratings = kept.map(({ id }) => ratingOf(id));
    const first = await runWith(database.pool, ratings);
    const second = await runWith(database.pool, ratings, { publish: false });
    const publish = (): Promise<boolean> =>
      inTransaction(database.pool, (tx) => publishRun(tx, second, BY));
    expect((await Promise.all([publish(), publish(), publish()])).filter(Boolean)).toHaveLength(1);
    expect(await listCurrentPublications(database.pool)).toMatchObject([{ runId: second, ...BY }]);
    const runs = await listRuns(database.pool, { rulebookId: RULEBOOK, period: PERIOD });
    expect(runs.map(({ id, state, current }) => [id, state, current])).toEqual([
      [second, 'published', true],
      [first, 'published', false],
      [queued, 'queued', false],
    ]);
    expect(await listRuns(database.pool, { before: first })).toHaveLength(1);
    expect(await listRuns(database.pool, { state: 'failed' })).toEqual([]);
  });

  it('that failed says why and stays so', async () => {
    const runId = await create();
    await moveRun(database.pool, {
      runId,
      from: ['queued', 'benchmarking', 'scoring'],
      to: 'failed',
      failure: 'no plan',
    });
    expect(await getRun(database.pool, runId)).toMatchObject({
      state: 'failed',
      failure: 'no plan',
    });
    expect(await moveRun(database.pool, { runId, from: ['queued'], to: 'scoring' })).toBe(false);
    expect(await claimRun(database.pool, { runId, holder: 'w' })).toBeNull();
  });

  it('keeps each benchmark once, exactly as it is', async () => {
    const runId = await create();
    const benchmark = {
      statistic: 'mean',
      level: 'class-in-city',
      groupKey: `1751|3305`,
      size: 7,
      numerator: '123456789012345678.123',
      denominator: '1/3',
      value: 0.1,
    };
    for (let i = 0; i < 2; i++)
      await inTransaction(database.pool, (tx) =>
        keepBenchmarks(tx, runId, [benchmark, { ...benchmark, groupKey: `' OR 1=1` }], BY),
      );
    const rows = await loadRunBenchmarks(database.pool, runId);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({ ...benchmark, runId, rulebookId: RULEBOOK, period: PERIOD });
    expect(await getBenchmark(database.pool, rows[1]!.id)).toEqual(rows[1]);
    expect(await listBenchmarks(database.pool, { runId, groupKey: `' OR 1=1` })).toHaveLength(1);
    // Not published: the public list has none.
    expect(await listBenchmarks(database.pool, {})).toEqual([]);
  });

  it('provides the benchmark of later periods of the same kind, never of earlier ones or others', async () => {
    const kept = await keepAll(database.pool, [submissionOf('a', { period: '2026Q1' })]);
    await rateAll(database.pool, [ratingOf(kept[0]!.id)]);
    const q1 = await runWith(database.pool, [ratingOf(kept[0]!.id)], { period: '2026Q1' });
    const latest = async (period: string): Promise<string | undefined> =>
      (await latestPublishedRun(database.pool, { rulebookId: RULEBOOK, period }))?.runId;
    expect(await latest('2026Q3')).toBe(q1);
    expect(await latest('2026Q1')).toBe(q1);
    expect(await latest('2025Q4')).toBeUndefined();
    expect(await latest('2026H1')).toBeUndefined();
    expect(await latest('2026')).toBeUndefined();
  });
});
