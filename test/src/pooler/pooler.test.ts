/** API and worker behind a PgBouncer that pools transactions, with the settings that compose and Kubernetes use. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { type Rating, TanxiaoClient } from '@tanxiao/client';
import { usccCheckCharacter } from '@tanxiao/contracts';
import { createPool, sessionSettings } from '@tanxiao/store';

import { type SourceProcess, SOURCES, startSource } from '../rule-change/source-process';
import {
  createTestDatabase,
  findForTests,
  startTestRedis,
  type TestDatabase,
  type TestRedis,
} from '../support';
import { type Pooler, startPgbouncer } from './pgbouncer';

jest.setTimeout(180_000);

const program = findForTests('pgbouncer');
const withPgbouncer = program === null ? describe.skip : describe;
const COUNT = 40;
const ofPeriod = { rulebook: 'industrial-carbon-efficiency', period: '2026Q3' };
const MIGRATE = path.resolve(__dirname, '../../../services/worker/src/migrate-main.ts');

function item(number: number) {
  const first17 = `91330502MA${String(number).padStart(7, '0')}`;
  return {
    uscc: first17 + usccCheckCharacter(first17),
    regionCode: '330502',
    industryCode: '1751',
    // Fifteen digits: a session that rounds floating-point numbers would lose the last.
    inputs: { value_added_10k_cny: '123.456789012345', carrier_33: 100 + number, carrier_15: 0 },
  };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const one of items) list.push(one);
  return list;
}

withPgbouncer('behind a PgBouncer that pools transactions', () => {
  let database: TestDatabase;
  let pooler: Pooler | null = null;
  let redis: TestRedis | null;
  let migration: { readonly status: number | null; readonly stdout: string };

  beforeAll(async () => {
    database = await createTestDatabase();
    migration = spawnSync(process.execPath, [...SOURCES, MIGRATE], {
      env: { ...process.env, DATABASE_URL: database.url, DATABASE_POOLER: 'transaction' },
      encoding: 'utf8',
    });
    pooler = await startPgbouncer(program!, database.url);
    redis = await startTestRedis();
  });
  afterAll(async () => {
    await redis?.stop();
    await pooler?.stop();
    await database.drop();
  });

  it('the migration command brings an empty database up to date and says so in both languages', () => {
    expect(migration).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /^已应用 \d+ 个迁移[^]*\n\d+ migrations applied: 0001_/,
      ) as string,
    });
  });

  it('a session has every setting of the product from its role, none sent', async () => {
    const pool = createPool({ connectionString: pooler!.url, sessionSettings: false });
    try {
      const shown: Record<string, string> = {};
      for (const name of Object.keys(sessionSettings())) {
        const { rows } = await pool.query<{ value: string }>(
          `SELECT CASE WHEN unit IS NULL THEN setting ELSE setting || unit END AS value
           FROM pg_settings WHERE lower(name) = lower($1)`,
          [name],
        );
        shown[name] = rows[0]!.value.replace(/m?s$/, '');
      }
      expect(shown).toEqual(sessionSettings());
    } finally {
      await pool.end();
    }
  });

  it('a server or a client that vanished is given up as soon as PostgreSQL gives one up', () => {
    const mine = pooler!.settings;
    const session = sessionSettings();
    expect({
      tcp_keepalives_idle: mine.tcp_keepidle,
      tcp_keepalives_interval: mine.tcp_keepintvl,
      tcp_keepalives_count: mine.tcp_keepcnt,
      tcp_user_timeout: mine.tcp_user_timeout,
    }).toEqual({
      tcp_keepalives_idle: session.tcp_keepalives_idle,
      tcp_keepalives_interval: session.tcp_keepalives_interval,
      tcp_keepalives_count: session.tcp_keepalives_count,
      tcp_user_timeout: session.tcp_user_timeout,
    });
    expect(mine.tcp_keepalive).toBe('1');
  });

  it('a process that does not know of the pooler cannot connect, rather than rate with wrong settings', async () => {
    const pool = createPool({ connectionString: pooler!.url });
    await expect(pool.query('SELECT 1')).rejects.toThrow('unsupported startup parameter');
    await pool.end();
  });

  it('submissions are rated, exported and rated again by a run, over two connections for all', async () => {
    if (redis === null) throw new Error('a worker behind a pooler needs redis-server on the PATH');
    const environment = {
      DATABASE_URL: pooler!.url,
      DATABASE_POOLER: 'transaction',
      LOG_LEVEL: 'error',
    };
    const processes: SourceProcess[] = await Promise.all([
      startSource('services/api/src/main.ts', { ...environment, PORT: '0' }),
      startSource('services/worker/src/main.ts', {
        ...environment,
        REDIS_URL: redis.url,
        REDIS_PREFIX: `pooler-${process.pid}`,
      }),
    ]);
    try {
      const baseUrl = String(processes[0]!.said.url);
      expect((await fetch(`${baseUrl}/health/ready`)).status).toBe(200);
      const client = new TanxiaoClient({ baseUrl, language: 'zh' });
      await client.submit({
        ...ofPeriod,
        submissions: Array.from({ length: COUNT }, (_, index) => item(index + 1)),
      });
      let ratings: Rating[] = [];
      const end = Date.now() + 60_000;
      while (ratings.length < COUNT && Date.now() < end)
        ratings = await all(client.ratings(ofPeriod));
      expect(ratings).toHaveLength(COUNT);

      const created = await client.createRun(ofPeriod);
      const run = await client.waitForRun(created.id);
      expect({ failure: run.failure, rated: run.subjects.rated }).toEqual({
        failure: null,
        rated: COUNT,
      });
      const ofRun = await all(client.ratings({ ...ofPeriod, runId: run.id }));
      const replay = await client.replay(ofRun[0]!.id);
      expect(replay).toMatchObject({ identical: true });
      const exported = await client.fetch('/v1/ratings/export', {
        query: ofPeriod,
      });
      expect((await exported.text()).trim().split('\n')).toHaveLength(COUNT + 1);
    } finally {
      const codes = await Promise.all(processes.map((one) => one.stop()));
      expect(codes).toEqual([0, 0]);
    }
  });
});
