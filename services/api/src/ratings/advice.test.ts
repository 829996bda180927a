import type { ProblemView, RatingView, RunView } from '@tanxiao/contracts';

import { type ApiUnderTest, startApi } from '../testing/api-under-test';
import { rateWaiting, scoreRun } from '../testing/rate-waiting';
import { PERIOD, RULEBOOK, sampleItem, sampleRequest, usccOf } from '../testing/sample-submissions';

interface AdviceBody {
  readonly benchmarkHeldFixed: { readonly zh: string } | null;
  readonly gradings: readonly {
    readonly name: string;
    readonly value: string;
    readonly band: { readonly code: string } | null;
    readonly better: readonly {
      readonly code: string;
      readonly inputs: readonly {
        readonly name: string;
        readonly reachable: boolean;
        readonly least?: { readonly value: string };
        readonly sentence: { readonly zh: string; readonly en: string };
      }[];
    }[];
    readonly uncertainty: { readonly single: readonly { readonly answer: string }[] } | null;
  }[];
}

let api: ApiUnderTest;
let id: string;
beforeAll(async () => {
  api = await startApi();
  // Six peers: Σ net = 4.974 × 600, Σ value added = 6 × 497.4, so the benchmark is exactly 1.
  const electricity = [70.98, 99.02, 100, 100, 110, 120];
  const items = electricity.map((carrier_33, n) =>
    sampleItem(n, { inputs: { value_added_10k_cny: 497.4, carrier_33 } }),
  );
  await api.post('/v1/submissions', sampleRequest(items));
  await rateWaiting(api);
  const run = await api.post<RunView>('/v1/runs', { rulebook: RULEBOOK, period: PERIOD });
  await scoreRun(api, run.body.id);
  await api.post(`/v1/runs/${run.body.id}/publish`, {});
  const found = await api.ask<{ items: RatingView[] }>(
    `/v1/ratings?rulebook=${RULEBOOK}&period=${PERIOD}&uscc=${usccOf(0)}`,
  );
  id = found.body.items[0]!.id;
});
afterAll(() => api.close());

const advice = (query = '') => api.ask<AdviceBody>(`/v1/ratings/${id}/advice${query}`);

describe('GET /v1/ratings/{id}/advice', () => {
  it('says what electricity reaches the better grade, against the rating’s own benchmark', async () => {
    const { body } = await advice();
    const [grade] = body.gradings;
    expect(grade).toMatchObject({ value: '0.7098', band: { code: '2' } });
    expect(body.benchmarkHeldFixed?.zh).toContain('保持不变');
    const [first] = grade!.better[0]!.inputs;
    expect(first).toMatchObject({ name: 'carrier_33', least: { value: '60' } });
    expect(first!.sentence.zh).toContain('电力减少 10.98 万千瓦时（−15.5 %）');
    expect(grade!.uncertainty).toBeNull();
  });

  it('answers for other gradings and for uncertainties where asked', async () => {
    const { body } = await advice(
      '?gradings=carbon_level&uncertainty=carrier_33:0.02,value_added_10k_cny:0.3',
    );
    expect(body.gradings.map(({ name }) => name)).toEqual(['carbon_level']);
    expect(body.benchmarkHeldFixed).toBeNull();
    // 0.7098 × 1.02 stays above 0.6 and below 2; 0.7098 ÷ 1.3 does not.
    expect(body.gradings[0]!.uncertainty!.single).toMatchObject([
      { name: 'value_added_10k_cny', answer: 'could-flip' },
      { name: 'carrier_33', answer: 'certain' },
    ]);
  });

  it('as text it is in the language that is asked for', async () => {
    const text = async (language: string) =>
      (
        await api.ask<string>(`/v1/ratings/${id}/advice`, {
          headers: { accept: 'text/plain', 'accept-language': language },
        })
      ).body;
    expect(await text('zh')).toContain('即降至 60 万千瓦时，可达1级');
    expect(await text('en')).toContain('that is 60 × 10 MWh, reaches grade 1');
  });

  it.each([
    ['?uncertainty=carrier_33', 'must be like'],
    ['?uncertainty=carrier_33:2', 'within 0 to 1'],
    ['?uncertainty=carrier_33:0.1,carrier_33:0.2', 'each once'],
    ['?uncertainty=carrier_99:0.1', 'no quantity named carrier_99'],
    ['?gradings=stars', 'it has carbon_level, carbon_efficiency_grade'],
  ])('%s is refused with what is expected', async (query, sentence) => {
    const { status, body } = await api.ask<ProblemView>(`/v1/ratings/${id}/advice${query}`, {
      headers: { 'accept-language': 'en' },
    });
    expect(status).toBe(400);
    expect(body.errors?.[0]?.message).toContain(sentence);
  });

  it('of a rating that does not exist there is none', async () => {
    const { status } = await api.ask('/v1/ratings/00000000-0000-7000-8000-000000000000/advice');
    expect(status).toBe(404);
  });
});
