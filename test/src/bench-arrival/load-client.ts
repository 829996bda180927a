/**
 * The load client, a process of its own: POSTs of one made subject each over kept-alive connections. Says by IPC what it
 * sent, when, and which submission came of it; its own processor time is part of the answer.
 *
 * closed: every connection sends its next request when the last is answered. open: one request each 1/rate seconds,
 * whatever the answers; the time of a late one counts from when it was due.
 */
import { Pool } from 'undici';

import { bodyOf, madeRows } from './made-rows';

export interface LoadOrder {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second; null: closed loop. */
  readonly rate: number | null;
  /** Number of the first made subject. */
  readonly first: number;
  /** Bodies made beforehand. */
  readonly most: number;
}

export interface LoadAnswer {
  readonly submissionIds: string[];
  /** Milliseconds since 1970, with fractions: when each of `submissionIds` was sent (open: due). */
  readonly sentAtMs: number[];
  readonly answeredAfterMs: number[];
  /** Answers other than 202, by status. */
  readonly refused: Readonly<Record<string, number>>;
  /** User and system time of this process while it sent. */
  readonly cpuSeconds: number;
  readonly seconds: number;
}

const HEADERS = { 'content-type': 'application/json' };

export async function load(order: LoadOrder): Promise<LoadAnswer> {
  const bodies = bodiesOf(order);
  const pool = new Pool(order.url, { connections: order.connections, pipelining: 1 });
  const answer = {
    submissionIds: [] as string[],
    sentAtMs: [] as number[],
    answeredAfterMs: [] as number[],
    refused: {} as Record<string, number>,
  };
  const nowMs = (): number => performance.timeOrigin + performance.now();
  let next = 0;
  const post = async (dueMs: number): Promise<void> => {
    const body = bodies[next++];
    if (body === undefined) throw new Error(`more than ${order.most} requests: raise most`);
    const response = await pool.request({
      method: 'POST',
      path: '/v1/submissions',
      headers: HEADERS,
      body,
    });
    const text = await response.body.text();
    if (response.statusCode !== 202) {
      answer.refused[response.statusCode] = (answer.refused[response.statusCode] ?? 0) + 1;
      return;
    }
    answer.answeredAfterMs.push(nowMs() - dueMs);
    answer.sentAtMs.push(dueMs);
    answer.submissionIds.push(/"id":"([^"]+)"/.exec(text)![1]!);
  };
  const cpu = process.cpuUsage();
  const began = nowMs();
  const end = began + order.seconds * 1000;
  if (order.rate === null) {
    const connection = async (): Promise<void> => {
      while (nowMs() < end) await post(nowMs());
    };
    await Promise.all(Array.from({ length: order.connections }, connection));
  } else await sentOnTime({ began, end, rate: order.rate, nowMs, post });
  const seconds = (nowMs() - began) / 1000;
  const used = process.cpuUsage(cpu);
  await pool.close();
  return { ...answer, cpuSeconds: (used.user + used.system) / 1e6, seconds };
}

async function sentOnTime(plan: {
  began: number;
  end: number;
  rate: number;
  nowMs: () => number;
  post: (dueMs: number) => Promise<void>;
}): Promise<void> {
  const posts: Promise<void>[] = [];
  const gap = 1000 / plan.rate;
  let due = plan.began;
  while (due < plan.end) {
    for (; due <= plan.nowMs() && due < plan.end; due += gap) posts.push(plan.post(due));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(posts);
}

function bodiesOf({ first, most }: LoadOrder): string[] {
  const bodies: string[] = [];
  for (const cells of madeRows(first)) {
    if (bodies.length === most) break;
    bodies.push(bodyOf(cells));
  }
  return bodies;
}

process.once('message', (order: LoadOrder) => {
  load(order).then(
    (answer) => process.send!(answer, () => process.disconnect()),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});
