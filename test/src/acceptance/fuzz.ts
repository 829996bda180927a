/**
 * 10,000 malformed requests (JSON bodies, CSV and XLSX uploads, multipart, addresses, cursors), with a good submission
 * among every twenty: no 5xx, no hang, no lost good row, memory bounded.
 */
import { TanxiaoClient } from '@tanxiao/client';
import { usccCheckCharacter } from '@tanxiao/contracts';

import { seededRandom } from '../agreement/random';
import type { Acceptance } from './acceptance';
import { queryStack } from './database-of';
import { RULEBOOK } from './industrial-file';
import { malformedRequest, type RawRequest } from './malformed';

const REQUESTS = 10_000;
const PARALLEL = 8;
const HANG_MS = 30_000;
const MEMORY_LIMIT_BYTES = 300e6;
/** The second half may need hardly more than the first. */
const MEMORY_GROWTH = 1.15;
const GOOD_PERIOD = '2024Q1';

export async function fuzz({ folder, stack, say, seed }: Acceptance): Promise<boolean> {
  const random = seededRandom(seed);
  const { url, apiPeakMemory } = await stack();
  const client = new TanxiaoClient({ baseUrl: url });
  const template = Buffer.from(
    await (await client.fetch(`/v1/rulebooks/${RULEBOOK}/template?format=xlsx`)).arrayBuffer(),
  );
  const statuses = new Map<number, number>();
  const failures: string[] = [];
  let slowest = 0;
  let good = 0;
  const one = async (index: number): Promise<void> => {
    const isGood = index % 20 === 0;
    const request = isGood ? goodSubmission(good++) : malformedRequest(random, template);
    const began = performance.now();
    const status = await send(url, request);
    slowest = Math.max(slowest, performance.now() - began);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status >= 500 || status === 0 || (isGood && status !== 202))
      failures.push(`${status} ${request.method} ${request.path.slice(0, 120)}`);
  };
  const all = REQUESTS + REQUESTS / 20;
  await inParallel(0, all / 2, one);
  const halfWay = apiPeakMemory();
  await inParallel(all / 2, all, one);
  const ended = await waitForUploads(client);
  const [kept] = await queryStack<{ submissions: number; ratings: number }>(`${folder}/data`, KEPT);
  const peak = apiPeakMemory();
  say(
    `${REQUESTS} malformed and ${good} good requests; answers by status: ${JSON.stringify(Object.fromEntries([...statuses].sort()))}`,
  );
  say(
    `5xx, hung or refused good ones: ${failures.length}; slowest answer ${slowest.toFixed(0)} ms`,
  );
  say(`uploads by end: ${JSON.stringify(ended)}`);
  say(
    `good submissions kept ${kept!.submissions} of ${good}, rated or not rated ${kept!.ratings}; API peak memory ${(peak / 1e6).toFixed(0)} MB (half way ${(halfWay / 1e6).toFixed(0)} MB)`,
  );
  for (const failure of failures.slice(0, 10)) say(failure);
  return (
    failures.length === 0 &&
    kept!.submissions === good &&
    kept!.ratings === good &&
    peak < MEMORY_LIMIT_BYTES &&
    peak < halfWay * MEMORY_GROWTH
  );
}

const KEPT = `SELECT
  (SELECT count(*)::int FROM tanxiao.submissions WHERE period = '${GOOD_PERIOD}' AND upload_id IS NULL) AS submissions,
  (SELECT count(*)::int FROM tanxiao.ratings WHERE period = '${GOOD_PERIOD}') AS ratings`;

/** 0 where there was no answer in time or the connection broke. */
async function send(url: string, request: RawRequest): Promise<number> {
  try {
    const answer = await fetch(url + request.path, {
      method: request.method,
      headers: request.headers,
      body: request.body === null ? null : new Uint8Array(request.body),
      signal: AbortSignal.timeout(HANG_MS),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch (error) {
    // fetch itself refuses some malformed addresses and headers: those never left this process.
    return error instanceof TypeError && !(error.cause instanceof Error) ? 400 : 0;
  }
}

async function inParallel(
  from: number,
  to: number,
  one: (index: number) => Promise<void>,
): Promise<void> {
  let next = from;
  await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      while (next < to) await one(next++);
    }),
  );
}

async function waitForUploads(client: TanxiaoClient): Promise<Record<string, number>> {
  const ends: Record<string, number> = {};
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(client, cursor);
    for (const upload of page.items) {
      if (upload.state === 'receiving') {
        ends.receiving = (ends.receiving ?? 0) + 1;
        continue;
      }
      const { state } = await client.waitForUpload(upload.id, { rated: true });
      ends[state] = (ends[state] ?? 0) + 1;
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ends;
}

function pageOf(client: TanxiaoClient, cursor: string | null) {
  return client.get('/v1/uploads', {
    query: { limit: 100, ...(cursor === null ? {} : { cursor }) },
  });
}

function goodSubmission(serial: number): RawRequest {
  const first = `91330502${String(serial).padStart(9, '0')}`;
  const item = {
    uscc: first + usccCheckCharacter(first),
    regionCode: '330502',
    industryCode: '1751',
    inputs: { value_added_10k_cny: 829, carrier_33: 100 },
  };
  return {
    method: 'POST',
    path: '/v1/submissions',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(
      JSON.stringify({ rulebook: RULEBOOK, period: GOOD_PERIOD, submissions: [item] }),
    ),
  };
}
