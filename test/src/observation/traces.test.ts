/** Traces as a collector gets them: API and worker as processes, PostgreSQL between them. */
import { TanxiaoClient } from '@tanxiao/client';

import { type CollectedSpan, type Collector, startCollector } from './collector';
import {
  csvOf,
  PERIOD,
  RULEBOOK,
  submit,
  usccOf,
  type WatchedProduct,
  watchedProduct,
} from './watched-product';

jest.setTimeout(120_000);

let watched: WatchedProduct;
let collector: Collector;
beforeEach(async () => {
  collector = await startCollector();
  watched = await watchedProduct({ LOG_LEVEL: 'error', ...collector.environment });
});
afterEach(async () => {
  await watched.close();
  await collector.close();
});

const named = (name: string) => (span: CollectedSpan) => span.name === name;
const has = (name: string) => (spans: readonly CollectedSpan[]) => spans.some(named(name));

/** Names from a span up to its trace's first span known here. */
function ancestry(spans: readonly CollectedSpan[], span: CollectedSpan): string[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [span.name, ...(parent ? ancestry(spans, parent) : [])];
}

it('the trace that a client began goes through its POST to the rating kept in the worker', async () => {
  const { url } = await watched.startApi();
  await watched.startWorker();
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  await submit(url, 1, {
    traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
    'request-id': 'asked-by-the-test',
  });
  const spans = await collector.until('the rating', has('keep ratings'));
  const kept = spans.find(named('keep ratings'))!;
  expect(kept).toMatchObject({ traceId, service: 'tanxiao-worker' });
  expect(ancestry(spans, kept)).toEqual([
    'keep ratings',
    'rate job',
    'keep submissions',
    'POST /v1/submissions',
  ]);
  expect(spans.find(named('POST /v1/submissions'))).toMatchObject({
    traceId,
    parentSpanId: '00f067aa0ba902b7',
    service: 'tanxiao-api',
    attributes: {
      'http.route': '/v1/submissions',
      'http.response.status_code': 202,
      'tanxiao.request_id': 'asked-by-the-test',
    },
  });
  expect(JSON.stringify(spans)).not.toContain(usccOf(1));
});

it('a batch of several requests is a trace of its own, linked with each of theirs', async () => {
  const { url } = await watched.startApi();
  // At once: those that come while another is committed are kept together, and still are traces of their own.
  await Promise.all([1, 2, 3].map((number) => submit(url, number)));
  await watched.startWorker();
  const spans = await collector.until('the ratings', has('keep ratings'));
  const requests = spans.filter(named('POST /v1/submissions')).map(({ traceId }) => traceId);
  expect(new Set(requests).size).toBe(3);
  const [job, ...others] = spans.filter(named('rate job'));
  expect(others).toEqual([]);
  expect([...job!.linked].sort()).toEqual([...requests].sort());
  expect(requests).not.toContain(job!.traceId);
});

it('a file is one trace, from its upload over the import to the ratings of its rows', async () => {
  const { url } = await watched.startApi();
  await watched.startWorker();
  const client = new TanxiaoClient({ baseUrl: url, language: 'zh' });
  const upload = await fetch(`${url}/v1/uploads?rulebook=${RULEBOOK}&period=${PERIOD}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: csvOf([1, 2, 3]),
  });
  const { id } = (await upload.json()) as { id: string };
  await client.waitForUpload(id, { rated: true });
  const spans = await collector.until('the ratings', has('keep ratings'));
  expect(ancestry(spans, spans.find(named('keep ratings'))!)).toEqual([
    'keep ratings',
    'import job',
    'POST /v1/uploads',
  ]);
});

it('a run is one trace, from the request for it over its chunks to its ranks', async () => {
  const { url } = await watched.startApi();
  await watched.startWorker();
  await submit(url, 1);
  await collector.until('the rating', has('keep ratings'));
  const asked = await fetch(`${url}/v1/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rulebook: RULEBOOK, period: PERIOD }),
  });
  const { id } = (await asked.json()) as { id: string };
  const spans = await collector.until('the end of the run', has('run job'));
  for (const step of ['freeze population', 'benchmark chunk', 'score chunk', 'rank run']) {
    const span = spans.find(named(step))!;
    expect(ancestry(spans, span)).toEqual([step, 'run job', 'POST /v1/runs']);
    expect(span.attributes).toMatchObject({ 'tanxiao.run_id': id });
  }
});

it('what the client did not want sampled is nowhere recorded', async () => {
  const { url } = await watched.startApi();
  await watched.startWorker();
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  await submit(url, 1, { traceparent: `00-${traceId}-00f067aa0ba902b7-00` });
  await submit(url, 2);
  const spans = await collector.until('the second rating', has('keep ratings'));
  expect(spans.map((span) => span.traceId)).not.toContain(traceId);
  expect(spans.filter(named('POST /v1/submissions'))).toHaveLength(1);
});
