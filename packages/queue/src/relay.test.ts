import { setTimeout as sleep } from 'node:timers/promises';

import { type NewJob, outboxIdsOf } from './jobs';
import { createRelay, type Relay, type RelayOptions } from './relay';
import { until } from './testing/servers';

/** An outbox in memory: rows with the time their loan ends. */
function outbox(count: number) {
  const due = new Map(Array.from({ length: count }, (_, i) => [i + 1, 0]));
  return {
    due,
    calls: { claim: 0 },
    confirm(ids: readonly number[], { leaseSeconds }: { leaseSeconds: number }) {
      for (const id of ids) due.set(id, Date.now() + leaseSeconds * 1000);
      return Promise.resolve();
    },
    async claim(limit: number, leaseSeconds: number) {
      this.calls.claim += 1;
      const ids = [...due]
        .filter(([, time]) => time <= Date.now())
        .map(([id]) => id)
        .slice(0, limit);
      for (const id of ids) due.set(id, Date.now() + leaseSeconds * 1000);
      return Promise.resolve(
        ids.map((id) => ({ topic: 'rate', outboxIds: [id], submissions: 1 }) as const),
      );
    },
  };
}

let relay: Relay | null = null;
afterEach(async () => {
  await relay?.stop();
  relay = null;
});

function started(over: Partial<RelayOptions>): Relay {
  relay = createRelay({
    claim: () => Promise.resolve([]),
    confirm: () => Promise.resolve(),
    release: () => Promise.resolve(),
    enqueue: () => Promise.resolve(),
    backlog: () => Promise.resolve(0),
    onError: () => undefined,
    intervalMs: 50,
    leaseSeconds: 60,
    ...over,
  });
  relay.start();
  return relay;
}

const rowsIn = (jobs: readonly NewJob[]): number[] =>
  jobs.flatMap(({ payload }) => outboxIdsOf(payload));

it('everything that waits is queued once, in jobs of up to 500', async () => {
  const box = outbox(2600);
  const jobs: NewJob[] = [];
  started({
    claim: (limit, lease) => box.claim(limit, lease),
    enqueue: (more) => Promise.resolve(void jobs.push(...more)),
  });
  await until('all rows queued', () => rowsIn(jobs).length >= 2600);
  expect(rowsIn(jobs).sort((a, b) => a - b)).toEqual([...box.due.keys()]);
  expect(jobs.length).toBeLessThanOrEqual(7);
});

it('a wake-up is answered at once, though the poll is far away', async () => {
  const box = outbox(0);
  const jobs: NewJob[] = [];
  let wake = (): void => undefined;
  started({
    claim: (limit, lease) => box.claim(limit, lease),
    enqueue: (more) => Promise.resolve(void jobs.push(...more)),
    listen: (call) => {
      wake = call;
      return Promise.resolve(() => Promise.resolve());
    },
    intervalMs: 60_000,
  });
  await until('first look', () => box.calls.claim > 0);
  await sleep(60);
  box.due.set(1, 0);
  const asked = Date.now();
  wake();
  await until('row queued', () => jobs.length === 1);
  expect(Date.now() - asked).toBeLessThan(1000);
});

it('a lost notification only costs the time to the next poll', async () => {
  const box = outbox(0);
  const jobs: NewJob[] = [];
  started({
    claim: (limit, lease) => box.claim(limit, lease),
    enqueue: (more) => Promise.resolve(void jobs.push(...more)),
  });
  await until('first look', () => box.calls.claim > 0);
  box.due.set(1, 0);
  await until('row queued', () => jobs.length === 1, 2000);
});

it('a storm of notifications is no busy loop', async () => {
  const box = outbox(0);
  let wake = (): void => undefined;
  started({
    claim: (limit, lease) => box.claim(limit, lease),
    listen: (call) => {
      wake = call;
      return Promise.resolve(() => Promise.resolve());
    },
    intervalMs: 60_000,
  });
  await until('first look', () => box.calls.claim > 0);
  const end = Date.now() + 400;
  while (Date.now() < end) {
    wake();
    await sleep(1);
  }
  // 20 ms apart at least: 20 in 400 ms, and some slack for a slow machine's clock.
  expect(box.calls.claim).toBeLessThan(30);
});

it('rows the queue refused are tried again with the same job ids, not claimed anew', async () => {
  const box = outbox(3);
  const offered: string[][] = [];
  started({
    claim: (limit, lease) => box.claim(limit, lease),
    enqueue: (jobs) => {
      offered.push(jobs.map(({ id }) => id));
      return offered.length < 3 ? Promise.reject(new Error('queue away')) : Promise.resolve();
    },
  });
  await until('third try', () => offered.length >= 3);
  expect(offered[1]).toEqual(offered[0]);
  expect(offered[2]).toEqual(offered[0]);
});

it('rows that the queue has are lent for the lease; those of a relay killed before that come back after the claim', async () => {
  const box = outbox(1);
  const loans: number[] = [];
  const jobs: NewJob[] = [];
  const options: Partial<RelayOptions> = {
    claim: (limit, seconds) => {
      loans.push(seconds);
      return box.claim(limit, seconds);
    },
    confirm: (ids, loan) => {
      loans.push(loan.leaseSeconds);
      return box.confirm(ids, loan);
    },
    claimSeconds: 0.2,
    leaseSeconds: 3600,
    intervalMs: 20,
  };
  const killed = started({ ...options, enqueue: () => new Promise(() => undefined) });
  await until('claimed', () => box.calls.claim > 0);
  expect(loans).toEqual([0.2]);
  void killed.stop();
  const next = started({ ...options, enqueue: (more) => Promise.resolve(void jobs.push(...more)) });
  await until('row queued by the next relay', () => jobs.length === 1, 2000);
  await until('confirmed', () => loans.at(-1) === 3600);
  await sleep(300);
  expect(jobs).toHaveLength(1);
  await next.stop();
});

it('an error of the database is reported, and the relay goes on with growing pauses', async () => {
  let calls = 0;
  const errors: unknown[] = [];
  const running = started({
    claim: () => {
      calls += 1;
      return calls < 4 ? Promise.reject(new Error('database away')) : Promise.resolve([]);
    },
    onError: (error) => errors.push(error),
  });
  const begun = Date.now();
  await until('recovered', () => running.health().lastTickAt !== null);
  expect(errors).toHaveLength(3);
  expect(Date.now() - begun).toBeGreaterThan(400);
  expect(running.health().failures).toBe(0);
});

it('health names the last error while it lasts', async () => {
  const running = started({ claim: () => Promise.reject(new Error('database away')) });
  await until('failure seen', () => running.health().failures > 0);
  expect(running.health()).toMatchObject({ lastTickAt: null, lastError: 'database away' });
});

it('while the queue is full nothing is claimed, so that no lease runs out in a long backlog', async () => {
  const box = outbox(10);
  let waiting = 200;
  const jobs: NewJob[] = [];
  started({
    claim: (limit, lease) => box.claim(limit, lease),
    enqueue: (more) => Promise.resolve(void jobs.push(...more)),
    backlog: () => Promise.resolve(waiting),
  });
  await sleep(300);
  expect(box.calls.claim).toBe(0);
  waiting = 199;
  await until('room was used', () => jobs.length === 1);
});

it('stop waits for the tick in progress, and gives back what the queue did not take', async () => {
  const box = outbox(5);
  const released: number[] = [];
  const running = started({
    claim: (limit, lease) => box.claim(limit, lease),
    enqueue: () => Promise.reject(new Error('queue away')),
    release: (ids) => Promise.resolve(void released.push(...ids)),
  });
  await until('refused once', () => running.health().failures > 0);
  await running.stop();
  expect(released.sort()).toEqual([1, 2, 3, 4, 5]);
  const { claim } = box.calls;
  await sleep(150);
  expect(box.calls.claim).toBe(claim);
  expect(running.health().running).toBe(false);
});

it('a wake source that fails leaves the poll working', async () => {
  const box = outbox(1);
  const jobs: NewJob[] = [];
  started({
    claim: (limit, lease) => box.claim(limit, lease),
    enqueue: (more) => Promise.resolve(void jobs.push(...more)),
    listen: () => Promise.reject(new Error('no LISTEN through this pooler')),
  });
  await until('row queued', () => jobs.length === 1);
});
