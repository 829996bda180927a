import { newId } from '@tanxiao/contracts';

import {
  distributionOf,
  getRating,
  inTransaction,
  keepRatings,
  listCurrentRatings,
  listRanking,
  listRatingsOfSubmission,
  type PopulationFilter,
  type RankKey,
  type RatingFilter,
  type RatingKey,
  type RatingRow,
  streamCurrentRatings,
} from './index';
import { openDatabase, type StoreDatabase } from './testing/database';
import {
  BY,
  HASHES,
  keepAll,
  keepDocuments,
  NOT_RATED,
  PERIOD,
  rateAll,
  ratingOf,
  RULEBOOK,
  submissionOf,
} from './testing/fixtures';
import { runWith } from './testing/published-run';

const ALL: PopulationFilter = { rulebookId: RULEBOOK, period: PERIOD };

describe('ratings', () => {
  let database: StoreDatabase;
  beforeEach(async () => {
    database = await openDatabase();
    await keepDocuments(database.pool);
  });
  afterEach(() => database.drop());

  /** Keeps submissions of these subjects, in their order, and rates them provisionally; returns the submissions' ids. */
  async function rated(codes: readonly string[], rankValue = 0.5): Promise<string[]> {
    const kept = await keepAll(
      database.pool,
      codes.map((code) => submissionOf(code)),
    );
    const ids = kept.map(({ id }) => id);
    await rateAll(
      database.pool,
      ids.map((id) => ratingOf(id, { rankValue })),
    );
    return ids;
  }

  async function allPages(filter: RatingFilter, limit = 3): Promise<RatingRow[]> {
    const found: RatingRow[] = [];
    let after: RatingKey | undefined;
    for (;;) {
      const { ratings, next } = await listCurrentRatings(database.pool, { filter, after, limit });
      found.push(...ratings);
      if (!next) return found;
      after = next;
    }
  }

  const seen = (rows: readonly RatingRow[]): string[] =>
    rows
      .map(({ subject, state, revision }) => `${subject.code} ${state} ${revision}`)
      .sort((a, b) => a.localeCompare(b));

  it('are kept once, whoever tries, and come back as they were', async () => {
    const kept = await keepAll(database.pool, [submissionOf('a'), submissionOf('b')]);
    const batch = [ratingOf(kept[0]!.id), ratingOf(kept[1]!.id, NOT_RATED)];
    const counts = await Promise.all(
      [batch, [...batch].reverse(), batch].map((ratings) => rateAll(database.pool, ratings)),
    );
    expect(counts.reduce((a, b) => a + b)).toBe(2);
    const [rating] = await listRatingsOfSubmission(database.pool, kept[1]!.id);
    expect(rating).toMatchObject({
      state: 'provisional',
      outcome: 'not-rated',
      reasons: ['no-benchmark'],
      results: [null, 7.01],
      bands: [null, 2],
      grade: null,
      level: 3,
      rulebookVersion: '1.0.0',
      factorSetId: 'cn-industrial',
      revision: 1,
      subject: { scheme: 'local', code: 'b' },
      regionCode: '330502',
      benchmark: null,
      ...HASHES,
    });
    expect(await getRating(database.pool, rating!.id)).toEqual(rating);
    expect(await getRating(database.pool, newId())).toBeNull();
  });

  it('of unknown documents or submissions are refused', async () => {
    const [id] = await rated(['a']);
    const keep = (ratings: string, rulebookHash: string): Promise<number> =>
      inTransaction(database.pool, (tx) =>
        keepRatings(
          tx,
          {
            ...HASHES,
            rulebookHash,
            benchmarkRunId: null,
            ratings: [ratingOf(ratings)],
          },
          BY,
        ),
      );
    await expect(keep(id!, 'f'.repeat(64))).rejects.toMatchObject({ code: 'unknown-document' });
    await expect(keep(newId(), HASHES.rulebookHash)).rejects.toMatchObject({
      code: 'unknown-submission',
    });
  });

  it('current before a publication: the provisional one of the latest rated revision', async () => {
    await rated(['a', 'b', 'c', 'd']);
    await rated(['b', 'c']);
    await keepAll(database.pool, [submissionOf('c')]);
    expect(seen(await allPages(ALL))).toEqual([
      'a provisional 1',
      'b provisional 2',
      'c provisional 2',
      'd provisional 1',
    ]);
    expect(seen(await allPages({}))).toEqual(seen(await allPages(ALL)));
  });

  it('current after a publication: the run’s; latecomers provisional; later revisions wait for the next run', async () => {
    const ids = await rated(['a', 'b', 'c', 'd']);
    const unpublished = await runWith(
      database.pool,
      ids.map((id) => ratingOf(id)),
      { publish: false },
    );
    expect((await allPages(ALL)).every(({ state }) => state === 'provisional')).toBe(true);
    const runId = await runWith(
      database.pool,
      ids.map((id) => ratingOf(id)),
    );
    expect(runId).not.toBe(unpublished);
    await rated(['b', 'late', 'later']);
    const expected = [
      'a final 1',
      'b final 1',
      'c final 1',
      'd final 1',
      'late provisional 1',
      'later provisional 1',
    ];
    for (const limit of [1, 2, 3, 4, 5, 6, 100])
      for (const filter of [ALL, {}]) expect(seen(await allPages(filter, limit))).toEqual(expected);
    expect(seen(await allPages({ ...ALL, state: 'final' }))).toEqual(expected.slice(0, 4));
    expect(seen(await allPages({ ...ALL, state: 'provisional' }))).toEqual(expected.slice(4));
    expect(seen(await allPages({ subject: { scheme: 'local', code: 'b' } }))).toEqual([
      'b final 1',
    ]);
    expect((await listRanking(database.pool, { filter: ALL })).ratings).toHaveLength(6);
    expect((await distributionOf(database.pool, ALL)).total).toBe(6);
  });

  it('switch as one whole: no reader sees two runs at once', async () => {
    const ids = await rated(Array.from({ length: 40 }, (_, i) => `subject-${i}`));
    await runWith(
      database.pool,
      ids.map((id) => ratingOf(id)),
    );
    let reading = true;
    const mixed: string[][] = [];
    let reads = 0;
    const reader = async (): Promise<void> => {
      while (reading) {
        const { ratings } = await listCurrentRatings(database.pool, { filter: ALL });
        const runs = new Set(ratings.map(({ runId }) => String(runId)));
        if (runs.size !== 1 || ratings.length !== 40) mixed.push([...runs]);
        reads++;
      }
    };
    const readers = [reader(), reader(), reader()];
    for (let i = 0; i < 8; i++)
      await runWith(
        database.pool,
        ids.map((id) => ratingOf(id)),
      );
    reading = false;
    await Promise.all(readers);
    expect(mixed).toEqual([]);
    expect(reads).toBeGreaterThan(8);
  });

  it('are ranked with ties stated, the same on every page', async () => {
    const values = [0.3, 0.1, 0.2, 0.2, 0.1 + 0.2, 0.2, 0.9];
    const kept = await keepAll(
      database.pool,
      [...values, null].map((_, i) => submissionOf(`s${i}`)),
    );
    await rateAll(
      database.pool,
      kept.map(({ id }, i) => ratingOf(id, { rankValue: values[i] ?? null })),
    );
    for (const order of ['ascending', 'descending'] as const) {
      const sorted = [...values].sort((a, b) => (order === 'ascending' ? a - b : b - a));
      const found: (readonly [number, number, number])[] = [];
      let after: RankKey | undefined;
      do {
        const page = await listRanking(database.pool, { filter: ALL, order, after, limit: 2 });
        found.push(...page.ratings.map((r) => [r.rating.rankValue!, r.rank, r.tied] as const));
        expect(page.ratings.every(({ population }) => population === values.length)).toBe(true);
        after = page.next ?? undefined;
      } while (after);
      expect(found).toEqual(
        sorted.map((v) => [v, sorted.indexOf(v) + 1, sorted.filter((w) => w === v).length]),
      );
    }
  });

  it('are counted by grade, level, outcome, reason, division and region', async () => {
    const kept = await keepAll(database.pool, [
      submissionOf('a'),
      submissionOf('b', { regionCode: '330503', industryCode: '3011' }),
      submissionOf('c', { regionCode: '330503', industryCode: '3012' }),
    ]);
    await rateAll(database.pool, [
      ratingOf(kept[0]!.id),
      ratingOf(kept[1]!.id, { grade: 2, level: 1 }),
      ratingOf(kept[2]!.id, NOT_RATED),
    ]);
    expect(await distributionOf(database.pool, ALL)).toEqual({
      total: 3,
      outcomes: [
        { outcome: 'not-rated', count: 1 },
        { outcome: 'rated', count: 2 },
      ],
      grades: [
        { grade: 1, count: 1 },
        { grade: 2, count: 1 },
        { grade: null, count: 1 },
      ],
      levels: [
        { level: 1, count: 1 },
        { level: 3, count: 2 },
      ],
      reasons: [{ reason: 'no-benchmark', count: 1 }],
      divisions: [
        { classification: 'gbt4754-2017', division: '17', grade: 1, count: 1 },
        { classification: 'gbt4754-2017', division: '30', grade: 2, count: 1 },
        { classification: 'gbt4754-2017', division: '30', grade: null, count: 1 },
      ],
      regions: [
        { regionCode: '330502', grade: 1, count: 1 },
        { regionCode: '330503', grade: 2, count: 1 },
        { regionCode: '330503', grade: null, count: 1 },
      ],
    });
    const found = async (filter: RatingFilter): Promise<string[]> =>
      (await allPages(filter)).map(({ subject }) => subject.code).sort();
    expect(await found({ regionPrefix: '3305' })).toEqual(['a', 'b', 'c']);
    expect(await found({ regionPrefix: '330503' })).toEqual(['b', 'c']);
    expect(await found({ industryPrefix: '17', grade: 1 })).toEqual(['a']);
    expect(await found({ outcome: 'not-rated' })).toEqual(['c']);
    expect(await found({ reason: 'no-benchmark' })).toEqual(['c']);
    expect(await found({ level: 1 })).toEqual(['b']);
  });

  it('stream by subject code in one snapshot, and give the connection back when the reader stops', async () => {
    await rated(['b', 'a', 'c']);
    const codes: string[] = [];
    for await (const batch of streamCurrentRatings(database.pool, ALL, 1)) {
      if (codes.length === 0) await rated(['d']);
      codes.push(...batch.map(({ subject }) => subject.code));
    }
    expect(codes).toEqual(['a', 'b', 'c']);
    for await (const batch of streamCurrentRatings(database.pool, ALL, 1)) {
      expect(batch).toHaveLength(1);
      break;
    }
    expect(database.pool.totalCount - database.pool.idleCount).toBe(0);
  });

  it('are found by no hostile text, which stays text', async () => {
    await rated(['a']);
    for (const text of [
      `' OR '1'='1`,
      `%`,
      `_`,
      `'; DROP TABLE tanxiao.ratings; --`,
      `\\`,
      `$1`,
      `3305'`,
    ]) {
      const filters: RatingFilter[] = [
        { rulebookId: text },
        { period: text },
        { industryClassification: text },
        { industryPrefix: text },
        { regionPrefix: text },
        { reason: text },
        { subject: { scheme: 'local', code: text } },
      ];
      for (const filter of filters) expect(await allPages(filter)).toEqual([]);
      const hostile = { ...ALL, regionPrefix: text };
      expect((await listRanking(database.pool, { filter: hostile })).ratings).toEqual([]);
      expect((await distributionOf(database.pool, { ...ALL, industryPrefix: text })).total).toBe(0);
      for await (const batch of streamCurrentRatings(database.pool, { regionPrefix: text }))
        expect(batch).toEqual([]);
    }
    expect(await allPages({})).toHaveLength(1);
  });
});
