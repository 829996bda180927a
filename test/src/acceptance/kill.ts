/**
 * `kill -9` of everything (API, worker, parent, database) at random moments of an import, again and again; after each
 * restart the file is sent again with the same Idempotency-Key. In the end: exactly one rating per accepted row.
 *
 * The moments are spread over a whole import, whose time an undisturbed first one tells; every third file is sent
 * slowly, so that the kill falls among its bytes.
 */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import { TanxiaoClient, type Upload } from '@tanxiao/client';

import { seededRandom } from '../agreement/random';
import type { Acceptance } from './acceptance';
import { queryStack } from './database-of';
import { RULEBOOK, writeIndustrialFile } from './industrial-file';
import { type Stack, startStack } from './stack';

const ROUNDS = 10;
const ROWS = 20_000;
/** A slow sender's pieces and the pause after each: 2.8 MB in about three seconds. */
const SLOW_PIECE_BYTES = 64 * 1024;
const SLOW_PAUSE_MS = 70;

interface Counts extends Record<string, unknown> {
  readonly submissions: number;
  readonly subjects: number;
  readonly ratings: number;
  readonly rated: number;
  readonly outbox: number;
}

interface Round {
  readonly data: string;
  readonly file: string;
  readonly slow: boolean;
  readonly request: {
    readonly rulebook: string;
    readonly period: string;
    readonly partial: boolean;
    readonly idempotencyKey: string;
  };
}

export async function kill({ folder, say, seed }: Acceptance): Promise<boolean> {
  const random = seededRandom(seed);
  const roundOf = async (number: number): Promise<Round> => {
    const file = path.join(folder, `kill-${number}.csv`);
    await writeIndustrialFile(file, ROWS, seed + number);
    return {
      data: path.join(folder, `kill-${number}`),
      file,
      slow: number % 3 === 1,
      request: {
        rulebook: RULEBOOK,
        period: '2026Q1',
        partial: true,
        idempotencyKey: `kill-${number}`,
      },
    };
  };
  const times = await undisturbed(await roundOf(0));
  say(
    `undisturbed: ${ROWS} rows imported and rated after ${times.fast} ms, sent slowly after ${times.slow} ms`,
  );
  let good = true;
  const found = new Map<string, number>();
  for (let number = 1; number <= ROUNDS; number++) {
    const round = await roundOf(number);
    const delay = random.integer(0, round.slow ? times.slow : times.fast);
    const { when, before, seconds, done, counts } = await killed(round, delay);
    const state = before?.state ?? 'no upload';
    found.set(state, (found.get(state) ?? 0) + 1);
    const exact =
      done.rows.accepted === ROWS &&
      counts.submissions === ROWS &&
      counts.subjects === ROWS &&
      counts.ratings === ROWS &&
      counts.rated === ROWS &&
      counts.outbox === 0;
    good &&= exact;
    say(
      `round ${number}: killed after ${delay} ms (${round.slow ? 'sent slowly, ' : ''}${when}; found ${state}, ${before?.rows.accepted ?? 0} kept); ` +
        `whole ${seconds.toFixed(1)} s after the restart: ${counts.submissions} submissions of ${counts.subjects} subjects, ` +
        `${counts.ratings} ratings of ${counts.rated} submissions, ${counts.outbox} left in the outbox: ${exact ? 'exact' : 'WRONG'}`,
    );
  }
  say(`found after the kills: ${JSON.stringify(Object.fromEntries(found))}`);
  return good;
}

/** How long an import lasts that nobody disturbs, in ms from the first byte to the last rating. */
async function undisturbed(round: Round): Promise<{ fast: number; slow: number }> {
  const stack = await startStack(round.data);
  try {
    const client = new TanxiaoClient({ baseUrl: stack.url });
    const time = async (period: string, slow: boolean): Promise<number> => {
      const began = performance.now();
      const request = { ...round.request, period, idempotencyKey: `undisturbed-${period}` };
      const upload = await send(client, { ...round, request, slow });
      await client.waitForUpload(upload.id, { rated: true, pollMs: 20 });
      return Math.round(performance.now() - began);
    };
    return { fast: await time('2026Q1', false), slow: await time('2026Q2', true) };
  } finally {
    await stack.stop();
  }
}

async function killed(round: Round, delay: number) {
  const first = await startStack(round.data);
  const sending = send(new TanxiaoClient({ baseUrl: first.url }), round).then(
    () => 'after its answer',
    () => 'before its answer',
  );
  await sleep(delay);
  await first.kill();
  const when = await sending;
  const second: Stack = await startStack(round.data);
  try {
    const began = performance.now();
    const client = new TanxiaoClient({ baseUrl: second.url });
    const before: Upload | undefined = (await client.get('/v1/uploads', {})).items[0];
    const upload = await client.uploadFile(round.file, round.request);
    const done = await client.waitForUpload(upload.id, { rated: true });
    const seconds = (performance.now() - began) / 1000;
    const [counts] = await queryStack<Counts>(round.data, COUNTS);
    return { when, before, seconds, done, counts: counts! };
  } finally {
    await second.stop();
  }
}

function send(client: TanxiaoClient, { file, slow, request }: Round): Promise<Upload> {
  return slow
    ? client.uploadStream(Readable.from(slowly(file)), {
        ...request,
        filename: path.basename(file),
      })
    : client.uploadFile(file, request);
}

async function* slowly(file: string): AsyncGenerator<Buffer> {
  for await (const piece of createReadStream(file, { highWaterMark: SLOW_PIECE_BYTES })) {
    yield piece as Buffer;
    await sleep(SLOW_PAUSE_MS);
  }
}

const COUNTS = `SELECT
  (SELECT count(*)::int FROM tanxiao.submissions) AS submissions,
  (SELECT count(DISTINCT subject_id)::int FROM tanxiao.submissions) AS subjects,
  (SELECT count(*)::int FROM tanxiao.ratings) AS ratings,
  (SELECT count(DISTINCT submission_id)::int FROM tanxiao.ratings) AS rated,
  (SELECT count(*)::int FROM tanxiao.outbox) AS outbox`;
