/** What the processes tell about themselves: the metrics of contracts' table, and lines that can be followed. */
import { TanxiaoClient } from '@tanxiao/client';
import { METRIC_PREFIX, METRICS } from '@tanxiao/contracts';

import { startCollector } from './collector';
import {
  csvOf,
  PERIOD,
  RULEBOOK,
  submit,
  usccOf,
  type WatchedProcess,
  type WatchedProduct,
  watchedProduct,
} from './watched-product';

jest.setTimeout(120_000);

let watched: WatchedProduct | null = null;
afterEach(async () => {
  await watched?.close();
  watched = null;
});

async function metricsOf(url: string): Promise<{ name: string; type: string; help: string }[]> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(/^# HELP (\S+) (.*)\n# TYPE \S+ (\S+)$/gm)].map(
    ([, name, help, type]) => ({ name: name!, help: help!, type: type! }),
  );
}

/** prom-client's own, of memory, CPU, event loop and garbage collection. */
const ofNode = (name: string): boolean => /^tanxiao_(?:process|nodejs)_/.test(name);

it('API and worker give every metric of the table and, but for those of Node, no other', async () => {
  watched = await watchedProduct({ LOG_LEVEL: 'error' });
  const [api, worker] = await Promise.all([watched.startApi(), watched.startWorker()]);
  const all = [...(await metricsOf(api.url)), ...(await metricsOf(worker.url))];
  const given = new Map(
    all.filter(({ name }) => !ofNode(name)).map(({ name, ...rest }) => [name, rest]),
  );
  const table = Object.entries(METRICS).map(
    ([name, { type, help }]) => [name, { type, help }] as const,
  );
  expect(Object.fromEntries(given)).toEqual(Object.fromEntries(table));
  expect(all.every(({ name }) => name.startsWith(METRIC_PREFIX))).toBe(true);
  expect(all.filter(({ name }) => name === 'tanxiao_process_cpu_seconds_total')).toHaveLength(2);
});

type Line = Readonly<Record<string, unknown>>;
const linesOf = (process: WatchedProcess): Line[] =>
  process
    .output()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

it('every line of a request or job names it and its trace, and none shows an enterprise', async () => {
  const collector = await startCollector();
  watched = await watchedProduct({ LOG_LEVEL: 'debug', ...collector.environment });
  const [api, worker] = await Promise.all([watched.startApi(), watched.startWorker()]);
  await submit(api.url, 1, { 'request-id': 'the-post' });
  const upload = await fetch(`${api.url}/v1/uploads?rulebook=${RULEBOOK}&period=${PERIOD}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', 'request-id': 'the-file' },
    body: csvOf([2, 3]),
  });
  const { id } = (await upload.json()) as { id: string };
  await fetch(`${api.url}/v1/submissions?rulebook=${RULEBOOK}&period=${PERIOD}&uscc=${usccOf(1)}`);
  const client = new TanxiaoClient({ baseUrl: api.url, language: 'zh' });
  await client.waitForUpload(id, { rated: true });
  await collector.until('both ratings', (spans) => {
    return spans.filter(({ name }) => name === 'keep ratings').length >= 2;
  });
  const metrics = await (await fetch(`${worker.url}/metrics`)).text();
  expect(metrics).toContain('tanxiao_submissions_total{channel="upload"} 2');
  const ratings = metrics.matchAll(/^tanxiao_ratings_total\{channel="arrival".*\} (\d+)$/gm);
  expect([...ratings].reduce((sum, [, count]) => sum + Number(count), 0)).toBe(3);
  await watched.close();
  watched = null;
  await collector.close();

  const requests = linesOf(api).filter(({ req }) => req !== undefined);
  expect(requests.length).toBeGreaterThanOrEqual(3);
  for (const line of requests)
    expect(line).toMatchObject({
      requestId: expect.any(String) as string,
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
  const jobs = linesOf(worker).filter(({ msg }) => /rated|import ended|job done/.test(String(msg)));
  expect(jobs.length).toBeGreaterThanOrEqual(4);
  for (const line of jobs)
    expect(line).toMatchObject({
      job: expect.stringMatching(/^(?:rate|import)-/) as string,
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
  // The trace joins what the API and the worker say of one file.
  const ended = jobs.find(({ msg }) => msg === 'import ended')!;
  expect(ended).toMatchObject({ uploadId: id, requestId: 'the-file' });
  const posted = requests.find(({ requestId }) => requestId === 'the-file')!;
  expect(ended.traceId).toBe(posted.traceId);
  const everything = api.output() + worker.output();
  for (const secret of [usccOf(1), usccOf(2), '企业', 'value_added'])
    expect(everything).not.toContain(secret);
});

it('a collector that is away is told in the log, and costs the request and the end of the process nothing', async () => {
  const collector = await startCollector();
  await collector.close();
  watched = await watchedProduct({ LOG_LEVEL: 'warn', ...collector.environment });
  const api = await watched.startApi();
  await submit(api.url, 1);
  const told = (): boolean => linesOf(api).some(({ msg }) => msg === 'spans could not be sent');
  for (let tries = 0; tries < 750 && !told(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(told()).toBe(true);
});
