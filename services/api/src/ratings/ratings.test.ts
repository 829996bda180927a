import type { ProblemView, RatingView, RunView } from '@tanxiao/contracts';
import { ratingCsvHeader } from '@tanxiao/forms';

import { type ApiUnderTest, startApi } from '../testing/api-under-test';
import { rateWaiting, scoreRun } from '../testing/rate-waiting';
import { PERIOD, RULEBOOK, sampleItem, sampleRequest, usccOf } from '../testing/sample-submissions';

const SUBJECTS = 60;
const population = `rulebook=${RULEBOOK}&period=${PERIOD}`;

interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
  const items = Array.from({ length: SUBJECTS }, (_, n) =>
    sampleItem(n, {
      regionCode: n % 2 === 0 ? '330502' : '330503',
      inputs: {
        value_added_10k_cny: n === 7 ? -1 : 100 + 10 * n,
        carrier_33: 100 + ((n * 37) % 400),
      },
    }),
  );
  await api.post('/v1/submissions', sampleRequest(items));
  await rateWaiting(api);
  const run = await api.post<RunView>('/v1/runs', { rulebook: RULEBOOK, period: PERIOD });
  await scoreRun(api, run.body.id);
  await api.post(`/v1/runs/${run.body.id}/publish`, {});
});
afterAll(() => api.close());

async function allPages<T>(path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const next: string = cursor === null ? '' : `&cursor=${cursor}`;
    const page: { body: Page<T> } = await api.ask<Page<T>>(path + next);
    items.push(...page.body.items);
    cursor = page.body.nextCursor;
  } while (cursor !== null);
  return items;
}

describe('GET /v1/ratings', () => {
  it('the pages together are the population, each subject once', async () => {
    const all = await allPages<RatingView>(`/v1/ratings?${population}&limit=7`);
    expect(all).toHaveLength(SUBJECTS);
    expect(new Set(all.map(({ subject }) => subject.code)).size).toBe(SUBJECTS);
    expect(all.every(({ state }) => state === 'final')).toBe(true);
  });

  it.each([
    ['outcome=not-rated', (r: RatingView) => r.outcome === 'not-rated'],
    ['region=330503', (r: RatingView) => r.regionCode === '330503'],
    ['region=330500&industry=17', () => true],
    ['region=340000', () => false],
    ['grade=3', (r: RatingView) => r.gradings[1]?.code === '3'],
    [`uscc=${usccOf(5)}`, (r: RatingView) => r.subject.code === usccOf(5)],
    ['state=provisional', () => false],
  ])('%s filters exactly', async (query, fits) => {
    const all = await allPages<RatingView>(`/v1/ratings?${population}`);
    const found = await allPages<RatingView>(`/v1/ratings?${population}&${query}&limit=9`);
    expect(found.map(({ id }) => id).sort()).toEqual(
      all
        .filter(fits)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('a grade the rulebook does not have is told with those it has', async () => {
    const { status, body } = await api.ask<ProblemView>(`/v1/ratings?${population}&grade=9`);
    expect(status).toBe(400);
    expect(body.errors?.[0]?.message).toContain('1, 2, 3, 4, 5');
  });

  it('a rating names what it was made from and with whom it was compared', async () => {
    const [listed] = await allPages<RatingView>(`/v1/ratings?${population}&uscc=${usccOf(3)}`);
    const { body } = await api.ask<RatingView>(`/v1/ratings/${listed!.id}`);
    expect(body).toEqual(listed);
    expect(body.peerGroup).toMatchObject({ level: 'class', size: SUBJECTS - 1 });
    expect(body.label?.zh).toMatch(/碳\d级$/);
    expect(Object.keys(body.results)).toContain('carbon_efficiency_ratio');
  });
});

describe('explanation and replay', () => {
  const one = async (n: number): Promise<RatingView> =>
    (await allPages<RatingView>(`/v1/ratings?${population}&uscc=${usccOf(n)}`))[0]!;

  it('the explanation holds every step with its source, and agrees with the rating', async () => {
    const rating = await one(3);
    const { body } = await api.ask<{
      lines: { name: string; value: string; operands: { status: string | null }[] }[];
      columns: { values: number[] };
    }>(`/v1/ratings/${rating.id}/explanation`);
    expect(body.columns.values).toEqual(Object.values(rating.results));
    expect(body.lines.map(({ name }) => name)).toContain('carbon_intensity');
    expect(body.lines.flatMap(({ operands }) => operands.map(({ status }) => status))).toContain(
      'reported',
    );
  });

  it('as text it is in the language that is asked for, with the status of every number', async () => {
    const { id } = await one(3);
    const text = async (language: string) =>
      (
        await api.ask<string>(`/v1/ratings/${id}/explanation`, {
          headers: { accept: 'text/plain', 'accept-language': language },
        })
      ).body;
    expect(await text('zh')).toMatch(/碳效等级[^]*公开报道/);
    expect(await text('en')).toMatch(/Carbon-efficiency grade[^]*reported/);
  });

  it('a subject that is not rated is told why, in words', async () => {
    const { id, outcome } = await one(7);
    expect(outcome).toBe('not-rated');
    const { body } = await api.ask<string>(`/v1/ratings/${id}/explanation`, {
      headers: { accept: 'text/plain', 'accept-language': 'en' },
    });
    expect(body).toContain('value added is zero or negative');
  });

  it('every rating replays to the same result from what is kept', async () => {
    for (const { id } of await allPages<RatingView>(`/v1/ratings?${population}&limit=20`)) {
      const { body } = await api.ask<{ identical: boolean; kept: unknown; recomputed: unknown }>(
        `/v1/ratings/${id}/replay`,
      );
      expect(body.recomputed).toEqual(body.kept);
      expect(body.identical).toBe(true);
    }
  });
});

describe('GET /v1/ratings/export', () => {
  it('is the whole filtered population by subject code, in the shared row format', async () => {
    const { body, headers } = await api.ask<string>(`/v1/ratings/export?${population}`);
    const lines = body.trimEnd().split(/\r?\n/);
    const plan = api.standards.plan(RULEBOOK, {
      ...{ id: PERIOD, kind: 'quarter', year: 2026, start: '2026-07-01', end: '2026-09-30' },
    })!;
    expect(body.startsWith(ratingCsvHeader(plan))).toBe(true);
    expect(lines).toHaveLength(SUBJECTS + 1);
    const codes = lines.slice(1).map((line) => line.split(',')[0]);
    expect(codes).toEqual([...codes].sort());
    expect(headers.get('content-disposition')).toContain('attachment');
  });

  it('starts with a byte-order mark only where asked', async () => {
    const response = await fetch(`${api.url}/v1/ratings/export?${population}&bom=true`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  });

  it('a client that stops in the midst leaves no connection taken', async () => {
    for (let n = 0; n < 12; n++) {
      const stop = new AbortController();
      const response = await fetch(`${api.url}/v1/ratings/export?${population}`, {
        signal: stop.signal,
      });
      expect(response.status).toBe(200);
      stop.abort();
    }
    const { status } = await api.ask(`/v1/ratings/export?${population}`);
    expect(status).toBe(200);
  });
});

describe('what a population looks like as a whole', () => {
  it('the ranking is complete, ordered, and states its ties', async () => {
    interface Ranked {
      rank: number;
      tied: number;
      population: number;
      rankBy: { value: number };
    }
    const ranked = await allPages<Ranked>(`/v1/rankings?${population}&limit=11`);
    expect(ranked).toHaveLength(SUBJECTS - 1);
    expect(ranked[0]!.population).toBe(SUBJECTS - 1);
    const values = ranked.map(({ rankBy }) => rankBy.value);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    for (const { rank, tied, rankBy } of ranked) {
      expect(values.indexOf(rankBy.value)).toBe(rank - 1);
      expect(values.filter((value) => value === rankBy.value)).toHaveLength(tied);
    }
  });

  it.each([
    ['grade', '5级'],
    ['industry', '纺织业'],
    ['region', '吴兴区'],
  ])('counts by %s add up to the population, and each group has its name', async (by, title) => {
    const { body } = await api.ask<{
      total: number;
      rated: number;
      notRated: number;
      groups: { title: { zh: string } | null; total: number; notRated: number; counts: number[] }[];
    }>(`/v1/distribution?${population}&by=${by}`);
    expect([body.total, body.rated, body.notRated]).toEqual([SUBJECTS, SUBJECTS - 1, 1]);
    expect(body.groups.map((group) => group.title?.zh)).toContain(title);
    for (const group of body.groups)
      expect(group.counts.reduce((a, b) => a + b, group.notRated)).toBe(group.total);
    expect(body.groups.reduce((sum, { total }) => sum + total, 0)).toBe(SUBJECTS);
  });

  it('benchmarks are listed whole, or as the chain a subject is compared along', async () => {
    interface Group {
      level: string;
      size: number;
    }
    const all = await allPages<Group>(`/v1/benchmarks?${population}&limit=2`);
    const chain = await allPages<Group>(`/v1/benchmarks?${population}&industry=1751&region=330502`);
    expect(chain.map(({ level }) => level)).toEqual(['class', 'group', 'division', 'city']);
    expect(all).toHaveLength(4);
    expect((await api.ask(`/v1/benchmarks?${population}&industry=17`)).status).toBe(400);
  });
});
