import { readEnvironment } from './environment';

const DATABASE_URL = 'postgres://u:p@127.0.0.1:5432/d';

describe('the environment', () => {
  it('needs the database only; the rest has defaults', () => {
    expect(readEnvironment({ DATABASE_URL, PORT: '' })).toEqual({
      databaseUrl: DATABASE_URL,
      host: '127.0.0.1',
      port: 0,
      portTaken: 'fail',
      logLevel: 'info',
      databaseConnections: 10,
      databasePooler: 'none',
      preparedStatements: true,
      backlogLimits: { submissions: 200_000, uploads: 100 },
    });
  });

  it('names a pooler that there is not, in both languages', () => {
    expect(() => readEnvironment({ DATABASE_URL, DATABASE_POOLER: 'session' })).toThrow(
      /DATABASE_POOLER 应为[^]*DATABASE_POOLER must be none or transaction/,
    );
  });

  it.each([
    [{}, true],
    [{ PREPARED_STATEMENTS: 'off' }, false],
    [{ DATABASE_POOLER: 'transaction' }, false],
    [{ DATABASE_POOLER: 'transaction', PREPARED_STATEMENTS: 'on' }, true],
  ])('statements are prepared but behind a pooler, unless it says otherwise: %j', (given, on) => {
    expect(readEnvironment({ DATABASE_URL, ...given }).preparedStatements).toBe(on);
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', 'example.org', '127.0.0.1.example.org'])(
    'a host other than loopback is refused with the reason: %s',
    (HOST) => {
      expect(() => readEnvironment({ DATABASE_URL, HOST })).toThrow(/until accounts exist/);
    },
  );

  it.each(['127.0.0.1', '::1', 'localhost', '127.9.9.9'])('%s is loopback', (HOST) => {
    expect(readEnvironment({ DATABASE_URL, HOST }).host).toBe(HOST);
  });

  it('says every mistake in both languages', () => {
    expect(() => readEnvironment({ PORT: '70000', LOG_LEVEL: 'loud' })).toThrow(
      /DATABASE_URL 未设置[^]*PORT 应为 0 至 65535[^]*LOG_LEVEL 应为[^]*DATABASE_URL is not set[^]*PORT must be an integer from 0 to 65535[^]*LOG_LEVEL must be/,
    );
  });
});
