/** The worker's own HTTP with real queues, on PostgreSQL and, where there is one, on Redis. */
import http from 'node:http';

import { newId } from '@tanxiao/contracts';
import { pino } from 'pino';

import { cuttableLink } from '../testing/cuttable-link';
import {
  keep,
  submission,
  until,
  type WorkerDatabase,
  workerDatabase,
} from '../testing/worker-database';
import { type RunningWorker, startWorker, type WorkerOptions } from '../worker';

jest.setTimeout(90_000);

interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

let database: WorkerDatabase;
let worker: RunningWorker | null = null;
beforeEach(async () => (database = await workerDatabase()));
afterEach(async () => {
  await worker?.close();
  worker = null;
  await database.close();
});

async function start(over: Partial<WorkerOptions> = {}): Promise<string> {
  worker = await startWorker({
    databaseUrl: database.url,
    logger: pino({ level: process.env.WORKER_TEST_LOG ?? 'silent' }),
    http: { host: '127.0.0.1', port: 0, adminQueues: true },
    ...over,
  });
  return worker.url!;
}

const startRedis = (): Promise<TestRedis | null> =>
  jest
    .requireActual<{ startTestRedis: () => Promise<TestRedis | null> }>(
      '../../../../test/src/support',
    )
    .startTestRedis();

async function textOf(url: string, init?: RequestInit): Promise<{ status: number; text: string }> {
  const answer = await fetch(url, init);
  return { status: answer.status, text: await answer.text() };
}

/** Samples by `name{labels}`, labels as Prometheus prints them. */
async function metricsOf(url: string): Promise<ReadonlyMap<string, number>> {
  const { text } = await textOf(`${url}/metrics`);
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const cut = line.lastIndexOf(' ');
      return [line.slice(0, cut), Number(line.slice(cut + 1))];
    }),
  );
}

it('what was rated is counted: the batch, the ratings, the job, and the empty queue after it', async () => {
  await keep(
    database.services,
    [1, 2, 3].map((number) => submission(number)),
  );
  const url = await start();
  await until('all is rated', async () => {
    const metrics = await metricsOf(url);
    return metrics.get('tanxiao_job_seconds_count{queue="rate",result="done"}') === 1;
  });
  const metrics = await metricsOf(url);
  const rated = metrics.get('tanxiao_ratings_total{channel="arrival",outcome="rated"}')!;
  const not = metrics.get('tanxiao_ratings_total{channel="arrival",outcome="not-rated"}')!;
  expect(rated + not).toBe(3);
  expect(metrics.get('tanxiao_rate_batch_submissions_sum')).toBe(3);
  expect(metrics.get('tanxiao_worker_wedged{queue="rate"}')).toBe(0);
  expect(metrics.get('tanxiao_relay_failures')).toBe(0);
  expect(metrics.has('tanxiao_queue_jobs{queue="rate",state="waiting"}')).toBe(true);
});

it('cut off from its queue it lives, is not ready and serves its other metrics; mended it is ready again', async () => {
  const redis = await startRedis();
  // The reason has been printed.
  if (redis === null) return;
  const address = new URL(redis.url);
  const link = await cuttableLink({ host: address.hostname, port: Number(address.port) });
  address.port = String(link.port);
  const url = await start({ redisUrl: address.href, redisPrefix: `test-${newId()}` });
  expect((await textOf(`${url}/health/live`)).status).toBe(200);
  expect((await textOf(`${url}/health/ready`)).status).toBe(200);
  link.cut();
  const ready = await textOf(`${url}/health/ready`, { headers: { 'accept-language': 'en' } });
  expect(ready.status).toBe(503);
  expect(ready.text).toContain('the job queue cannot be reached');
  expect((await textOf(`${url}/health/live`)).status).toBe(200);
  const metrics = await metricsOf(url);
  expect([...metrics.keys()].some((key) => key.startsWith('tanxiao_queue_jobs'))).toBe(false);
  expect(metrics.get('tanxiao_worker_wedged{queue="rate"}')).toBe(0);
  link.mend();
  await until('it is ready again', async () => {
    return (await textOf(`${url}/health/ready`)).status === 200;
  });
  await worker!.close();
  await link.close();
  await redis.stop();
});

it('a worker that stands still with a job in hand says so to whoever would restart it', async () => {
  await keep(database.services, [submission(1)]);
  const blocker = await database.pool.connect();
  await blocker.query('BEGIN');
  await blocker.query('LOCK TABLE tanxiao.ratings IN ACCESS EXCLUSIVE MODE');
  const url = await start({ staleAfterMs: 300 });
  try {
    await until('it says that it stands still', async () => {
      return (await textOf(`${url}/health/live`)).status === 503;
    });
    expect((await textOf(`${url}/health/live`)).text).toContain('rate');
    expect((await textOf(`${url}/health/ready`)).status).toBe(200);
  } finally {
    await blocker.query('COMMIT');
    blocker.release();
  }
  await until('it goes on', async () => (await textOf(`${url}/health/live`)).status === 200);
});

describe.each(['postgres', 'redis'] as const)('the page of the queues on %s', (kind) => {
  it('shows every queue, changes nothing, and loads nothing from elsewhere', async () => {
    const redis = kind === 'redis' ? await startRedis() : null;
    if (kind === 'redis' && redis === null) return;
    const url = await start(
      redis === null ? {} : { redisUrl: redis.url, redisPrefix: `test-${newId()}` },
    );
    const page = await fetch(`${url}/admin/queues`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const files = [...(await page.text()).matchAll(/(?:src|href)="(static\/[^"]+)"/g)];
    expect(files.length).toBeGreaterThan(3);
    for (const [, file] of files)
      expect((await textOf(`${url}/admin/queues/${file!}`)).status).toBe(200);
    const shown = (await (await fetch(`${url}/admin/queues/api/queues`)).json()) as {
      queues: readonly { name: string; readOnlyMode: boolean }[];
    };
    expect(shown.queues.map(({ name }) => name).sort()).toEqual([
      'tanxiao-chunk',
      'tanxiao-import',
      'tanxiao-rate',
      'tanxiao-run',
      'tanxiao-schedule',
    ]);
    expect(shown.queues.every(({ readOnlyMode }) => readOnlyMode)).toBe(true);
    const pause = { method: 'PUT' };
    const paused = await textOf(`${url}/admin/queues/api/queues/tanxiao-rate/pause`, pause);
    expect(paused.status).toBe(405);
    await worker!.close();
    await redis?.stop();
  });
});

it('the page is there only where it is switched on, and says how', async () => {
  const url = await start({ http: { host: '127.0.0.1', port: 0, adminQueues: false } });
  const page = await textOf(`${url}/admin/queues`);
  expect(page.status).toBe(404);
  expect(page.text).toContain('ADMIN_QUEUES=on');
});

it('a page of another site gets no answer, by whatever name it reaches this machine', async () => {
  const url = await start();
  const of = (headers: Record<string, string>): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      http
        .get(`${url}/metrics`, { headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
        .on('error', reject);
    });
  expect(await of({ host: 'evil.example' })).toBe(403);
  expect(await of({ origin: 'http://evil.example' })).toBe(403);
  expect(await of({})).toBe(200);
});
