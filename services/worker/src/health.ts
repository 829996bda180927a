/** Whether the worker consumes what waits, and whether it reaches what it needs. */
import {
  type Backlog,
  type Consumer,
  type Consumption,
  consumptionOf,
  JOB_KINDS,
  type JobKind,
  type Producer,
  type QueueDepth,
  type Relay,
  type RelayHealth,
} from '@tanxiao/queue';
import { within } from '@tanxiao/telemetry';
import type { Pool } from 'pg';

export interface WorkerHealth {
  /** ok: everything that waits is being consumed. */
  readonly status: 'ok' | 'wedged';
  readonly consumption: Readonly<Record<JobKind, Consumption>>;
  readonly queues: Readonly<Record<JobKind, QueueDepth>>;
  readonly relay: RelayHealth;
}

/** Which of the servers that a worker needs give no answer; empty: it can work. */
export type Missing = readonly ('database' | 'queue')[];

export interface HealthParts {
  readonly pool: Pool;
  readonly producer: Producer;
  readonly relay: Relay;
  readonly consumers: Readonly<Record<JobKind, Consumer>>;
  readonly staleAfterMs: number;
}

/** A probe waits some seconds for its answer. */
const ASK_MS = 2000;
const NOTHING_KNOWN: Backlog = { waiting: 0, oldestWaitingMs: null };

/** `depth` null: the queue gave no answer, so only what is in hand can show that the worker stands still. */
export function consumptionNow(
  { consumers, staleAfterMs }: HealthParts,
  kind: JobKind,
  depth: QueueDepth | null,
): Consumption {
  return consumptionOf(consumers[kind].activity(), depth ?? NOTHING_KNOWN, staleAfterMs);
}

/** @throws where the queue cannot be asked */
export async function workerHealth(parts: HealthParts): Promise<WorkerHealth> {
  const queues = await parts.producer.queueHealth();
  const of = (kind: JobKind): Consumption => consumptionNow(parts, kind, queues[kind]);
  const consumption = {
    ...{ rate: of('rate'), import: of('import') },
    ...{ run: of('run'), chunk: of('chunk'), schedule: of('schedule') },
  };
  const status = JOB_KINDS.some((kind) => consumption[kind] === 'wedged') ? 'wedged' : 'ok';
  return { status, consumption, queues, relay: parts.relay.health() };
}

/** The queues that have work and whose consumer shows no sign of life. Never throws: a lost queue wedges nobody. */
export async function wedgedQueues(parts: HealthParts): Promise<readonly JobKind[]> {
  const [depths] = await Promise.allSettled([within(ASK_MS, parts.producer.queueHealth())]);
  return JOB_KINDS.filter((kind) => {
    const depth = depths.status === 'fulfilled' ? depths.value[kind] : null;
    return consumptionNow(parts, kind, depth) === 'wedged';
  });
}

export async function missingServers({ pool, producer }: HealthParts): Promise<Missing> {
  const [database, queue] = await Promise.allSettled([
    within(ASK_MS, pool.query('SELECT 1')),
    within(ASK_MS, producer.queueHealth()),
  ]);
  return [
    ...(database.status === 'rejected' ? (['database'] as const) : []),
    ...(queue.status === 'rejected' ? (['queue'] as const) : []),
  ];
}
