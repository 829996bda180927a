/** What a client is promised when its request is kept together with others'. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { ProblemView } from '@tanxiao/contracts';

import { type Answered, type ApiUnderTest, startApi } from '../testing/api-under-test';
import { sampleItem, sampleRequest, usccOf } from '../testing/sample-submissions';
import type { SubmissionReceipt } from './schemas';

let api: ApiUnderTest;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const send = <Body = SubmissionReceipt>(
  item: unknown,
  headers?: Record<string, string>,
): Promise<Answered<Body>> => api.post<Body>('/v1/submissions', sampleRequest([item]), headers);

const value = async <T>(sql: string, values: unknown[] = []): Promise<T> =>
  Object.values((await api.pool.query<Record<string, T>>(sql, values)).rows[0]!)[0]!;

/**
 * Answers of requests that all wait while another transaction holds the subjects' table: two are on their way into the
 * database by then, the rest become one group.
 */
async function together<T>(requests: readonly (() => Promise<T>)[]): Promise<T[]> {
  const blocker = await api.pool.connect();
  await blocker.query('BEGIN; LOCK TABLE tanxiao.subjects IN EXCLUSIVE MODE');
  const before: Promise<unknown>[] = [];
  for (const number of [900_001, 900_002]) {
    before.push(send(sampleItem(number)));
    await sleep(100);
  }
  const answers = requests.map((request) => request());
  await sleep(300);
  await blocker.query('COMMIT');
  blocker.release();
  await Promise.all(before);
  return Promise.all(answers);
}

it('requests that come while one is committed are kept by one transaction, each under its own request id', async () => {
  const answers = await together(
    Array.from({ length: 40 }, (_, i) => () => send(sampleItem(i), { 'request-id': `r-${i}` })),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(202));
  const ids = answers.map(({ body }) => body.items[0]!.id!);
  const { rows } = await api.pool.query<{ code: string; request: string; subject: string }>(
    `SELECT u.code, s.request_id AS request, u.request_id AS subject FROM unnest($1::uuid[]) WITH ORDINALITY AS x(id, n)
     JOIN tanxiao.submissions s USING (id) JOIN tanxiao.subjects u ON u.id = s.subject_id ORDER BY x.n`,
    [ids],
  );
  expect(rows).toEqual(
    ids.map((_, i) => ({ code: usccOf(i), request: `r-${i}`, subject: `r-${i}` })),
  );
  const transactions = await value<number>(
    'SELECT count(DISTINCT xmin::text)::int FROM tanxiao.submissions WHERE id = ANY ($1::uuid[])',
    [ids],
  );
  expect(transactions).toBe(1);
  const waiting = await value<number>(
    'SELECT count(*)::int FROM tanxiao.outbox WHERE submission_ids @> $1::uuid[]',
    [ids],
  );
  expect(waiting).toBe(1);
});

it('requests of one subject in one group get consecutive revisions, and each is told its own', async () => {
  const answers = await together(
    [1, 2, 3, 4, 5].map(
      (output) => () =>
        send(sampleItem(7, { inputs: { value_added_10k_cny: output, carrier_33: 5 } })),
    ),
  );
  const told = answers.map(({ body }) => body.items[0]!);
  expect(told.map(({ revision }) => revision).sort()).toEqual([1, 2, 3, 4, 5]);
  for (const [i, { id, revision }] of told.entries()) {
    const kept = await api.ask<{ revision: number; inputs: Record<string, number> }>(
      `/v1/submissions/${id}`,
    );
    expect(kept.body).toMatchObject({ revision, inputs: { value_added_10k_cny: i + 1 } });
  }
});

it('one request that the database refuses fails alone', async () => {
  await api.pool.query(`
    CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.name = '样本企业 13' THEN RAISE EXCEPTION 'not this one' USING ERRCODE = '23514'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER refuse_one BEFORE INSERT ON tanxiao.submissions FOR EACH ROW EXECUTE FUNCTION refuse_one()`);
  const answers = await together(
    Array.from(
      { length: 20 },
      (_, i) => () => send(sampleItem(i), { 'idempotency-key': `k-${i}` }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(
    Array.from({ length: 20 }, (_, i) => (i === 13 ? 500 : 202)),
  );
  expect(await value<number>('SELECT count(*)::int FROM tanxiao.submissions')).toBe(21);
  expect(
    await value<number>(`SELECT count(*)::int FROM tanxiao.idempotency_keys WHERE key = 'k-13'`),
  ).toBe(0);
});

it('one key sent many times at once has one effect, and every answer is that one', async () => {
  const answers = await together(
    Array.from({ length: 6 }, () => () => send(sampleItem(1), { 'idempotency-key': 'once' })),
  );
  // One that came while another transaction held the key may be told to come back.
  const told = answers.filter(({ status }) => status === 202);
  expect(answers.every(({ status }) => status === 202 || status === 409)).toBe(true);
  expect(new Set(told.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(told.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(
    1,
  );
  expect(
    await value<number>(
      `SELECT count(*)::int FROM tanxiao.submissions s JOIN tanxiao.subjects u ON u.id = s.subject_id WHERE u.code = $1`,
      [usccOf(1)],
    ),
  ).toBe(1);
});

it('a key that stands for another request is refused, and the others of its group are kept', async () => {
  await send(sampleItem(1), { 'idempotency-key': 'taken' });
  const answers = await together([
    () => send(sampleItem(2)),
    () => send(sampleItem(3), { 'idempotency-key': 'taken' }),
    () => send(sampleItem(4)),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([202, 422, 202]);
});

it('when the connection is lost at the commit every request of the group gets 503, and a retry has one effect', async () => {
  await api.pool.query(`
    CREATE FUNCTION end_session() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER end_session AFTER INSERT ON tanxiao.submissions DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.name LIKE '%终止%') EXECUTE FUNCTION end_session()`);
  const requests = Array.from(
    { length: 5 },
    (_, i) => () =>
      send<SubmissionReceipt & ProblemView>(sampleItem(i, { name: `终止 ${i}` }), {
        'idempotency-key': `retry-${i}`,
      }),
  );
  const lost = await together(requests);
  expect(lost.map(({ status }) => status)).toEqual(Array(5).fill(503));
  expect(lost.map(({ headers }) => headers.get('retry-after'))).toEqual(Array(5).fill('5'));
  await api.pool.query('DROP TRIGGER end_session ON tanxiao.submissions');
  for (const again of [1, 2]) {
    const answers = await together(requests);
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(202));
    expect(answers.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual(
      Array(5).fill(again === 1 ? null : 'true'),
    );
  }
  expect(
    await value<number>(`SELECT count(*)::int FROM tanxiao.submissions WHERE name LIKE '终止%'`),
  ).toBe(5);
});

it('what was committed but never answered is answered by a retry with the same key, number for number', async () => {
  const gone = new AbortController();
  const blocker = await api.pool.connect();
  await blocker.query('BEGIN; LOCK TABLE tanxiao.subjects IN EXCLUSIVE MODE');
  const body = JSON.stringify(sampleRequest([sampleItem(1)]));
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'gone' };
  const unanswered = fetch(`${api.url}/v1/submissions`, {
    ...{ method: 'POST', headers, body, signal: gone.signal },
  });
  await sleep(200);
  gone.abort();
  await expect(unanswered).rejects.toThrow();
  await blocker.query('COMMIT');
  blocker.release();
  while ((await value<number>('SELECT count(*)::int FROM tanxiao.submissions')) === 0)
    await sleep(20);
  const retried = await send(sampleItem(1), { 'idempotency-key': 'gone' });
  expect([retried.status, retried.headers.get('idempotency-replayed')]).toEqual([202, 'true']);
  expect(retried.body.items[0]).toMatchObject({ status: 'kept', revision: 1 });
  expect(await value<number>('SELECT count(*)::int FROM tanxiao.submissions')).toBe(1);
});
