import { newId } from '@tanxiao/contracts';
import { createPool } from '@tanxiao/store';
import { pino } from 'pino';

import { createApp } from '../app';
import { listen } from '../server';
import { type ApiUnderTest, startApi } from '../testing/api-under-test';
import { sampleItem, sampleRequest } from '../testing/sample-submissions';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const metrics = async (): Promise<string> => (await api.ask<string>('/metrics')).body;
const valueOf = (text: string, series: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length + 1),
  );

it('a request is measured under its route, never under its path', async () => {
  const id = newId();
  await api.ask(`/v1/submissions/${id}`);
  await api.ask('/nowhere/at/all');
  const text = await metrics();
  expect(text).toContain(
    'tanxiao_http_request_seconds_count{method="GET",route="/v1/submissions/{id}",status="404"} 1',
  );
  expect(text).toContain('route="unmatched",status="404"');
  expect(text).not.toContain(id);
  expect(text).not.toContain('nowhere');
});

it('a submission is counted once, also where its request is sent twice', async () => {
  const before = valueOf(await metrics(), 'tanxiao_submissions_total{channel="json"}');
  const key = { 'idempotency-key': newId() };
  await api.post('/v1/submissions', sampleRequest([sampleItem(1), sampleItem(2)]), key);
  await api.post('/v1/submissions', sampleRequest([sampleItem(1), sampleItem(2)]), key);
  const text = await metrics();
  expect(valueOf(text, 'tanxiao_submissions_total{channel="json"}') - before).toBe(2);
  expect(text).toContain('tanxiao_outbox_rows{topic="import"} 0');
});

it('without its database it serves the other metrics', async () => {
  const pool = createPool({ connectionString: 'postgres://nobody@127.0.0.1:1/none' });
  const logger = pino({ level: 'silent' });
  const app = createApp({ pool, standards: api.standards, logger });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  const answer = await fetch(`${server.url}/metrics`);
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expect(text).toContain('tanxiao_refused_requests_total{reason="backlog"} 0');
  expect(text).not.toContain('tanxiao_outbox_rows{');
  await server.close(1);
  await pool.end();
});
