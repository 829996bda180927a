/**
 * `kill -9` of everything (API, worker, parent, database) at random moments of an import, again and again; after each
 * restart the file is sent again with the same Idempotency-Key. In the end: exactly one rating per accepted row.
 */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { TanxiaoClient } from '@tanxiao/client';

import { seededRandom } from '../agreement/random';
import type { Acceptance } from './acceptance';
import { queryStack } from './database-of';
import { RULEBOOK, writeIndustrialFile } from './industrial-file';
import { startStack } from './stack';

const ROUNDS = 10;
const ROWS = 20_000;

interface Counts extends Record<string, unknown> {
  readonly submissions: number;
  readonly revisions: number;
  readonly ratings: number;
  readonly rated: number;
  readonly outbox: number;
}

export async function kill({ folder, say, seed }: Acceptance): Promise<boolean> {
  const random = seededRandom(seed);
  let good = true;
  for (let round = 1; round <= ROUNDS; round++) {
    const data = path.join(folder, `kill-${round}`);
    const file = path.join(folder, `kill-${round}.csv`);
    await writeIndustrialFile(file, ROWS, seed + round);
    const request = {
      rulebook: RULEBOOK,
      period: '2026Q1',
      partial: true,
      idempotencyKey: `kill-${round}`,
    };
    const delay = random.integer(0, 7000);
    const first = await startStack(data);
    const sending = new TanxiaoClient({ baseUrl: first.url }).uploadFile(file, request).then(
      () => 'after its answer',
      () => 'before its answer',
    );
    await sleep(delay);
    await first.kill();
    const when = await sending;
    const second = await startStack(data);
    const client = new TanxiaoClient({ baseUrl: second.url });
    const state = (await client.get('/v1/uploads', {})).items[0];
    const upload = await client.uploadFile(file, request);
    const done = await client.waitForUpload(upload.id, { rated: true });
    const [counts] = await queryStack<Counts>(data, COUNTS);
    await second.stop();
    const exact =
      done.rows.accepted === ROWS &&
      counts!.submissions === ROWS &&
      counts!.revisions === ROWS &&
      counts!.ratings === ROWS &&
      counts!.rated === ROWS;
    good &&= exact;
    say(
      `round ${round}: killed after ${delay} ms (${when}; found ${state?.state ?? 'no upload'}, ${state?.rows.accepted ?? 0} kept); ` +
        `then ${counts!.submissions} submissions of ${counts!.revisions} subjects, ${counts!.ratings} ratings of ${counts!.rated} submissions: ${exact ? 'exact' : 'WRONG'}`,
    );
  }
  return good;
}

const COUNTS = `SELECT
  (SELECT count(*)::int FROM tanxiao.submissions) AS submissions,
  (SELECT count(DISTINCT subject_id)::int FROM tanxiao.submissions) AS revisions,
  (SELECT count(*)::int FROM tanxiao.ratings) AS ratings,
  (SELECT count(DISTINCT submission_id)::int FROM tanxiao.ratings) AS rated,
  (SELECT count(*)::int FROM tanxiao.outbox) AS outbox`;
