/** Lets the faults of a schedule fall on a stack, each at its moment, and heals what they broke. */
import { setTimeout as sleep } from 'node:timers/promises';

import { createProducer, createQueueBackend, type NewJob, type Producer } from '@tanxiao/queue';

import type { Fault, Phase, PlannedFault, Victim } from './schedule';
import type { Place, Stack, Surroundings } from './stack';

interface Waiting {
  readonly id: number;
  readonly topic: 'rate' | 'import' | 'run';
}

export class Injector {
  private readonly falling: Promise<void>[] = [];
  /** Outbox rows seen at earlier faults: doubled, too, when they are long done. */
  private seen: readonly Waiting[] = [];
  private doubles = 0;

  constructor(
    private readonly faults: readonly PlannedFault[],
    private readonly stack: Stack,
    private readonly around: Surroundings,
  ) {}

  enter(phase: Phase): void {
    for (const planned of this.faults)
      if (planned.phase === phase) {
        const fall = sleep(planned.afterMs).then(() => this.inject(planned.fault));
        // Thrown by `healed`, which may be a while.
        fall.catch(() => undefined);
        this.falling.push(fall);
      }
  }

  /** Once every fault has fallen and is healed. */
  async healed(): Promise<void> {
    await Promise.all(this.falling);
  }

  private async inject(fault: Fault): Promise<void> {
    const { stack, around } = this;
    switch (fault.kind) {
      case 'kill-worker':
        return this.worker(fault.worker).kill(fault.downMs);
      case 'kill-relays':
        await Promise.all(stack.workers.map((worker) => worker.kill(fault.downMs)));
        return;
      case 'kill-api':
        return stack.api.kill(fault.downMs);
      case 'kill-redis':
        return around.redis?.killAndRestart(fault.downMs);
      case 'kill-postgres':
        return around.postgres.killAndRestart(fault.death, fault.downMs);
      case 'lose-queue':
        return this.untilDone(() => this.loseQueue());
      case 'double-jobs':
        return this.untilDone(() => this.doubleJobs());
      case 'step-clock':
        this.place(fault.victim).setClock(fault.offsetMs);
        return;
      case 'cut-network':
        return this.place(fault.victim).links[fault.server]?.disturb(fault.cut, fault.forMs);
      case 'cut-client':
        return stack.client.disturb(fault.cut, fault.forMs);
      case 'freeze-worker':
        return this.worker(fault.worker).freeze(fault.forMs);
    }
  }

  private worker(index: number): Place {
    const { workers } = this.stack;
    return workers[index % workers.length]!;
  }

  private place(victim: Victim): Place {
    return victim === 'api' ? this.stack.api : this.worker(victim);
  }

  /** A fault of the queue's contents may fall while its server is down: it falls when the server is back. */
  private async untilDone(act: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await act();
        return;
      } catch (error) {
        if (attempt === 40) throw error;
        await sleep(100);
      }
    }
  }

  private async loseQueue(): Promise<void> {
    const { redis, postgres, database } = this.around;
    if (redis) return redis.flush();
    await postgres.query('DELETE FROM tanxiao_queue.job', { database });
  }

  private async doubleJobs(): Promise<void> {
    const { redis, postgres, database } = this.around;
    const waiting = await postgres.query<{ id: string; topic: Waiting['topic'] }>(
      'SELECT id, topic FROM tanxiao.outbox ORDER BY id LIMIT 400',
      { database },
    );
    const now = waiting.map(({ id, topic }) => ({ id: Number(id), topic }));
    const both = [...new Map([...this.seen, ...now].map((row) => [row.id, row])).values()];
    this.seen = both;
    if (both.length === 0) return;
    const backend = await createQueueBackend(
      redis
        ? { redisUrl: `redis://127.0.0.1:${redis.port}` }
        : { databaseUrl: postgres.urlOf(database) },
    );
    // Its calls fail by themselves.
    const producer: Producer = createProducer(backend, () => undefined);
    try {
      await producer.enqueue(this.jobsOf(both));
    } finally {
      await producer.close();
    }
  }

  private jobsOf(rows: readonly Waiting[]): NewJob[] {
    const name = (kind: string): string => `${kind}-doubled-${(this.doubles += 1)}`;
    const rated = rows.filter(({ topic }) => topic === 'rate').map(({ id }) => id);
    const singles = rows.flatMap(({ id, topic }) =>
      topic === 'rate' ? [] : [{ kind: topic, id: name(topic), payload: { outboxId: id } }],
    );
    const rate: NewJob[] =
      rated.length === 0
        ? []
        : [{ kind: 'rate', id: name('rate'), payload: { outboxIds: rated.slice(-500) } }];
    return [...rate, ...singles];
  }
}
