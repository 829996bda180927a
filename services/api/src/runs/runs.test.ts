import type { ProblemView, RatingView, RunView } from '@tanxiao/contracts';

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
      state: 'scored',
      subjects: { total: 12, done: 12, rated: 12, notRated: 0 },
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
});
