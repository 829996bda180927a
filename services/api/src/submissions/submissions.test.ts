import type { ProblemView, SubmissionView } from '@tanxiao/contracts';

import { type ApiUnderTest, startApi } from '../testing/api-under-test';
import { PERIOD, RULEBOOK, sampleItem, sampleRequest, usccOf } from '../testing/sample-submissions';
import type { SubmissionReceipt } from './schemas';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const send = <Body = SubmissionReceipt>(body: unknown, headers?: Record<string, string>) =>
  api.post<Body>('/v1/submissions', body, headers);

async function keptCount(): Promise<number> {
  const { rows } = await api.pool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM tanxiao.submissions',
  );
  return rows[0]!.n;
}

describe('POST /v1/submissions', () => {
  it('keeps every good item with its revision and queues it to be rated', async () => {
    const { status, body } = await send(sampleRequest([sampleItem(1), sampleItem(2)]));
    expect(status).toBe(202);
    expect(body.items.map(({ status: s, revision }) => [s, revision])).toEqual([
      ['kept', 1],
      ['kept', 1],
    ]);
    const { rows } = await api.pool.query<{ ids: string[] }>(
      'SELECT submission_ids AS ids FROM tanxiao.outbox ORDER BY id DESC LIMIT 1',
    );
    expect(rows[0]!.ids).toEqual(body.items.map(({ id }) => id));
    const one = await api.ask<SubmissionView>(body.items[0]!.links!.self);
    expect(one.body.inputs).toMatchObject({ value_added_10k_cny: 1001, carrier_15: 12.5 });
  });

  it('a subject submitted again gets the next revision, and all of them stay readable', async () => {
    for (const value of [1, 2, 3])
      await send(
        sampleRequest([sampleItem(10, { inputs: { value_added_10k_cny: value, carrier_33: 5 } })]),
      );
    const list = `/v1/submissions?uscc=${usccOf(10)}&rulebook=${RULEBOOK}&period=${PERIOD}&limit=2`;
    const first = await api.ask<{ items: SubmissionView[]; nextCursor: string }>(list);
    expect(first.body.items.map(({ revision }) => revision)).toEqual([3, 2]);
    const second = await api.ask<{ items: SubmissionView[]; nextCursor: null }>(
      `${list}&cursor=${first.body.nextCursor}`,
    );
    expect(second.body.items.map(({ revision }) => revision)).toEqual([1]);
    expect(second.body.nextCursor).toBeNull();
  });

  it('one bad item keeps everything out, and all errors of all items are told at once', async () => {
    const before = await keptCount();
    const { status, body } = await send<ProblemView>(
      sampleRequest([
        sampleItem(20),
        sampleItem(21, { uscc: '91330502000000021X', regionCode: '33' }),
        { ...sampleItem(22), inputs: { carrier_33: [], nonsense: 1 }, extra: true },
      ]),
    );
    expect(status).toBe(422);
    expect(new Set(body.errors?.map(({ pointer }) => pointer))).toEqual(
      new Set([
        '/submissions/1/uscc',
        '/submissions/1/regionCode',
        '/submissions/2/inputs/carrier_33',
        '/submissions/2/extra',
      ]),
    );
    expect(await keptCount()).toBe(before);
  });

  it('with partial the good items are kept and the bad ones told', async () => {
    const { status, body } = await send(
      sampleRequest([sampleItem(30), sampleItem(31, { industryCode: '9999' })], { partial: true }),
      { 'accept-language': 'en' },
    );
    expect(status).toBe(202);
    expect(body).toMatchObject({ kept: 1, rejected: 1, totalErrors: 1 });
    expect(body.items[1]).toMatchObject({
      status: 'rejected',
      errors: [{ code: 'unknown-industry', pointer: '/submissions/1/industryCode' }],
    });
  });

  it('a number that JSON.parse would round is refused with its exact text', async () => {
    const text = JSON.stringify(sampleRequest([sampleItem(40)])).replace(
      '"value_added_10k_cny":1040',
      '"value_added_10k_cny":1040.1234567890123456',
    );
    const { status, body } = await send<ProblemView>(text, { 'accept-language': 'en' });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      {
        code: 'too-many-digits',
        pointer: '/submissions/0/inputs/value_added_10k_cny',
        seen: '1040.1234567890123456',
      },
    ]);
    expect(body.errors).toHaveLength(1);
  });

  it('a key given twice is refused, never silently decided', async () => {
    const text = JSON.stringify(sampleRequest([sampleItem(41)])).replace(
      '"carrier_33":',
      '"carrier_33":1,"carrier_33":',
    );
    const { status, body } = await send<ProblemView>(text);
    expect(status).toBe(422);
    expect(body.errors?.[0]?.pointer).toBe('/submissions/0/inputs/carrier_33');
  });

  it('at most 1,000 errors are listed and their total is stated', async () => {
    const items = Array.from({ length: 600 }, (_, n) =>
      sampleItem(n, { regionCode: 'x', industryCode: 'y' }),
    );
    const { status, body } = await send<ProblemView & { totalErrors: number }>(
      sampleRequest(items),
    );
    expect(status).toBe(422);
    expect(body.errors).toHaveLength(1000);
    expect(body.totalErrors).toBe(1200);
    expect(body.detail).toContain('1200');
  });

  it('the same key and request have one effect and one answer', async () => {
    const request = sampleRequest([sampleItem(50)]);
    const first = await send(request, { 'idempotency-key': 'once' });
    const again = await send(request, { 'idempotency-key': 'once' });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = await send<ProblemView>(sampleRequest([sampleItem(51)]), {
      'idempotency-key': 'once',
    });
    expect(other.status).toBe(422);
    expect(other.body.type).toMatch(/idempotency-key-reused$/);
  });

  it('ten senders of one key at once have one effect', async () => {
    const before = await keptCount();
    const request = sampleRequest([sampleItem(60)]);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => send(request, { 'idempotency-key': 'race' })),
    );
    expect(answers.every(({ status }) => status === 202 || status === 409)).toBe(true);
    expect(answers.some(({ status }) => status === 202)).toBe(true);
    expect(await keptCount()).toBe(before + 1);
  });

  it.each([
    ['an unknown rulebook', { rulebook: 'nope' }, 'unknown-rulebook', '/rulebook'],
    ['no period', { period: '2026Q5' }, 'bad-period', '/period'],
    ['a period before the rulebook', { period: '1999' }, 'rulebook-not-in-force', '/period'],
  ])('%s is told by name', async (_name, extra, code, pointer) => {
    const { status, body } = await send<ProblemView>(sampleRequest([sampleItem(1)], extra));
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ code, pointer }]);
  });

  it('speaks the language that is asked for', async () => {
    const [zh, en] = await Promise.all(
      ['zh-CN,zh;q=0.9', 'en-GB'].map((language) =>
        send<ProblemView>({}, { 'accept-language': language }),
      ),
    );
    expect(zh!.body.title).toBe('请求不合要求');
    expect(en!.body.title).toBe('The request is not as required');
  });
});

describe('GET /v1/submissions', () => {
  it('needs a subject, and only one', async () => {
    const list = `/v1/submissions?rulebook=${RULEBOOK}&period=${PERIOD}`;
    expect((await api.ask(list)).status).toBe(400);
    expect((await api.ask(`${list}&uscc=${usccOf(1)}&localId=a`)).status).toBe(400);
  });

  it('an id that nobody has is not found; one that is none is told', async () => {
    expect((await api.ask('/v1/submissions/01890000-0000-7000-8000-000000000000')).status).toBe(
      404,
    );
    expect((await api.ask('/v1/submissions/1')).status).toBe(400);
  });
});
