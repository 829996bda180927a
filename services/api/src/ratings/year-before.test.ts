/** A rating that read a submission of a year before: it names it, explains it, and is replayed from it. */
import type { FactorSet, Rulebook } from '@tanxiao/rulebook';
import { standardsOf } from '@tanxiao/standards';

import { type ApiUnderTest, startApi } from '../testing/api-under-test';
import { rateWaiting } from '../testing/rate-waiting';

/** Of `test/src/support`, which lies outside of this project's sources. */
interface TestSupport {
  shapesDocuments(): { rulebook: Rulebook; factorSet: FactorSet };
}
const { rulebook: SHAPES, factorSet: FACTORS } = jest
  .requireActual<TestSupport>('../../../../test/src/support/shapes-rulebook')
  .shapesDocuments();

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi(standardsOf([SHAPES], [FACTORS]));
});
afterAll(() => api.close());

async function submitted(
  period: string,
  inputs: Readonly<Record<string, unknown>>,
): Promise<string> {
  const item = {
    ...{ localId: 'f1', regionCode: '330502', industryClassification: 'any', industryCode: '1711' },
    inputs: { violation: 'no', output: 100, ...inputs },
  };
  const { status, body } = await api.post<{ items: { id: string }[] }>('/v1/submissions', {
    ...{ rulebook: 'shapes', period, submissions: [item] },
  });
  expect(status).toBe(202);
  await rateWaiting(api);
  return body.items[0]!.id;
}

async function ratingOf(submissionId: string): Promise<string> {
  const { rows } = await api.pool.query<{ id: string }>(
    'SELECT id FROM tanxiao.ratings WHERE submission_id = $1',
    [submissionId],
  );
  return rows[0]!.id;
}

it('the explanation names the revision, and a later revision changes neither it nor the replay', async () => {
  await submitted('2023', { energy: 999 });
  const read = await submitted('2023', { energy: 50 });
  const rating = await ratingOf(await submitted('2024', { energy: 100 }));
  const explanation = () =>
    api.ask<{ yearBefore: unknown; columns: { values: number[] } }>(
      `/v1/ratings/${rating}/explanation`,
    );
  const first = await explanation();
  expect(first.body.yearBefore).toEqual({ submissionId: read, period: '2023', revision: 2 });
  expect(first.body.columns.values[0]).toBe(2);
  await submitted('2023', { energy: 10 });
  expect((await explanation()).body).toEqual(first.body);
  const { body } = await api.ask<{
    identical: boolean;
    recomputed: { results: { growth: number } };
  }>(`/v1/ratings/${rating}/replay`);
  expect(body).toMatchObject({ identical: true, recomputed: { results: { growth: 2 } } });
  const text = await api.ask<string>(`/v1/ratings/${rating}/explanation`, {
    headers: { accept: 'text/plain', 'accept-language': 'zh' },
  });
  expect(text.body).toContain('未填报，取自2023 第 2 次填报的 energy');
});

it('without a submission of the year before none is named', async () => {
  const rating = await ratingOf(await submitted('2022', { energy: 100 }));
  const { body } = await api.ask<{ yearBefore: null }>(`/v1/ratings/${rating}/explanation`);
  expect(body.yearBefore).toBeNull();
});
