import { EnvironmentError } from '@tanxiao/contracts';

import { readEnvironment } from './environment';

const DATABASE_URL = 'postgres://tanxiao@127.0.0.1:5432/tanxiao';

it('only the database must be named; an empty variable counts as not set', () => {
  expect(readEnvironment({ DATABASE_URL, REDIS_URL: '', LOG_LEVEL: '' })).toEqual({
    databaseUrl: DATABASE_URL,
    redisUrl: null,
    redisPrefix: 'tanxiao',
    logLevel: 'info',
    databaseConnections: 10,
    databasePooler: 'none',
    preparedStatements: true,
    rateConcurrency: 2,
    http: null,
  });
});

it.each([
  [{}, 'DATABASE_URL'],
  [{ DATABASE_URL, REDIS_URL: 'localhost:6379' }, 'REDIS_URL'],
  [{ DATABASE_URL, REDIS_PREFIX: 'a:b' }, 'REDIS_PREFIX'],
  [{ DATABASE_URL, LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  [{ DATABASE_URL, DATABASE_CONNECTIONS: '1' }, 'DATABASE_CONNECTIONS'],
  [{ DATABASE_URL, DATABASE_POOLER: 'session' }, 'DATABASE_POOLER'],
  [{ DATABASE_URL, DATABASE_POOLER: 'transaction' }, 'REDIS_URL'],
  [{ DATABASE_URL, PREPARED_STATEMENTS: 'yes' }, 'PREPARED_STATEMENTS'],
  [{ DATABASE_URL, RATE_CONCURRENCY: '1.5' }, 'RATE_CONCURRENCY'],
  [{ DATABASE_URL, WORKER_HTTP_PORT: '65536' }, 'WORKER_HTTP_PORT'],
  [{ DATABASE_URL, ADMIN_QUEUES: 'yes' }, 'ADMIN_QUEUES'],
])('a setting that is wrong is named in both languages: %j', (variables, name) => {
  const read = () => readEnvironment(variables);
  expect(read).toThrow(EnvironmentError);
  expect(read).toThrow(new RegExp(`${name} (应|未)[^]*\\n${name} (must|is not)`));
});

it('the page of the queues is served on this machine alone', () => {
  const on = { DATABASE_URL, ADMIN_QUEUES: 'on', WORKER_HTTP_PORT: '0' };
  const http = { host: '127.0.0.1', port: 0, adminQueues: true };
  expect(readEnvironment(on).http).toEqual(http);
  expect(() => readEnvironment({ ...on, WORKER_HTTP_HOST: '0.0.0.0' })).toThrow(/本机[^]*loopback/);
  expect(() => readEnvironment({ ...on, WORKER_HTTP_PORT: '' })).toThrow(/WORKER_HTTP_PORT/);
});
