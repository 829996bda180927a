/** Traces as a collector gets them: API and worker as processes, PostgreSQL between them. */
import { TanxiaoClient } from '@tanxiao/client';
import { usccCheckCharacter } from '@tanxiao/contracts';
import { createPool, migrate } from '@tanxiao/store';

import { type SourceProcess, startSource } from '../rule-change/source-process';
import { createTestDatabase, type TestDatabase } from '../support';
import { type CollectedSpan, type Collector, startCollector } from './collector';

jest.setTimeout(120_000);

const RULEBOOK = 'industrial-carbon-efficiency';
const PERIOD = '2026Q3';

let database: TestDatabase;
let collector: Collector;
let processes: SourceProcess[] = [];

beforeEach(async () => {
  database = await createTestDatabase({
    template: {
      name: 'store_migrated',
      prepareTemplate: async (url) => {
        const pool = createPool({ connectionString: url });
        await migrate(pool);
        await pool.end();
      },
    },
  });
  collector = await startCollector();
});
afterEach(async () => {
  const ended = processes;
  processes = [];
  for (const one of ended) expect(await one.stop()).toBe(0);
  await collector.close();
  await database.drop();
});

async function start(file: string): Promise<SourceProcess> {
  const environment = { DATABASE_URL: database.url, LOG_LEVEL: 'error', ...collector.environment };
  const started = await startSource(file, environment);
  processes.push(started);
  return started;
}
const startApi = async () => (await start('services/api/src/main.ts')).said.url as string;
const startWorker = () => start('services/worker/src/main.ts');

function uscc(number: number): string {
  const first17 = `91330502MA${String(number).padStart(7, '0')}`;
  return first17 + usccCheckCharacter(first17);
}

async function submit(url: string, number: number, headers: Record<string, string> = {}) {
  const submission = {
    uscc: uscc(number),
    name: `企业 ${number}`,
    regionCode: '330502',
    industryCode: '1751',
    inputs: { value_added_10k_cny: 100, carrier_33: 20 },
  };
  const answer = await fetch(`${url}/v1/submissions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ rulebook: RULEBOOK, period: PERIOD, submissions: [submission] }),
  });
  expect(answer.status).toBe(202);
}

const named = (name: string) => (span: CollectedSpan) => span.name === name;
const has = (name: string) => (spans: readonly CollectedSpan[]) => spans.some(named(name));

/** Names from a span up to its trace's first span known here. */
function ancestry(spans: readonly CollectedSpan[], span: CollectedSpan): string[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [span.name, ...(parent ? ancestry(spans, parent) : [])];
}

it('the trace that a client began goes through its POST to the rating kept in the worker', async () => {
  const url = await startApi();
  await startWorker();
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
  expect(JSON.stringify(spans)).not.toContain(uscc(1));
});

it('a batch of several requests is a trace of its own, linked with each of theirs', async () => {
  const url = await startApi();
  for (const number of [1, 2, 3]) await submit(url, number);
  await startWorker();
  const spans = await collector.until('the ratings', has('keep ratings'));
  const requests = spans.filter(named('POST /v1/submissions')).map(({ traceId }) => traceId);
  expect(new Set(requests).size).toBe(3);
  const [job, ...others] = spans.filter(named('rate job'));
  expect(others).toEqual([]);
  expect([...job!.linked].sort()).toEqual([...requests].sort());
  expect(requests).not.toContain(job!.traceId);
});

it('a file is one trace, from its upload over the import to the ratings of its rows', async () => {
  const url = await startApi();
  await startWorker();
  const header = 'uscc,name,region_code,industry_code,value_added_10k_cny,carrier_33';
  const rows = [1, 2, 3].map((number) => `${uscc(number)},企业,330502,1751,100,20`);
  const client = new TanxiaoClient({ baseUrl: url, language: 'zh' });
  const upload = await fetch(`${url}/v1/uploads?rulebook=${RULEBOOK}&period=${PERIOD}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: `${[header, ...rows].join('\n')}\n`,
  });
  const { id } = (await upload.json()) as { id: string };
  await client.waitForUpload(id, { rated: true });
  const spans = await collector.until('the ratings', has('keep ratings'));
  expect(ancestry(spans, spans.find(named('keep ratings'))!)).toEqual([
    'keep ratings',
    'rate job',
    'import job',
    'POST /v1/uploads',
  ]);
});

it('what the client did not want sampled is nowhere recorded', async () => {
  const url = await startApi();
  await startWorker();
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  await submit(url, 1, { traceparent: `00-${traceId}-00f067aa0ba902b7-00` });
  await submit(url, 2);
  const spans = await collector.until('the second rating', has('keep ratings'));
  expect(spans.map((span) => span.traceId)).not.toContain(traceId);
  expect(spans.filter(named('POST /v1/submissions'))).toHaveLength(1);
});
