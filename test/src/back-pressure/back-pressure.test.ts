/** Too much waits: new data is refused until the worker has caught up, reads go on, and nothing accepted is lost. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { ClientError, TanxiaoClient } from '@tanxiao/client';
import { usccCheckCharacter } from '@tanxiao/contracts';
import { createPool, migrate } from '@tanxiao/store';
import type { Pool } from 'pg';

import { type SourceProcess, startSource } from '../rule-change/source-process';
import { createTestDatabase, makeTempDir, type TestDatabase } from '../support';

jest.setTimeout(300_000);

const ID = 'small-enterprise-carbon-efficiency';
const PERIOD = '2026Q3';
const LIMIT = 40;

let database: TestDatabase;
let pool: Pool;
let api: SourceProcess;
let worker: SourceProcess | null = null;
let url: string;

const environment = (): Record<string, string> => ({
  DATABASE_URL: database.url,
  LOG_LEVEL: 'error',
  BACKLOG_LIMIT: String(LIMIT),
});
const startWorker = async (): Promise<SourceProcess> =>
  startSource('services/worker/src/main.ts', environment());

beforeAll(async () => {
  database = await createTestDatabase({
    template: {
      name: 'store_migrated',
      prepareTemplate: async (address) => {
        const migrating = createPool({ connectionString: address });
        await migrate(migrating);
        await migrating.end();
      },
    },
  });
  pool = createPool({ connectionString: database.url, max: 2 });
  [api, worker] = await Promise.all([
    startSource('services/api/src/main.ts', environment()),
    startWorker(),
  ]);
  url = api.said.url as string;
});
afterAll(async () => {
  await Promise.all([api.stop(), worker?.stop()]);
  await pool.end();
  await database.drop();
});

function bodyOf(number: number) {
  const first17 = `91330502MA${String(number).padStart(7, '0')}`;
  const uscc = first17 + usccCheckCharacter(first17);
  const inputs = { revenue_10k_cny: 1000, carrier_33: 10, carrier_15: 0 };
  const submissions = [{ uscc, regionCode: '330502', industryCode: '1751', inputs }];
  return { rulebook: ID, period: PERIOD, submissions };
}

const post = (number: number, language = 'en'): Promise<Response> =>
  fetch(`${url}/v1/submissions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': language },
    body: JSON.stringify(bodyOf(number)),
  });

async function counts(): Promise<{ submissions: number; rated: number; waiting: number }> {
  const { rows } = await pool.query<{ submissions: number; rated: number; waiting: number }>(
    `SELECT (SELECT count(*)::int FROM tanxiao.submissions) AS submissions,
       (SELECT count(DISTINCT submission_id)::int FROM tanxiao.ratings) AS rated,
       (SELECT count(*)::int FROM tanxiao.outbox) AS waiting`,
  );
  return rows[0]!;
}

it('with the worker stopped data is taken up to the limit, then refused until it is back; nothing is lost', async () => {
  expect(await worker!.stop()).toBe(0);
  worker = null;
  let accepted = 0;
  let refused: Response | null = null;
  for (let number = 1; refused === null; number++) {
    expect(number).toBeLessThan(LIMIT + 2);
    const answer = await post(number);
    if (answer.status === 202) accepted += 1;
    else refused = answer;
  }
  // What was kept while a count ran may count twice until the next.
  expect(accepted).toBeGreaterThan(LIMIT - 10);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(await refused.json()).toMatchObject({
    type: 'urn:tanxiao:problem:backlog-full',
    detail: expect.stringContaining(`${LIMIT} submissions wait to be rated`) as string,
  });
  const chinese = (await (await post(9000, 'zh')).json()) as { detail: string };
  expect(chinese.detail).toContain(`已有 ${LIMIT} 条填报等待评价`);
  expect(await counts()).toMatchObject({ submissions: accepted, rated: 0 });

  // Files are new data too; reads are not.
  const impatient = new TanxiaoClient({ baseUrl: url, backlogPatienceSeconds: 0 });
  const folder = await makeTempDir('back-pressure');
  const file = path.join(folder.path, 'refused.csv');
  writeFileSync(file, 'uscc\n');
  const upload = impatient.uploadFile(file, { rulebook: ID, period: PERIOD });
  await expect(upload).rejects.toMatchObject({ code: 'backlog-full', retryAfterSeconds: 5 });
  await expect(upload).rejects.toBeInstanceOf(ClientError);
  await folder.remove();
  const read = await fetch(`${url}/v1/ratings?rulebook=${ID}&period=${PERIOD}`);
  expect(read.status).toBe(200);

  // Each refusal is counted once, and so is each submission that was kept.
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toContain('tanxiao_refused_requests_total{reason="backlog"} 3');
  expect(metrics).toContain(`tanxiao_submissions_total{channel="json"} ${accepted}`);

  // A client that waits is served as soon as the worker has caught up.
  const patient = new TanxiaoClient({ baseUrl: url, backlogPatienceSeconds: 240 });
  const waited = patient.submit(bodyOf(5000));
  worker = await startWorker();
  expect((await waited).kept).toBe(1);
  const end = Date.now() + 120_000;
  while ((await counts()).waiting > 0 && Date.now() < end)
    await new Promise((resolve) => setTimeout(resolve, 100));
  const all = accepted + 1;
  expect(await counts()).toEqual({ submissions: all, rated: all, waiting: 0 });
});
