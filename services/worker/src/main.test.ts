import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { cuttableLink } from './testing/cuttable-link';
import { forkTypescript } from './testing/typescript-child';
import { type WorkerDatabase, workerDatabase } from './testing/worker-database';

let database: WorkerDatabase;
beforeAll(async () => (database = await workerDatabase()));
afterAll(() => database.close());

type StartRedis = () => Promise<{ url: string; stop: () => Promise<void> } | null>;

const start = (env: Record<string, string>) => forkTypescript('../main.ts', [], env);

it.each(['SIGTERM', 'SIGINT'] as const)(
  'it says when it is ready, and ends in order on %s',
  async (signal) => {
    const child = start({ DATABASE_URL: database.url, LOG_LEVEL: 'silent' });
    await child.ready;
    child.process.kill(signal);
    expect(await child.ended).toBe(0);
    expect(child.errors()).toBe('');
  },
);

// sonic-boom 4.2.1 tries for ever, at the exit, to write what waits behind a line that found no reader.
it.each(['info', 'warn'])(
  'it ends in order when the reader of its log has died, at level %s',
  async (level) => {
    const child = start({ DATABASE_URL: database.url, LOG_LEVEL: level });
    await child.ready;
    child.process.stdout!.destroy();
    child.process.kill('SIGTERM');
    expect(await child.ended).toBe(0);
  },
  60_000,
);

it('it ends in order while its Redis is away, and while it is silent, within its bounds', async () => {
  const support = jest.requireActual<{ startTestRedis: StartRedis }>('../../../test/src/support');
  const redis = await support.startTestRedis();
  // The reason has been printed.
  if (redis === null) return;
  const { hostname: host, port } = new URL(redis.url);
  const endOf = async (how: 'cut' | 'fallSilent'): Promise<unknown> => {
    const link = await cuttableLink({ host, port: Number(port) });
    const child = start({
      ...{ DATABASE_URL: database.url, REDIS_URL: `redis://127.0.0.1:${link.port}` },
      LOG_LEVEL: 'silent',
    });
    await child.ready;
    link[how]();
    // It knows by then that the connections are lost.
    await sleep(1000);
    child.process.kill('SIGTERM');
    const code = await child.ended;
    await link.close();
    return { code, errors: child.errors() };
  };
  expect(await Promise.all([endOf('cut'), endOf('fallSilent')])).toEqual([
    { code: 0, errors: '' },
    { code: 0, errors: '' },
  ]);
  await redis.stop();
}, 60_000);

it('it ends when its parent is gone, so that no orphan goes on working', async () => {
  const child = start({ DATABASE_URL: database.url, LOG_LEVEL: 'silent' });
  await child.ready;
  child.process.disconnect();
  expect(await child.ended).toBe(0);
});

it('a port that is taken is told in one sentence of each language', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const child = start({ DATABASE_URL: database.url, WORKER_HTTP_PORT: String(port) });
  expect(await child.ended).toBe(1);
  expect(child.errors()).toMatch(/^端口已被占用.*\nthe port is taken.*\n$/);
  server.close();
});

it.each([
  [{ DATABASE_URL: '' }, 'DATABASE_URL 未设置', 'DATABASE_URL is not set'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL 应以', 'must start with postgres://'],
  [{ DATABASE_URL: 'postgres://x@127.0.0.1:1/x' }, '请核对 DATABASE_URL', 'Check DATABASE_URL'],
  [
    { DATABASE_URL: 'postgres://x@127.0.0.1:1/x', RATE_CONCURRENCY: 'many' },
    'RATE_CONCURRENCY 应为',
    'RATE_CONCURRENCY must be',
  ],
])(
  'a mistake in its settings is one sentence in each language, and no stack: %j',
  async (env, zh, en) => {
    const child = start({ REDIS_URL: '', ...env });
    expect(await child.ended).toBe(1);
    expect(child.errors()).toContain(zh);
    expect(child.errors()).toContain(en);
    expect(child.errors()).not.toContain('    at ');
  },
);
