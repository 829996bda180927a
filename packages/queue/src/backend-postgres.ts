/** BullMQ on PostgreSQL: its tables stand in a schema of their own, next to the product's. */
import { createPostgresBackend, FlowProducer, Queue, runMigrations, Worker } from 'bullmq';
import { Client, type ClientConfig } from 'pg';

import type { QueueBackend } from './backend';
import { openedFlows } from './flows';
import { EVENTS_KEPT, POSTGRES_JOB_OPTIONS } from './job-policy';
import { QueueError } from './queue-error';

export const QUEUE_SCHEMA = 'tanxiao_queue';

/** A producer that cannot get a connection so long says so: the outbox keeps what it wanted to queue. */
const CONNECT_TIMEOUT_MS = 5000;
/** Idle connections end after this, so that a quiet worker holds one connection a queue (for LISTEN). */
const IDLE_TIMEOUT_MS = 10_000;
/** As the product's own connections (packages/store): a host that vanished keeps its locks for 25 s, not for hours. */
const SESSION_SETTINGS = [
  ...['tcp_keepalives_idle=10', 'tcp_keepalives_interval=5', 'tcp_keepalives_count=3'],
  ...['tcp_user_timeout=25000', 'idle_in_transaction_session_timeout=120000'],
];
/** BullMQ waits so long after a lost connection (its default is 15 s). */
const RETRY_MS = 2000;

export async function openPostgresBackend(address: {
  readonly databaseUrl: string;
  readonly schema?: string;
}): Promise<QueueBackend> {
  const schema = address.schema ?? QUEUE_SCHEMA;
  await migrate(address.databaseUrl, schema);
  const connection = (max: number) => ({
    connectionString: address.databaseUrl,
    schema,
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    application_name: 'tanxiao-queue',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    options: SESSION_SETTINGS.map((setting) => `-c ${setting}`).join(' '),
    Client: HeardClient,
  });
  return {
    kind: 'postgres',
    // No type arguments: those documented for PostgreSQL do not type-check in BullMQ 6.7.0.
    openQueue: (name, onError) => {
      const queue = new Queue(
        name,
        {
          connection: connection(2),
          defaultJobOptions: POSTGRES_JOB_OPTIONS,
          streams: { events: { maxLen: EVENTS_KEPT } },
        },
        createPostgresBackend,
      );
      queue.on('error', onError);
      return queue;
    },
    openFlows: (onError) => {
      const producer = new FlowProducer({ connection: connection(2) }, createPostgresBackend);
      producer.on('error', onError);
      return openedFlows(producer, POSTGRES_JOB_OPTIONS);
    },
    openWorker: (name, processor, settings, events) => {
      const worker = new Worker(
        name,
        processor,
        {
          ...settings,
          connection: connection(Math.min(2 + settings.concurrency, 5)),
          autorun: false,
          runRetryDelay: RETRY_MS,
        },
        createPostgresBackend,
      );
      worker.on('error', events.onError);
      worker.on('lockRenewalFailed', events.onLockLost);
      worker.on('stalled', events.onStalled);
      return worker;
    },
  };
}

/**
 * BullMQ takes connections from its pool by `await pool.connect()`: one that is lost in that very turn has no listener,
 * and would end the process. Its next query fails and says why.
 */
class HeardClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

async function migrate(databaseUrl: string, schema: string): Promise<void> {
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // A client that loses its server emits 'error' besides failing its query; unheard it would end the process.
  const lost: Error[] = [];
  client.on('error', (error) => lost.push(error));
  try {
    await client.connect();
    await runMigrations(client, schema);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new QueueError(
      'postgres-unreachable',
      {
        zh: `无法在 PostgreSQL 中准备任务队列（模式 ${schema}）：${reason}。请核对 DATABASE_URL，并确认该用户可以建立模式`,
        en: `the job queue could not be prepared in PostgreSQL (schema ${schema}): ${reason}. Check DATABASE_URL, and that its user may create a schema`,
      },
      { cause: lost[0] ?? error },
    );
  } finally {
    await client.end();
  }
}
