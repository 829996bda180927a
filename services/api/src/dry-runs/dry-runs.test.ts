import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import type { DryRunView, ProblemView } from '@tanxiao/contracts';

import { type ApiUnderTest, startApi } from '../testing/api-under-test';
import { PERIOD, RULEBOOK, sampleItem, sampleRequest, usccOf } from '../testing/sample-submissions';

let api: ApiUnderTest;
let text: string;
beforeAll(async () => {
  api = await startApi();
  text = api.standards.rulebooks.find(({ id }) => id === RULEBOOK)!.text;
  // Intensity 4.974 × purchase ÷ 1000: purchases 60, 100, 100, 100 and 140 make K 0.6, 1, 1, 1 and 1.4.
  const items = [60, 100, 100, 100, 140].map((carrier_33, n) =>
    sampleItem(n, { inputs: { value_added_10k_cny: 1000, carrier_33 } }),
  );
  await api.post('/v1/submissions', sampleRequest([sampleItem(0), ...items.slice(1)]));
  // The latest revision counts, not the first.
  await api.post('/v1/submissions', sampleRequest(items.slice(0, 1)));
});
afterAll(() => api.close());

/** A draft with the limit of grade 3 at 1.5 in place of 1.2. */
const draft = () => text.replace('value: 1.2,', 'value: 1.5,');
const body = (extra: Record<string, unknown>) => ({ rulebook: RULEBOOK, period: PERIOD, ...extra });
const dryRun = (extra: Record<string, unknown>) =>
  api.post<DryRunView>('/v1/dry-runs', body(extra));
const refused = async (extra: Record<string, unknown>) => {
  const { status, body: problem } = await api.post<ProblemView>('/v1/dry-runs', body(extra));
  return { status, type: problem.type.split(':').at(-1), errors: problem.errors ?? [] };
};

describe('POST /v1/dry-runs', () => {
  it('tells who moves under a draft and by which limit, and keeps nothing', async () => {
    const rows = async () =>
      (
        await api.pool.query<{ n: number }>(
          'SELECT count(*)::int AS n FROM tanxiao.rulebook_documents',
        )
      ).rows;
    const kept = await rows();
    const { status, body: view } = await dryRun({ after: { text: draft() } });
    expect(status).toBe(200);
    expect(view.population).toBe(5);
    expect(view.counts).toMatchObject({ better: 1, worse: 0, unchanged: 4 });
    expect(view.before.distribution.map(({ count }) => count)).toEqual([1, 0, 3, 1, 0]);
    expect(view.after.distribution.map(({ count }) => count)).toEqual([1, 0, 4, 0, 0]);
    expect(view.movers).toMatchObject([
      {
        subject: { scheme: 'uscc', code: usccOf(4) },
        name: '样本企业 4',
        movement: 'better',
        before: { outcome: { code: '4' }, value: 1.4, benchmarks: [{ size: 5, value: 0.4974 }] },
        after: { outcome: { code: '3' }, value: 1.4 },
        causes: [
          {
            kind: 'limit',
            text: { zh: '界限变化：3级 ≤ 1.2 → ≤ 1.5', en: 'limit changed: grade 3 ≤ 1.2 → ≤ 1.5' },
          },
        ],
      },
    ]);
    expect(await rows()).toEqual(kept);
  });

  it('lists as many movers as asked for and counts them all', async () => {
    const { body: view } = await dryRun({
      after: { text: text.replace('value: 1.2,', 'value: 0.9,') },
      movers: 1,
    });
    expect([view.moversTotal, view.movers.length]).toEqual([3, 1]);
    expect(view.causes).toEqual([{ kind: 'limit', movers: 3, sufficient: 3 }]);
  });

  it('a version against itself moves nobody, named by default, version or hash', async () => {
    const { hash, version } = api.standards.rulebooks.find(({ id }) => id === RULEBOOK)!;
    for (const before of [undefined, version, hash]) {
      const { body: view } = await dryRun({ before, after: { version } });
      expect(view.counts).toMatchObject({ better: 0, worse: 0, unchanged: 5 });
      expect(view.before).toEqual(view.after);
    }
  });

  it('takes another factor set for the version after', async () => {
    const factors = api.standards.factorSets[0]!.text;
    const { body: view } = await dryRun({
      after: { version: '1.0.0' },
      factorSet: { text: factors },
      grading: 'carbon_level',
    });
    expect(view.before.factorSet).toEqual(view.after.factorSet);
    expect(view.before.grading.name).toBe('carbon_level');
  });

  it('of a period without submissions is one of nobody', async () => {
    const { status, body: view } = await api.post<DryRunView>('/v1/dry-runs', {
      ...body({ after: { text: draft() } }),
      period: '2024Q1',
    });
    expect([status, view.population, view.moversTotal]).toEqual([200, 0, 0]);
  });

  it('answers a text that is not valid with all its problems, each with its place', async () => {
    const broken = draft()
      .replace('of: carbon_efficiency_ratio', 'of: no_such_value')
      .replace('members: value_added_10k_cny > 0', 'members: no_such_input > 0');
    const { status, type, errors } = await refused({ after: { text: broken } });
    expect([status, type]).toEqual([422, 'invalid-document']);
    expect(errors.map(({ document }) => document!.code)).toEqual(['unknown-name', 'unknown-name']);
    const lines = broken.split('\n');
    for (const { pointer, document, message } of errors) {
      expect(pointer).toBe('/after/text');
      expect(lines[document!.line - 1]).toMatch(/no_such|members|of:/);
      expect(message).toContain(`第 ${document!.line} 行`);
    }
  });

  it.each([
    ['no YAML at all', { after: { text: ': [' } }, 422, 'invalid-document', '/after/text'],
    [
      'a factor set text that is none',
      { after: { version: '1.0.0' }, factorSet: { text: 'x' } },
      422,
      'invalid-document',
      '/factorSet/text',
    ],
    [
      'an unknown version',
      { after: { version: '9.9.9' } },
      400,
      'invalid-request',
      '/after/version',
    ],
    [
      'an unknown hash',
      { before: 'f'.repeat(64), after: { version: '1.0.0' } },
      400,
      'invalid-request',
      '/before',
    ],
    [
      'an unknown rulebook',
      { rulebook: 'none', after: { version: '1.0.0' } },
      400,
      'invalid-request',
      '/rulebook',
    ],
    [
      'an unknown grading',
      { after: { version: '1.0.0' }, grading: 'none' },
      400,
      'invalid-request',
      '/grading',
    ],
    [
      'a period that is none',
      { period: '2026Q9', after: { version: '1.0.0' } },
      400,
      'bad',
      '/period',
    ],
  ])('refuses %s', async (_, extra, status, type, pointer) => {
    const answer = await refused(extra);
    expect(answer.status).toBe(status);
    if (type !== 'bad') expect(answer.type).toBe(type);
    expect(answer.errors[0]!.pointer).toBe(pointer);
  });

  it('names the factor set that a draft asks for and nobody has', async () => {
    const { errors } = await refused({
      after: {
        text: draft().replace(
          'id: cn-industrial, version: 1.0.0',
          'id: cn-industrial, version: 7.0.0',
        ),
      },
    });
    expect(errors.map(({ document }) => document!.code)).toEqual(['unknown-factor-set']);
  });

  it('serves one at a time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        api.post<ProblemView>('/v1/dry-runs', body({ after: { text: draft() } })),
      ),
    );
    const busy = answers.filter(({ status }) => status !== 200);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy.length).toBeLessThan(4);
    for (const { status, headers, body: problem } of busy) {
      expect([status, problem.type]).toEqual([429, 'urn:tanxiao:problem:too-many-at-once']);
      expect(headers.get('retry-after')).toBe('5');
    }
  });

  it('a client that leaves in the midst frees the place for the next', async () => {
    const sending = request(`${api.url}/v1/dry-runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    sending.on('error', () => undefined);
    sending.end(JSON.stringify(body({ after: { text: draft() } })));
    await once(sending, 'finish');
    await sleep(20);
    sending.destroy();
    let status = 429;
    for (let attempt = 0; status === 429 && attempt < 100; attempt++) {
      await sleep(50);
      status = (await dryRun({ after: { version: '1.0.0' } })).status;
    }
    expect(status).toBe(200);
  });

  it('other requests are answered while one is at work', async () => {
    const working = dryRun({ after: { text: draft() } });
    let answered = 0;
    let done = false;
    void working.finally(() => (done = true));
    while (!done) {
      await api.ask('/health/live');
      answered += 1;
    }
    expect((await working).status).toBe(200);
    expect(answered).toBeGreaterThan(5);
  });
});
