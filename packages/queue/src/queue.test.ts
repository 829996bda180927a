/** The same promises on both queue servers. Redis is left out, with its reason printed, where there is none. */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { UnrecoverableError } from 'bullmq';

import type { QueueBackend } from './backend';
import { packJobs } from './batching';
import { type Consumer, type ConsumerOptions, createConsumer, type JobHandler } from './consumer';
import { createQueueBackend, type QueueAddress } from './create-backend';
import { type NewJob, QUEUE_NAMES } from './jobs';
import { createProducer, type Producer } from './producer';
import { createRelay } from './relay';
import { dropSchema, testDatabaseUrl } from './testing/database';
import { redisMissing, type RedisServer, startRedis, until } from './testing/servers';
import { forkTypescript } from './testing/typescript-child';

jest.setTimeout(60_000);

const noRedis = redisMissing();
if (noRedis !== null) console.warn(`queue suite: not run on Redis: ${noRedis}`);
const kinds: ('postgres' | 'redis')[] = noRedis === null ? ['postgres', 'redis'] : ['postgres'];

/** Short, so that a dead worker's job is recovered within a test's patience. */
const QUICK = { lockMs: 1000, stalledCheckMs: 300 };

describe.each(kinds)('on %s', (kind) => {
  let redis: RedisServer | null;
  let address: QueueAddress;
  let backend: QueueBackend;
  let producer: Producer;
  const consumers: Consumer[] = [];
  const errors: Error[] = [];

  beforeAll(async () => {
    redis = kind === 'redis' ? await startRedis() : null;
  });
  afterAll(async () => {
    await redis?.stop();
  });

  beforeEach(async () => {
    const name = `t${randomBytes(6).toString('hex')}`;
    address = redis
      ? { redisUrl: redis.url, prefix: name }
      : { databaseUrl: testDatabaseUrl(), schema: name };
    backend = await createQueueBackend(address);
    producer = createProducer(backend, (error) => errors.push(error));
    errors.length = 0;
  });
  afterEach(async () => {
    await Promise.all(consumers.splice(0).map((consumer) => consumer.close({ graceMs: 0 })));
    await producer.close();
    if ('schema' in address) await dropSchema(address.schema);
  });

  const consume = async (
    handler: JobHandler<'rate'>,
    over: Partial<ConsumerOptions> = {},
  ): Promise<Consumer> => {
    const consumer = await createConsumer(backend, 'rate', handler, {
      concurrency: 4,
      onError: (error) => errors.push(error),
      ...QUICK,
      ...over,
    });
    consumers.push(consumer);
    return consumer;
  };
  const rateJob = (id: number): NewJob => ({
    kind: 'rate',
    id: `rate-${randomBytes(8).toString('hex')}`,
    payload: { outboxIds: [id] },
  });

  it('the last job of a flow begins when all others have ended, also where one of them fails for good', async () => {
    const id = (job: string): string => `${job}-${randomBytes(8).toString('hex')}`;
    const seen: string[] = [];
    const chunks = await createConsumer(
      backend,
      'chunk',
      async ({ seq }) => {
        seen.push(`chunk ${seq}`);
        await sleep(20);
        // Without more attempts: as after the last one.
        if (seq === 3) throw new UnrecoverableError('a poisonous chunk');
      },
      { concurrency: 2, onError: (error) => errors.push(error), ...QUICK },
    );
    const runs = await createConsumer(
      backend,
      'run',
      ({ outboxId }) => {
        seen.push(`run ${outboxId}`);
        return Promise.resolve();
      },
      { concurrency: 1, onError: (error) => errors.push(error), ...QUICK },
    );
    consumers.push(chunks, runs);
    await producer.enqueueFlow(
      { kind: 'run', id: id('run'), payload: { outboxId: 5 } },
      [0, 1, 2, 3, 4, 5].map((seq) => ({
        ...{ kind: 'chunk', id: id('chunk') },
        payload: { outboxId: 5, step: 'scoring', stage: 0, seq },
      })),
    );
    await until('the run job', () => Promise.resolve(seen.includes('run 5')));
    expect(seen.slice(0, -1).sort()).toEqual([0, 1, 2, 3, 4, 5].map((seq) => `chunk ${seq}`));
    expect(seen.at(-1)).toBe('run 5');
    expect(await producer.backlog()).toBe(0);
  });

  it('a schedule queues its job at its time, and none once it is kept no more', async () => {
    const scheduleId = randomUUID();
    const heard: string[] = [];
    const consumer = await createConsumer(
      backend,
      'schedule',
      (payload) => {
        heard.push(payload.scheduleId);
        return Promise.resolve();
      },
      { concurrency: 1, onError: (error) => errors.push(error), ...QUICK },
    );
    consumers.push(consumer);
    // Every second: cron with seconds.
    const schedule = { id: scheduleId, cron: '* * * * * *', timeZone: 'Asia/Shanghai' };
    await producer.keepSchedules([schedule, { ...schedule, id: randomUUID(), cron: '0 2 1 1 *' }]);
    await until('the time', () => Promise.resolve(heard.length > 0));
    expect(new Set(heard)).toEqual(new Set([scheduleId]));
    await producer.keepSchedules([]);
    await sleep(300);
    const { length } = heard;
    await sleep(2200);
    expect(heard.length - length).toBeLessThanOrEqual(1);
  });

  it('a job arrives with its payload, and the health counts it before and after', async () => {
    await producer.enqueue([rateJob(7), rateJob(8)]);
    await sleep(30);
    const { rate } = await producer.queueHealth();
    expect(rate).toMatchObject({ waiting: 2, active: 0, failed: 0 });
    expect(rate.oldestWaitingMs).toBeGreaterThanOrEqual(20);
    const seen: number[] = [];
    const consumer = await consume(({ outboxIds }) =>
      Promise.resolve(void seen.push(...outboxIds)),
    );
    await until('both handled', () => seen.length === 2);
    expect(seen.sort()).toEqual([7, 8]);
    await until('health is empty', async () => {
      const health = await producer.queueHealth();
      return health.rate.waiting + health.rate.active === 0 && health.rate.oldestWaitingMs === null;
    });
    expect(consumer.activity()).toMatchObject({ active: 0, completed: 2, failed: 0 });
  });

  it('a handler that fails is called again, later each time, until it succeeds', async () => {
    const calls: number[] = [];
    await consume((_payload, { attempt }) => {
      calls.push(Date.now());
      return attempt < 3 ? Promise.reject(new Error('database away')) : Promise.resolve();
    });
    await producer.enqueue([rateJob(1)]);
    await until('third attempt', () => calls.length === 3, 20_000);
    expect(calls[1]! - calls[0]!).toBeGreaterThanOrEqual(600);
    expect(calls[2]! - calls[1]!).toBeGreaterThanOrEqual(1300);
  });

  it('a doubtful enqueue may be repeated: a known job id is queued once', async () => {
    const job = rateJob(1);
    await producer.enqueue([job]);
    await producer.enqueue([job, rateJob(2)]);
    expect((await producer.queueHealth()).rate.waiting).toBe(2);
  });

  it('the same rows in two jobs reach a handler twice, which sees they are done', async () => {
    const open = new Set([1, 2, 3]);
    let effects = 0;
    let calls = 0;
    await consume(({ outboxIds }) => {
      calls += 1;
      for (const id of outboxIds) if (open.delete(id)) effects += 1;
      return Promise.resolve();
    });
    const payload = { outboxIds: [1, 2, 3] };
    await producer.enqueue([
      { kind: 'rate', id: 'rate-first', payload },
      { kind: 'rate', id: 'rate-second', payload },
    ]);
    await until('both jobs handled', () => calls === 2);
    expect(effects).toBe(3);
  });

  it('a payload that is nonsense fails at once, without a retry and without the handler', async () => {
    let calls = 0;
    const consumer = await consume(() => Promise.resolve(void (calls += 1)));
    const raw = backend.openQueue(QUEUE_NAMES.rate, (error) => errors.push(error));
    await raw.addBulk([
      { name: 'rate', data: { outboxIds: ['1; DROP TABLE ratings'] }, opts: { jobId: 'rate-x' } },
    ]);
    await until('refused', () => consumer.activity().failed === 1);
    await until('kept as failed', async () => (await producer.queueHealth()).rate.failed === 1);
    expect(calls).toBe(0);
    await raw.close();
  });

  it('a worker killed with SIGKILL loses no job: another one gets it when the lock runs out', async () => {
    const child = forkTypescript(join(__dirname, 'testing/child-worker.ts'), [
      JSON.stringify(address),
    ]);
    const begun = new Promise((resolve) => child.once('message', resolve));
    await producer.enqueue([rateJob(42)]);
    expect(await begun).toEqual({ begun: [42] });
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    const seen: number[] = [];
    const started = Date.now();
    await consume(({ outboxIds }) => Promise.resolve(void seen.push(...outboxIds)));
    await until('recovered', () => seen.length === 1);
    expect(seen).toEqual([42]);
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('a flushed queue is refilled from the outbox when the lease runs out', async () => {
    const due = new Map(Array.from({ length: 50 }, (_, i) => [i + 1, 0]));
    const relay = createRelay({
      claim: (limit, leaseSeconds) => {
        const ids = [...due].filter(([, time]) => time <= Date.now()).map(([id]) => id);
        for (const id of ids.slice(0, limit)) due.set(id, Date.now() + leaseSeconds * 1000);
        return Promise.resolve(
          ids.map((id) => ({ topic: 'rate' as const, outboxIds: [id], submissions: 10 })),
        );
      },
      confirm: (ids, { leaseSeconds }) => {
        for (const id of ids) if (due.has(id)) due.set(id, Date.now() + leaseSeconds * 1000);
        return Promise.resolve();
      },
      release: () => Promise.resolve(),
      enqueue: (jobs) => producer.enqueue(jobs),
      backlog: () => producer.backlog(),
      onError: (error) => errors.push(error as Error),
      intervalMs: 100,
      leaseSeconds: 1,
    });
    relay.start();
    await until('queued', async () => (await producer.backlog()) > 0);
    await producer.flush();
    await consume(({ outboxIds }) => {
      for (const id of outboxIds) due.delete(id);
      return Promise.resolve();
    });
    await until('every row done', () => due.size === 0);
    await relay.stop();
    expect(errors).toEqual([]);
  });

  it('closing waits for the job in hand', async () => {
    let ended = false;
    const consumer = await consume(async () => {
      await sleep(400);
      ended = true;
    });
    await producer.enqueue([rateJob(1)]);
    await until('begun', () => consumer.activity().active === 1);
    expect(await consumer.close({ graceMs: 5000 })).toEqual({ abandoned: 0 });
    expect(ended).toBe(true);
    expect((await producer.queueHealth()).rate).toMatchObject({ waiting: 0, active: 0, failed: 0 });
  });

  it('closing gives a long job back at once, and another worker takes it without a lock running out', async () => {
    const consumer = await consume(async (_payload, { signal }) => {
      while (!signal.aborted) await sleep(10);
      signal.throwIfAborted();
    });
    await producer.enqueue([rateJob(1)]);
    await until('begun', () => consumer.activity().active === 1);
    expect(await consumer.close({ graceMs: 50, abortMs: 5000 })).toEqual({ abandoned: 0 });
    expect((await producer.queueHealth()).rate).toMatchObject({
      waiting: 1,
      active: 0,
      delayed: 0,
    });
    let taken = 0;
    await consume(() => Promise.resolve(void (taken += 1)), { lockMs: 30_000 });
    await until('taken', () => taken === 1, 3000);
  });

  it('closing does not wait for ever for a handler that ignores it, and says so', async () => {
    let release = (): void => undefined;
    const consumer = await consume(() => new Promise<void>((resolve) => (release = resolve)));
    await producer.enqueue([rateJob(1)]);
    await until('begun', () => consumer.activity().active === 1);
    const asked = Date.now();
    expect(await consumer.close({ graceMs: 50, abortMs: 100 })).toEqual({ abandoned: 1 });
    expect(Date.now() - asked).toBeLessThan(2000);
    release();
    await until('ended after all', () => consumer.activity().active === 0);
  });

  it('three thousand jobs for two workers: each handled, none lost, none doubled', async () => {
    const jobs = Array.from({ length: 3000 }, (_, i) => rateJob(i + 1));
    const seen: number[] = [];
    const note: JobHandler<'rate'> = ({ outboxIds }) =>
      Promise.resolve(void seen.push(...outboxIds));
    for (let start = 0; start < jobs.length; start += 1000)
      await producer.enqueue(jobs.slice(start, start + 1000));
    await consume(note, { concurrency: 10, lockMs: 30_000 });
    await consume(note, { concurrency: 10, lockMs: 30_000 });
    await until('all handled', () => seen.length >= 3000, 40_000);
    await sleep(200);
    expect(seen.length).toBe(3000);
    expect(new Set(seen).size).toBe(3000);
  });

  it('completed jobs do not pile up', async () => {
    let done = 0;
    await consume(() => Promise.resolve(void (done += 1)), { concurrency: 20 });
    await producer.enqueue(Array.from({ length: 400 }, (_, i) => rateJob(i + 1)));
    await until('all handled', () => done === 400);
    const raw = backend.openQueue(QUEUE_NAMES.rate, (error) => errors.push(error));
    const kept = async () => (await raw.getJobCounts('completed')).completed ?? 0;
    await until('at most 200 kept', async () => (await kept()) <= 200);
    await raw.close();
  });

  it('what relays pack, the queue takes', async () => {
    await producer.enqueue(
      packJobs([
        { topic: 'rate', outboxIds: [1, 2], submissions: 2 },
        { topic: 'import', outboxIds: [3], submissions: 0 },
        { topic: 'run', outboxIds: [4], submissions: 0 },
      ]),
    );
    const health = await producer.queueHealth();
    expect([health.rate.waiting, health.import.waiting, health.run.waiting]).toEqual([1, 1, 1]);
  });
});
