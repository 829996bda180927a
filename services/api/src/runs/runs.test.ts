import { setTimeout as sleep } from 'node:timers/promises';

import type { RatingView, RunView } from '@tanxiao/contracts';
import { newId, type ProblemView } from '@tanxiao/contracts';

import { type ApiUnderTest, startApi } from '../testing/api-under-test';
import { rateWaiting, scoreRun } from '../testing/rate-waiting';
import { PERIOD, RULEBOOK, sampleItem, sampleRequest, usccOf } from '../testing/sample-submissions';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const population = `rulebook=${RULEBOOK}&period=${PERIOD}`;
const request = { rulebook: RULEBOOK, period: PERIOD };

async function rankedRun(period = PERIOD): Promise<string> {
  const { body } = await api.post<RunView>('/v1/runs', { rulebook: RULEBOOK, period });
  await scoreRun(api, body.id);
  return body.id;
}

describe('runs', () => {
  it('readers see nothing of a run before its publication, and the whole of it after', async () => {
    const items = Array.from({ length: 12 }, (_, n) => sampleItem(n));
    await api.post('/v1/submissions', sampleRequest(items));
    await rateWaiting(api);
    const created = await api.post<RunView>('/v1/runs', request, { 'idempotency-key': 'run-1' });
    expect(created.status).toBe(202);
    const { id } = created.body;
    expect(created.headers.get('location')).toBe(`/v1/runs/${id}`);

    const tooEarly = await api.post<ProblemView>(`/v1/runs/${id}/publish`, {});
    expect([tooEarly.status, tooEarly.body.type]).toEqual([409, 'urn:tanxiao:problem:conflict']);

    await scoreRun(api, id);
    const scored = await api.ask<RunView>(`/v1/runs/${id}`);
    expect(scored.body).toMatchObject({
      state: 'ranked',
      subjects: { total: 12, done: 12, rated: 12, notRated: 0 },
      progress: null,
      previousRunId: null,
    });
    const states = async (query = '') => {
      const { body } = await api.ask<{ items: RatingView[] }>(`/v1/ratings?${population}${query}`);
      return [...new Set(body.items.map(({ state }) => state))];
    };
    expect(await states()).toEqual(['provisional']);
    expect(await states(`&runId=${id}&limit=5`)).toEqual(['provisional']);

    const published = await api.post<RunView>(`/v1/runs/${id}/publish`, {});
    expect(published.body).toMatchObject({ state: 'published', current: true });
    expect(await states()).toEqual(['final']);
    expect((await api.post(`/v1/runs/${id}/publish`, {})).status).toBe(200);
  });

  it('the same key makes one run', async () => {
    const [first, again] = [
      await api.post<RunView>('/v1/runs', request, { 'idempotency-key': 'run-2' }),
      await api.post<RunView>('/v1/runs', request, { 'idempotency-key': 'run-2' }),
    ];
    expect(again.body.id).toBe(first.body.id);
  });

  it('the list goes newest first, page by page, and does not shift when a run is added', async () => {
    for (let n = 0; n < 3; n++) await api.post('/v1/runs', request);
    const first = await api.ask<{ items: RunView[]; nextCursor: string }>('/v1/runs?limit=2');
    expect(first.body).toHaveProperty('items');
    await api.post('/v1/runs', request);
    const second = await api.ask<{ items: RunView[] }>(
      `/v1/runs?limit=2&cursor=${first.body.nextCursor}`,
    );
    const ids = [...first.body.items, ...second.body.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort().reverse()).toEqual(ids);
  });

  it('a subject that came after the run stays provisional beside the final ones', async () => {
    await api.post('/v1/submissions', sampleRequest([sampleItem(500)]));
    await rateWaiting(api);
    const { body } = await api.ask<{ items: RatingView[] }>(
      `/v1/ratings?${population}&uscc=${usccOf(500)}`,
    );
    expect(body.items).toMatchObject([
      { state: 'provisional', outcome: 'not-rated', reasons: [{ code: 'no-benchmark' }] },
    ]);
  });

  it('a rating of a run tells its ranks, by the addresses of lists and of its own', async () => {
    const id = await rankedRun();
    const { body } = await api.ask<{ items: RatingView[] }>(
      `/v1/ratings?${population}&runId=${id}&limit=200`,
    );
    const all = body.items.map(({ ranks }) => ranks.find(({ scope }) => scope === 'all')!);
    expect(new Set(all.map(({ ranked }) => ranked))).toEqual(new Set([body.items.length]));
    for (const { rank, tied } of all) {
      expect(all.filter((other) => other.rank < rank)).toHaveLength(rank - 1);
      expect(all.filter((other) => other.rank === rank)).toHaveLength(tied);
    }
    expect(body.items[0]!.ranks.map(({ scope, key }) => [scope, key])).toEqual([
      ['all', ''],
      ['city', body.items[0]!.regionCode.slice(0, 4)],
      ['county', body.items[0]!.regionCode],
      ['division', `gbt4754-2017:${body.items[0]!.industryCode.slice(0, 2)}`],
      ['class', `gbt4754-2017:${body.items[0]!.industryCode}`],
    ]);
    const one = await api.ask<RatingView>(`/v1/ratings/${body.items[3]!.id}`);
    expect(one.body).toEqual(body.items[3]);
    const unknown = `${one.body.id.slice(0, 28)}7fffffff`;
    expect((await api.ask(`/v1/ratings/${unknown}`)).status).toBe(404);
  });

  it('a run goes under notice, and from there to its publication', async () => {
    const id = await rankedRun();
    const until = '2026-12-31';
    const noticed = await api.post<RunView>(`/v1/runs/${id}/notice`, { until });
    expect(noticed.body).toMatchObject({ state: 'under-notice', noticeUntil: until });
    expect((await api.post(`/v1/runs/${id}/notice`, {})).status).toBe(200);
    expect((await api.post<RunView>(`/v1/runs/${id}/publish`, {})).body.state).toBe('published');
    const late = await api.post<ProblemView>(`/v1/runs/${id}/notice`, { until });
    expect([late.status, late.body.type]).toEqual([409, 'urn:tanxiao:problem:conflict']);
    expect((await api.post(`/v1/runs/${id}/cancel`, {})).status).toBe(409);
  });

  it('a cancelled run is rated no further and never published', async () => {
    const { body } = await api.post<RunView>('/v1/runs', request);
    const cancelled = await api.post<RunView>(`/v1/runs/${body.id}/cancel`, {});
    expect(cancelled.body).toMatchObject({ state: 'cancelled', progress: null });
    expect(cancelled.body.endedAt).not.toBeNull();
    expect((await api.post(`/v1/runs/${body.id}/cancel`, {})).status).toBe(200);
    await scoreRun(api, body.id);
    expect((await api.ask<RunView>(`/v1/runs/${body.id}`)).body).toMatchObject({
      state: 'cancelled',
      subjects: { total: 0 },
    });
    expect((await api.post(`/v1/runs/${body.id}/publish`, {})).status).toBe(409);
  });

  it('a run is told as events until workers have nothing more to do', async () => {
    const { body } = await api.post<RunView>('/v1/runs', request);
    const watching = api.ask<string>(`/v1/runs/${body.id}/events`);
    // Long enough for the first event.
    await sleep(300);
    await scoreRun(api, body.id);
    const { headers, body: text } = await watching;
    expect(headers.get('content-type')).toContain('text/event-stream');
    const told = text
      .split('\n\n')
      .filter((event) => event.startsWith('event: run\n'))
      .map((event) => JSON.parse(event.split('\ndata: ')[1]!) as RunView);
    expect(told[0]!.state).toBe('draft');
    expect(told[0]!.progress).toMatchObject({ step: 'freezing', done: 0 });
    expect(told.at(-1)).toMatchObject({ state: 'ranked', progress: null });
    expect((await api.ask(`/v1/runs/${newId()}/events`)).status).toBe(404);
  });

  it('a run is compared with the published one of the period before, subject by subject', async () => {
    const codes = [700, 701, 702, 703];
    const submit = async (period: string, changes: Readonly<Record<number, number>>) => {
      const items = codes
        .map((code) => sampleItem(code))
        .map((item, n) => ({
          ...item,
          inputs: { ...item.inputs, carrier_33: changes[codes[n]!] ?? 50 },
        }));
      await api.post('/v1/submissions', { ...sampleRequest(items), period });
      await rateWaiting(api);
    };
    await submit('2025Q3', {});
    const before = await rankedRun('2025Q3');
    await api.post(`/v1/runs/${before}/publish`, {});
    await submit('2025Q4', { 703: 5000 });
    const now = await rankedRun('2025Q4');
    expect((await api.ask<RunView>(`/v1/runs/${now}`)).body.previousRunId).toBe(before);
    interface Moved {
      readonly before: { readonly outcome: string; readonly grade: string | null };
      readonly now: { readonly outcome: string; readonly grade: string | null };
    }
    const { body } = await api.ask<{ moves: (Moved & { subjects: number })[] }>(
      `/v1/runs/${now}/moves`,
    );
    expect(body.moves.reduce((sum, { subjects }) => sum + subjects, 0)).toBe(codes.length);
    const changed = body.moves.filter((move) => move.before.grade !== move.now.grade);
    const movers = await api.ask<{ items: (Moved & { subject: { code: string } })[] }>(
      `/v1/runs/${now}/movers`,
    );
    expect(movers.body.items).toHaveLength(
      changed.reduce((sum, { subjects }) => sum + subjects, 0),
    );
    expect(movers.body.items.map(({ subject }) => subject.code)).toContain(usccOf(703));
    // Against itself nobody moved; against a run of another rulebook there is nothing to compare.
    const same = await api.ask<{ items: unknown[] }>(`/v1/runs/${now}/movers?against=${now}`);
    expect(same.body.items).toEqual([]);
    expect((await api.ask(`/v1/runs/${before}/movers`)).status).toBe(409);
  });
});

describe('schedules of runs', () => {
  it('tell the next run, and begin none any more once ended', async () => {
    const asked = { rulebook: RULEBOOK, every: 'year', monthsAfter: 5, day: 28, hour: 23 };
    const made = await api.post<{ id: string; next: { period: string; at: string } }>(
      '/v1/run-schedules',
      asked,
    );
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...asked, endedAt: null });
    expect(made.body.next.at).toBe(`${Number(made.body.next.period) + 1}-06-28T15:00:00.000Z`);
    expect(Date.parse(made.body.next.at)).toBeGreaterThan(Date.now());
    const ended = await api.post(`/v1/run-schedules/${made.body.id}/end`, {});
    expect(ended.body).toMatchObject({ next: null });
    const list = await api.ask<{ items: { id: string }[] }>('/v1/run-schedules');
    expect(list.body.items.map(({ id }) => id)).toEqual([made.body.id]);
  });

  it.each([
    [{ rulebook: 'none', every: 'year' }, '/rulebook'],
    [{ rulebook: RULEBOOK, every: 'week' }, '/every'],
    [{ rulebook: RULEBOOK, every: 'year', day: 31 }, '/day'],
  ])('%o is refused at %s', async (asked, pointer) => {
    const { status, body } = await api.post<ProblemView>('/v1/run-schedules', asked);
    expect(status).toBe(400);
    expect(body.errors!.map((error) => error.pointer)).toEqual([pointer]);
  });
});
