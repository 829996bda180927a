/** BullMQ on Redis 7 through ioredis: the production queue. */
import { FlowProducer, Queue, Worker } from 'bullmq';

import type { QueueBackend } from './backend';
import { openedFlows } from './flows';
import { EVENTS_KEPT, REDIS_JOB_OPTIONS } from './job-policy';
import { assertRedisKeepsJobs, readRedisUrl } from './redis-check';

/** The braces are a hash tag: on a Redis Cluster all keys of a queue then lie in one slot, as BullMQ's scripts demand. */
export const REDIS_PREFIX = '{tanxiao}';

const CONNECT_TIMEOUT_MS = 5000;
/** BullMQ waits so long after a lost connection (its default is 15 s). */
const RETRY_MS = 2000;

/**
 * A connection that a command waits on so long without a byte is given up: behind a firewall that lost its state no
 * answer and no error ever comes. A worker's blocking read returns after 5 s (`drainDelay`), so silence is no sign of quiet.
 */
const SILENT_MS = 15_000;

/** Reconnects for ever, at most every two seconds. */
function retryStrategy(times: number): number {
  return Math.min(100 * 2 ** Math.min(times, 5), 2000);
}

export async function openRedisBackend(address: {
  readonly redisUrl: string;
  readonly prefix?: string;
}): Promise<QueueBackend> {
  const server = readRedisUrl(address.redisUrl);
  await assertRedisKeepsJobs(server);
  const prefix = hashTagged(address.prefix ?? REDIS_PREFIX);
  const patient = {
    ...server,
    connectTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENT_MS,
    keepAlive: 10_000,
    retryStrategy,
    maxRetriesPerRequest: null,
  };
  // A producer must not hang while Redis is away: its jobs are safe in the outbox, so it fails at once. Not even one
  // retry: ioredis 6.0.0 forgets what is to be sent again where the next connection is lost before it is ready.
  const hasty = { ...patient, enableOfflineQueue: false, maxRetriesPerRequest: 0 };
  return {
    kind: 'redis',
    openQueue: (name, onError) => {
      const queue = new Queue(name, {
        connection: hasty,
        prefix,
        defaultJobOptions: REDIS_JOB_OPTIONS,
        streams: { events: { maxLen: EVENTS_KEPT } },
      });
      queue.on('error', onError);
      return queue;
    },
    openFlows: (onError) => {
      const producer = new FlowProducer({ connection: hasty, prefix });
      producer.on('error', onError);
      return openedFlows(producer, REDIS_JOB_OPTIONS);
    },
    openWorker: (name, processor, settings, events) => {
      const worker = new Worker(name, processor, {
        ...settings,
        connection: patient,
        prefix,
        autorun: false,
        runRetryDelay: RETRY_MS,
      });
      worker.on('error', events.onError);
      worker.on('lockRenewalFailed', events.onLockLost);
      worker.on('stalled', events.onStalled);
      return worker;
    },
  };
}

/** A prefix without a hash tag would scatter a queue's keys over the slots of a Cluster. */
function hashTagged(prefix: string): string {
  return /\{[^}]+\}/.test(prefix) ? prefix : `{${prefix}}`;
}
