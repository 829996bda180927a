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
    preparedStatements: true,
    rateConcurrency: 2,
  });
});

it.each([
  [{}, 'DATABASE_URL'],
  [{ DATABASE_URL, REDIS_URL: 'localhost:6379' }, 'REDIS_URL'],
  [{ DATABASE_URL, REDIS_PREFIX: 'a:b' }, 'REDIS_PREFIX'],
  [{ DATABASE_URL, LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  [{ DATABASE_URL, DATABASE_CONNECTIONS: '1' }, 'DATABASE_CONNECTIONS'],
  [{ DATABASE_URL, RATE_CONCURRENCY: '1.5' }, 'RATE_CONCURRENCY'],
])('a setting that is wrong is named in both languages: %j', (variables, name) => {
  const read = () => readEnvironment(variables);
  expect(read).toThrow(EnvironmentError);
  expect(read).toThrow(new RegExp(`${name} (应|未)[^]*\\n${name} (must|is not)`));
});
