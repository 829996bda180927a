import type { ProblemView } from '@tanxiao/contracts';
import { createPool } from '@tanxiao/store';
import { pino } from 'pino';

import { createApp } from '../app';
import { listen } from '../server';
import { type ApiUnderTest, startApi } from '../testing/api-under-test';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('health', () => {
  it('lives and is ready with a migrated database and nothing waiting', async () => {
    expect((await api.ask('/health/live')).status).toBe(200);
    const { body } = await api.ask<{ outbox: { waiting: number } }>('/health/ready');
    expect(body.outbox).toEqual({ waiting: 0, oldestSeconds: null });
  });

  it('is not ready where data has waited long: the worker is down', async () => {
    await api.pool.query(
      `INSERT INTO tanxiao.outbox (topic, submission_ids, actor, request_id, created_at)
       VALUES ('rate', ARRAY[gen_random_uuid()], 'test', 'test', now() - interval '1 hour')`,
    );
    const { status, body } = await api.ask<ProblemView>('/health/ready', {
      headers: { 'accept-language': 'en' },
    });
    expect(status).toBe(503);
    expect(body.detail).toContain('the worker may not be running');
    expect((await api.ask('/health/live')).status).toBe(200);
    // The API works all the same: a balancer must not take it away.
    expect((await api.ask('/health/serving')).status).toBe(200);
  });

  it('serves nobody while the database lacks a migration', async () => {
    await api.pool.query('DELETE FROM tanxiao.migrations WHERE number = 1');
    const { status, body } = await api.ask<ProblemView>('/health/serving', {
      headers: { 'accept-language': 'en' },
    });
    expect({ status, detail: body.detail }).toEqual({
      status: 503,
      detail: expect.stringContaining('lacks 1 migrations') as string,
    });
  });

  it('without a database it still lives, and every data request is told to come again', async () => {
    const pool = createPool({
      connectionString: 'postgres://nobody@127.0.0.1:1/none',
      connectionTimeoutMs: 500,
    });
    const logger = pino({ level: 'silent' });
    const { standards } = api;
    const server = await listen(createApp({ pool, standards, logger }), {
      host: '127.0.0.1',
      port: 0,
    });
    try {
      const ask = (path: string) => fetch(server.url + path);
      expect((await ask('/health/live')).status).toBe(200);
      expect((await ask('/health/ready')).status).toBe(503);
      expect((await ask('/health/serving')).status).toBe(503);
      // Rulebooks too: which are approved stands in the database.
      for (const path of ['/v1/runs', '/v1/rulebooks']) {
        const { status, headers } = await ask(path);
        expect([path, status, headers.get('retry-after')]).toEqual([path, 503, '5']);
      }
      expect((await ask('/openapi.json')).status).toBe(200);
    } finally {
      await server.close(1);
      await pool.end();
    }
  });
});
