import { type AddressInfo, createServer } from 'node:net';

import { forkTypescript } from './testing/typescript-child';
import { type WorkerDatabase, workerDatabase } from './testing/worker-database';

let database: WorkerDatabase;
beforeAll(async () => (database = await workerDatabase()));
afterAll(() => database.close());

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
