import {
  cancelRun,
  chunksToBenchmark,
  chunksToScore,
  completeChunk,
  createRun,
  failRun,
  finishRanking,
  finishScoring,
  finishStage,
  freezePopulation,
  getBenchmark,
  getRun,
  getRunState,
  inTransaction,
  keepBenchmarks,
  keepPartial,
  latestPublishedRun,
  listBenchmarks,
  listCurrentPublications,
  listRuns,
  loadAllLayouts,
  loadRunBenchmarks,
  publishRun,
  putUnderNotice,
  readChunkInputs,
  takeChunkToScore,
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
import { blankColumns, runWith } from './testing/published-run';

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
  const freeze = (runId: string, chunkSize: number, stages = 1) =>
    inTransaction(database.pool, (tx) =>
      freezePopulation(tx, { runId, chunkSize, stages, yearBefore: null }),
    );
  const benchmarked = (runId: string) =>
    inTransaction(database.pool, (tx) => finishStage(tx, { runId, stage: 0, stages: 1 }));
  const scored = (runId: string) => inTransaction(database.pool, (tx) => finishScoring(tx, runId));
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
    const layouts = await loadAllLayouts(database.pool);
    const chunks = await Promise.all(
      [0, 1, 2].map((seq) =>
        inTransaction(database.pool, (tx) =>
          readChunkInputs(tx, {
            ...{ runId, seq, rulebookId: RULEBOOK, period: PERIOD },
            columnsFor: blankColumns(3),
            // Back to front, so that a mistaken place is seen.
            targetOf: (layoutId) => Int32Array.from(layouts.get(layoutId)!, (_, k) => 2 - k),
          }),
        ),
      ),
    );
    expect(chunks.map(({ size }) => size)).toEqual([10, 10, 5]);
    const ids = chunks.flatMap(({ size, submissionIds }) =>
      Array.from({ length: size }, (_, i) => submissionIds.toString('hex', i * 16, i * 16 + 16)),
    );
    expect(new Set(ids)).toEqual(new Set(latest.map(({ id }) => id.replaceAll('-', ''))));
    for (const { revisions, columns, places, placeOf } of chunks) {
      expect(new Set(revisions)).toEqual(new Set([2]));
      expect(columns.map((column) => column[0])).toEqual([NaN, 33.25, 1200.5]);
      expect(places).toEqual([
        { regionCode: '330502', industryClassification: 'gbt4754-2017', industryCode: '1751' },
      ]);
      expect(new Set(placeOf)).toEqual(new Set([0]));
    }
  });

  it('of an empty population has nothing to score', async () => {
    const runId = await create();
    expect(await freeze(runId, 10)).toEqual({ subjects: 0, chunks: 0 });
    expect(await benchmarked(runId)).toBe(true);
    expect(await scored(runId)).toBe(true);
  });

  it('goes through the stages of its statistics one after the other, each once', async () => {
    await keepAll(database.pool, subjects(25));
    const runId = await create();
    await freeze(runId, 10, 2);
    const finish = (stage: number) =>
      inTransaction(database.pool, (tx) => finishStage(tx, { runId, stage, stages: 2 }));
    expect(await finish(1)).toBe(false);
    const partial = Buffer.from('partial');
    for (const seq of [2, 0, 2])
      await keepPartial(database.pool, { runId, stage: 0, seq, partial });
    expect(await chunksToBenchmark(database.pool, { runId, stage: 0 })).toMatchObject([{ seq: 1 }]);
    expect(await chunksToBenchmark(database.pool, { runId, stage: 1 })).toHaveLength(3);
    expect((await getRun(database.pool, runId))?.progress).toMatchObject({
      step: 'benchmarking',
      done: 15,
      total: 50,
    });
    expect([await finish(0), await finish(0), await finish(1), await finish(1)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(await getRunState(database.pool, runId)).toEqual({
      state: 'benchmarked',
      stagesDone: 2,
    });
  });

  it('has each chunk scored by one of many workers, and counts it once', async () => {
    await keepAll(database.pool, subjects(45));
    const runId = await create();
    await freeze(runId, 10);
    const score = (preferred: readonly number[]): Promise<number | null> =>
      inTransaction(database.pool, async (tx) => {
        const chunk = await takeChunkToScore(tx, { runId, preferred });
        if (chunk === null) return null;
        // Long enough for all to have asked.
        await tx.query('SELECT pg_sleep(0.2)');
        await completeChunk(tx, { runId, seq: chunk.seq, rated: 3, notRated: 1, failed: 1 });
        return chunk.seq;
      });
    expect(await score([4])).toBeNull();
    await benchmarked(runId);
    expect(await chunksToScore(database.pool, runId)).toHaveLength(5);
    expect((await Promise.all([score([4]), score([4]), score([4])])).sort()).toEqual([0, 1, 4]);
    expect(await scored(runId)).toBe(false);
    expect(await getRun(database.pool, runId)).toMatchObject({
      state: 'benchmarked',
      subjects: { total: 45, done: 25, rated: 9, notRated: 3, failed: 3 },
      progress: { step: 'scoring', done: 25, total: 45 },
    });
    expect((await chunksToScore(database.pool, runId)).at(-1)).toEqual({
      seq: 3,
      firstOrdinal: 31,
      lastOrdinal: 40,
    });
    expect(await Promise.all([score([]), score([]), score([])])).toEqual(
      expect.arrayContaining([2, 3, null]),
    );
    expect(await scored(runId)).toBe(true);
  });

  it('that is cancelled is moved no further, whatever its workers do', async () => {
    await keepAll(database.pool, subjects(5));
    const runId = await create();
    await freeze(runId, 10);
    await benchmarked(runId);
    expect(await cancelRun(database.pool, runId)).toBe(true);
    expect(
      await inTransaction(database.pool, (tx) => takeChunkToScore(tx, { runId, preferred: [0] })),
    ).toBeNull();
    expect(await scored(runId)).toBe(false);
    expect(await failRun(database.pool, { runId, failure: 'late' })).toBe(false);
    expect(await inTransaction(database.pool, (tx) => publishRun(tx, runId, BY))).toBe(false);
    expect(await getRun(database.pool, runId)).toMatchObject({ state: 'cancelled', failure: null });
  });

  it('is cancelled at once, also while its population is being frozen', async () => {
    await keepAll(database.pool, subjects(5));
    const runId = await create();
    const blocker = await database.pool.connect();
    await blocker.query('BEGIN; LOCK TABLE tanxiao.run_populations IN EXCLUSIVE MODE');
    const freezing = freeze(runId, 10);
    await database.pool.query('SELECT pg_sleep(0.2)');
    const asked = await database.pool.connect();
    await asked.query(`SET lock_timeout = '1s'`);
    expect(await cancelRun(asked, runId)).toBe(true);
    await asked.query('RESET lock_timeout');
    asked.release();
    await blocker.query('ROLLBACK');
    blocker.release();
    await freezing;
    expect(await getRunState(database.pool, runId)).toMatchObject({ state: 'cancelled' });
  });

  it('may be put under notice before it is published', async () => {
    const kept = await keepAll(database.pool, subjects(2));
    const runId = await runWith(
      database.pool,
      kept.map(({ id }) => ratingOf(id)),
      { publish: false },
    );
    const until = '2026-12-31';
    expect(await putUnderNotice(database.pool, { runId, until })).toBe(true);
    expect(await putUnderNotice(database.pool, { runId, until })).toBe(false);
    expect(await getRun(database.pool, runId)).toMatchObject({
      state: 'under-notice',
      noticeUntil: until,
    });
    expect(
      await inTransaction(database.pool, (tx) => finishRanking(tx, { runId, previousRunId: null })),
    ).toBe(false);
    expect(await inTransaction(database.pool, (tx) => publishRun(tx, runId, BY))).toBe(true);
  });

  it('is published once, only when ranked, and the last publication is what readers see', async () => {
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
      [queued, 'draft', false],
    ]);
    expect(await listRuns(database.pool, { before: first })).toHaveLength(1);
    expect(await listRuns(database.pool, { state: 'failed' })).toEqual([]);
  });

  it('that failed says why and stays so', async () => {
    const runId = await create();
    expect(await failRun(database.pool, { runId, failure: 'no plan' })).toBe(true);
    expect(await getRun(database.pool, runId)).toMatchObject({
      state: 'failed',
      failure: 'no plan',
    });
    expect(await freeze(runId, 10)).toEqual({ subjects: 0, chunks: 0 });
    expect(await getRunState(database.pool, runId)).toMatchObject({ state: 'failed' });
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
