/**
 * JSON bodies of 20 MB, each made to cost as much memory as it can, eight at once, with small good submissions among
 * them: each heavy one gets its refusal, no good one is lost, and the API process stays within its memory.
 */
import { TanxiaoClient } from '@tanxiao/client';
import { usccCheckCharacter } from '@tanxiao/contracts';

import type { Acceptance } from './acceptance';
import { RULEBOOK } from './industrial-file';

const BODY_BYTES = 20 * 1024 * 1024;
const ROUNDS = 4;
const PARALLEL = 8;
/** Heap of 256 MB and as much outside of it: bytes of bodies and answers. */
const LIMIT_BYTES = 512e6;

/** By what they are made of: the text repeated between head and tail until the body is full. */
const HEAVY: Readonly<Record<string, readonly [head: string, piece: string, tail: string]>> = {
  'empty objects': ['[', '{},', '{}]'],
  'arrays in arrays': ['[', '[[]],', '[]]'],
  'long numbers': ['[', '0.12345678901234567890123,', '0]'],
  'Chinese text': ['["', '碳效评价规范', '"]'],
  'escaped text': ['["', '\\u78b3\\n', '"]'],
  'items of unknown fields': [
    `{"rulebook":"${RULEBOOK}","period":"2026Q3","partial":true,"submissions":[`,
    `{${Array.from({ length: 60 }, (_, i) => `"unknown_field_${i}":"碳效碳效碳效碳效碳效碳效碳效碳效碳效碳效碳效"`).join()}},`,
    '{}]}',
  ],
  'items of bad values': [
    `{"rulebook":"${RULEBOOK}","period":"2026Q3","partial":true,"submissions":[`,
    `{"uscc":"x","regionCode":"330502","industryCode":"1751","inputs":{${Array.from({ length: 40 }, (_, i) => `"carrier_${String(i + 1).padStart(2, '0')}":"${'9'.repeat(60)}"`).join()}}},`,
    '{}]}',
  ],
  'unfinished text': ['[', '"a",', ''],
};

export async function heavyBodies({ stack, say }: Acceptance): Promise<boolean> {
  const { url, apiPeakMemory } = await stack();
  const idle = apiPeakMemory();
  const failures: string[] = [];
  const statuses = new Map<string, number>();
  let slowest = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const sent = Object.entries(HEAVY).map(async ([name, parts]) => {
      const began = performance.now();
      const status = await post(url, heavyBody(parts));
      slowest = Math.max(slowest, performance.now() - began);
      statuses.set(`${name} ${status}`, (statuses.get(`${name} ${status}`) ?? 0) + 1);
      if (status < 200 || status >= 500) failures.push(`${name}: ${status}`);
    });
    const client = new TanxiaoClient({ baseUrl: url });
    const good = Array.from({ length: PARALLEL }, async (_, i) => {
      const { kept } = await client.submit(goodBody(round * PARALLEL + i));
      if (kept !== 1) failures.push(`a good submission was not kept`);
    });
    await Promise.all([...sent, ...good]);
  }
  const peak = apiPeakMemory();
  say(`answers: ${JSON.stringify(Object.fromEntries([...statuses].sort()))}`);
  say(`5xx, broken or lost: ${failures.length}; slowest answer ${slowest.toFixed(0)} ms`);
  for (const failure of failures.slice(0, 10)) say(failure);
  say(
    `API process: peak memory ${(peak / 1e6).toFixed(0)} MB (idle ${(idle / 1e6).toFixed(0)} MB), limit ${LIMIT_BYTES / 1e6} MB`,
  );
  return failures.length === 0 && peak > 0 && peak < LIMIT_BYTES;
}

function heavyBody([head, piece, tail]: readonly [string, string, string]): Buffer {
  const room = BODY_BYTES - Buffer.byteLength(head) - Buffer.byteLength(tail);
  const pieces = Buffer.alloc(
    Math.floor(room / Buffer.byteLength(piece)) * Buffer.byteLength(piece),
    piece,
  );
  return Buffer.concat([Buffer.from(head), pieces, Buffer.from(tail)]);
}

/** 0 where the connection broke. */
async function post(url: string, body: Buffer): Promise<number> {
  try {
    const answer = await fetch(`${url}/v1/submissions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(120_000),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

function goodBody(serial: number) {
  const first = `91330502${String(serial).padStart(9, '0')}`;
  return {
    rulebook: RULEBOOK,
    period: '2024Q1',
    submissions: [
      {
        uscc: first + usccCheckCharacter(first),
        regionCode: '330502',
        industryCode: '1751',
        inputs: { value_added_10k_cny: 829, carrier_33: 100 },
      },
    ],
  };
}
