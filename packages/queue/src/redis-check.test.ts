import { createQueueBackend } from './create-backend';
import { QueueError } from './queue-error';
import { readRedisUrl } from './redis-check';
import { redisMissing, startRedis } from './testing/servers';

const noRedis = redisMissing();
if (noRedis !== null) console.warn(`Redis check: not run on a server: ${noRedis}`);
const withRedis = noRedis === null ? it : it.skip;

const refusal = async (redisUrl: string): Promise<QueueError> => {
  const error: unknown = await createQueueBackend({ redisUrl }).catch((reason: unknown) => reason);
  if (!(error instanceof QueueError)) throw new Error(`not a QueueError: ${String(error)}`);
  return error;
};

withRedis('a Redis that may evict keys is refused, with the way to mend it', async () => {
  const redis = await startRedis(['--maxmemory', '50mb', '--maxmemory-policy', 'allkeys-lru']);
  const error = await refusal(redis.url);
  expect(error.code).toBe('redis-evicts');
  expect(error.text.en).toContain('CONFIG SET maxmemory-policy noeviction');
  expect(error.text.zh).toContain('allkeys-lru');
  await redis.stop();
});

withRedis('a password is sent, and a wrong one is named as the cause', async () => {
  const redis = await startRedis(['--requirepass', 'p@ss:word']);
  const right = redis.url.replace('://', `://:${encodeURIComponent('p@ss:word')}@`);
  expect((await createQueueBackend({ redisUrl: right })).kind).toBe('redis');
  const error = await refusal(redis.url.replace('://', '://:wrong@'));
  expect(error.text.en).toMatch(/WRONGPASS|NOAUTH/);
  expect(error.message).not.toContain('p@ss');
  await redis.stop();
});

it('a Redis that is not there is refused in one sentence, not waited for', async () => {
  const begun = Date.now();
  const error = await refusal('redis://127.0.0.1:1');
  expect(error.code).toBe('redis-unreachable');
  expect(error.text.zh).toContain('REDIS_URL');
  expect(Date.now() - begun).toBeLessThan(6000);
});

it.each(['localhost:6379', 'http://127.0.0.1:6379', 'redis://', 'redis://host/zero', ''])(
  'an address that is none is refused: "%s"',
  (text) => {
    expect(() => readRedisUrl(text)).toThrow(QueueError);
  },
);

it('user, password, database and TLS are read from the address', () => {
  expect(readRedisUrl('rediss://u:p%40ss@[::1]:7000/3')).toEqual({
    host: '::1',
    port: 7000,
    db: 3,
    username: 'u',
    password: 'p@ss',
    tls: {},
  });
});

it('a database that is not there is refused in one sentence', async () => {
  const databaseUrl = 'postgres://nobody@127.0.0.1:1/none';
  await expect(createQueueBackend({ databaseUrl })).rejects.toMatchObject({
    code: 'postgres-unreachable',
    name: 'QueueError',
  });
});
