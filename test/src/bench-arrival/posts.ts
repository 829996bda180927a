/** POST to rating: what a load client sent, and when each rating of it was committed. */
import { fork } from 'node:child_process';
import path from 'node:path';

import type { Client } from 'pg';

import type { LoadAnswer, LoadOrder } from './load-client';
import { serverTimes, timesBetween } from './server-times';

export interface Service {
  readonly url: string;
  readonly pid: number;
  readonly database: Client;
}

/** Answered and rated, one line each, and whether every submission was rated. */
export async function postsToRatings(
  service: Service,
  order: Omit<LoadOrder, 'url'>,
): Promise<{ readonly lines: readonly string[]; readonly postsPerSecond: number }> {
  const before = serverTimes(service.pid);
  const sent = await sentByClient({ ...order, url: service.url });
  const times = timesBetween(before, serverTimes(service.pid), sent.seconds);
  const ratedAfterMs = await waitForRatings(service.database, sent);
  const count = sent.submissionIds.length;
  const firstSentMs = Math.min(...sent.sentAtMs.slice(0, 1000));
  const lastRatedMs = ratedAfterMs.reduce(
    (latest, ms, i) => Math.max(latest, ms + sent.sentAtMs[i]!),
    0,
  );
  const perSecond = (seconds: number): string => (count / seconds).toFixed(0);
  const refused = Object.entries(sent.refused).map(([status, n]) => `, ${n} × ${status}`);
  return {
    postsPerSecond: count / sent.seconds,
    lines: [
      `${count} POSTs in ${sent.seconds.toFixed(1)} s: ${perSecond(sent.seconds)}/s answered, ${perSecond((lastRatedMs - firstSentMs) / 1000)}/s to the last rating${refused.join('')}`,
      `POST to answer:  ${summary(sent.answeredAfterMs)}`,
      `POST to rating:  ${summary(ratedAfterMs)}`,
      `cores: client ${(sent.cpuSeconds / sent.seconds).toFixed(2)}, ${times}`,
    ],
  };
}

async function sentByClient(order: LoadOrder): Promise<LoadAnswer> {
  const child = fork(path.join(__dirname, 'load-client.js'), { serialization: 'advanced' });
  const answer = new Promise<LoadAnswer>((resolve, reject) => {
    child.once('message', (message) => resolve(message as LoadAnswer));
    child.once('exit', (code) => reject(new Error(`the load client ended with ${code}`)));
  });
  child.send(order);
  return answer;
}

const RATED_WITHIN_MS = 120_000;

/** Milliseconds from each sending to the commit of its rating (`track_commit_timestamp`). */
async function waitForRatings(database: Client, sent: LoadAnswer): Promise<number[]> {
  const deadline = Date.now() + RATED_WITHIN_MS;
  for (;;) {
    const { rows } = await database.query<{ id: string; ms: number }>(
      `SELECT r.submission_id AS id,
         extract(epoch FROM pg_xact_commit_timestamp(r.xmin))::float8 * 1000 AS ms
       FROM tanxiao.arrival_ratings r WHERE r.submission_id = ANY ($1::uuid[])`,
      [sent.submissionIds],
    );
    if (rows.length >= sent.submissionIds.length) {
      const at = new Map(rows.map(({ id, ms }) => [id, ms]));
      return sent.submissionIds.map((id, i) => at.get(id)! - sent.sentAtMs[i]!);
    }
    if (Date.now() > deadline)
      throw new Error(`${rows.length} of ${sent.submissionIds.length} rated after two minutes`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function summary(ms: readonly number[]): string {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN).toFixed(1);
  const mean = ms.reduce((sum, one) => sum + one, 0) / ms.length;
  return `mean ${mean.toFixed(1)} ms, p50 ${at(0.5)}, p99 ${at(0.99)}, most ${at(1)}`;
}
