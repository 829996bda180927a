export type { QueueBackend } from './backend';
export { QUEUE_SCHEMA } from './backend-postgres';
export { REDIS_PREFIX } from './backend-redis';
export { type OutboxEntry, packJobs } from './batching';
export { type BoardQueues, openBoardQueues } from './board';
export {
  type Consumer,
  type ConsumerOptions,
  createConsumer,
  type JobContext,
  type JobHandler,
} from './consumer';
export { type Activity, type Backlog, type Consumption, consumptionOf } from './consumption';
export { createQueueBackend, type QueueAddress } from './create-backend';
export {
  assertJob,
  JOB_KINDS,
  JOB_SCHEMAS,
  type JobKind,
  type JobPayloads,
  MAX_SUBMISSIONS_PER_JOB,
  type NewJob,
  outboxIdsOf,
  QUEUE_NAMES,
} from './jobs';
export { createProducer, type Producer, type QueueDepth } from './producer';
export { QueueError, type QueueErrorCode } from './queue-error';
export { createRelay, type Relay, type RelayHealth, type RelayOptions } from './relay';
