/** The worker: the outbox relay and a consumer for each kind of job, started and closed in order. */
import { rm } from 'node:fs/promises';

import {
  type Consumer,
  type Consumption,
  consumptionOf,
  createConsumer,
  createProducer,
  createQueueBackend,
  createRelay,
  JOB_KINDS,
  type JobHandler,
  type JobKind,
  type QueueDepth,
  type RelayHealth,
} from '@tanxiao/queue';
import { loadStandards, type Standards, standardsInForce } from '@tanxiao/standards';
import {
  claimOutbox,
  confirmOutbox,
  countApprovals,
  createPool,
  keepFactorSetDocuments,
  keepRulebookDocuments,
  listApprovedDocuments,
  releaseOutbox,
} from '@tanxiao/store';
import type { Pool } from 'pg';
import type { Logger } from 'pino';

import { importHandler } from './import/import-job';
import { listenForOutbox } from './outbox-wake';
import { rateHandler } from './rate/rate-job';
import { runHandler } from './run/run-job';
import type { WorkerServices } from './services';
import { StatisticsRefresh } from './statistics-refresh';
import { makeTemporaryFolder } from './temporary-folder';

export interface WorkerOptions {
  readonly databaseUrl: string;
  /** Left out: the queue stands in PostgreSQL, in a schema of its own. */
  readonly redisUrl?: string;
  /** Keys of the queue on Redis, default `tanxiao`: installations that share a Redis need one each. */
  readonly redisPrefix?: string;
  readonly logger: Logger;
  /** Default: what ships. */
  readonly standards?: Standards;
  /** Default 10, the queue's own not counted. */
  readonly databaseConnections?: number;
  /** See `createPool`. */
  readonly preparedStatements?: boolean;
  /** Jobs at once; default rate 2, import 1, run 1. They share one core: more only overlaps waiting for the database. */
  readonly concurrency?: Partial<Record<JobKind, number>>;
  /** Time between polls of the outbox; default 1000. Notifications wake the relay sooner. */
  readonly pollMs?: number;
  /** A job not done after so long is queued again; default 120. */
  readonly leaseSeconds?: number;
  /** Without a sign of life for so long while there is work, the worker is wedged; default 120,000. */
  readonly staleAfterMs?: number;
  /** Defaults of the queue package; shorter in tests. */
  readonly lockMs?: number;
  readonly stalledCheckMs?: number;
}

export interface WorkerHealth {
  /** ok: everything that waits is being consumed. */
  readonly status: 'ok' | 'wedged';
  readonly consumption: Readonly<Record<JobKind, Consumption>>;
  readonly queues: Readonly<Record<JobKind, QueueDepth>>;
  readonly relay: RelayHealth;
}

export interface RunningWorker {
  /** @throws where the queue cannot be asked */
  health(): Promise<WorkerHealth>;
  /** Takes nothing new, ends or gives back the jobs in hand, then closes every connection. */
  close(): Promise<void>;
}

const SYSTEM = { actor: 'system:worker', requestId: 'boot' };

export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { databaseUrl, redisUrl, redisPrefix, logger } = options;
  // First of all: whoever edited a rulebook wants to be told of a slip, whatever else is not to be had.
  const shipped = options.standards ?? loadStandards();
  const backend = await createQueueBackend(
    redisUrl === undefined
      ? { databaseUrl }
      : { redisUrl, ...(redisPrefix === undefined ? {} : { prefix: redisPrefix }) },
  );
  const pool = createPool({
    connectionString: databaseUrl,
    max: options.databaseConnections ?? 10,
    preparedStatements: options.preparedStatements ?? true,
    applicationName: 'tanxiao-worker',
    onError: (error) => logger.warn({ err: error }, 'an idle database connection was lost'),
  });
  const inForce = standardsInForce(shipped, {
    count: () => countApprovals(pool),
    documents: () => listApprovedDocuments(pool),
  });
  try {
    const standards = await inForce.current();
    await keepRulebookDocuments(pool, standards.rulebooks, SYSTEM);
    await keepFactorSetDocuments(pool, standards.factorSets, SYSTEM);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const temporaryFolder = await makeTemporaryFolder();
  const statistics = new StatisticsRefresh(pool, logger);
  const services: WorkerServices = {
    ...{ pool, logger, temporaryFolder, statistics },
    standardsInForce: inForce,
  };

  const producer = createProducer(backend, (error, kind) =>
    logger.warn({ err: error, queue: kind }, 'queue connection'),
  );
  const consume = <K extends JobKind>(
    kind: K,
    handler: JobHandler<K>,
    concurrency: number,
  ): Promise<Consumer> =>
    createConsumer(backend, kind, handler, {
      concurrency: options.concurrency?.[kind] ?? concurrency,
      onError: (error) => logger.warn({ err: error, queue: kind }, 'consumer'),
      onEnd: ({ id, attempt, ms, error }) => {
        if (error === undefined) logger.debug({ job: id, attempt, ms }, 'job done');
        else logger.warn({ job: id, attempt, ms, err: error }, 'job to be tried again');
      },
      ...(options.lockMs === undefined ? {} : { lockMs: options.lockMs }),
      ...(options.stalledCheckMs === undefined ? {} : { stalledCheckMs: options.stalledCheckMs }),
    });
  const consumers: Record<JobKind, Consumer> = {
    rate: await consume('rate', rateHandler(services), 2),
    import: await consume('import', importHandler(services), 1),
    run: await consume('run', runHandler(services), 1),
  };

  const relay = createRelay({
    claim: (limit, leaseSeconds) => claimOutbox(pool, { limit, leaseSeconds }),
    confirm: (ids, loan) => confirmOutbox(pool, ids, loan),
    release: (ids) => releaseOutbox(pool, ids),
    enqueue: (jobs) => producer.enqueue(jobs),
    backlog: () => producer.backlog(),
    listen: (wake) =>
      Promise.resolve(
        listenForOutbox(databaseUrl, wake, (error) =>
          logger.warn({ err: error }, 'outbox notifications; the poll carries on'),
        ),
      ),
    onError: (error) => logger.warn({ err: error }, 'outbox relay'),
    intervalMs: options.pollMs ?? 1000,
    leaseSeconds: options.leaseSeconds ?? 120,
  });
  relay.start();

  const health = async (): Promise<WorkerHealth> => {
    const queues = await producer.queueHealth();
    const staleAfterMs = options.staleAfterMs ?? 120_000;
    const of = (kind: JobKind): Consumption =>
      consumptionOf(consumers[kind].activity(), queues[kind], staleAfterMs);
    const consumption = { rate: of('rate'), import: of('import'), run: of('run') };
    const status = JOB_KINDS.some((kind) => consumption[kind] === 'wedged') ? 'wedged' : 'ok';
    return { status, consumption, queues, relay: relay.health() };
  };

  const close = async (): Promise<void> => {
    // Nothing new is queued, then nothing new is taken, then the jobs in hand end or go back.
    await relay.stop();
    const left = await Promise.all(JOB_KINDS.map((kind) => consumers[kind].close()));
    const abandoned = left.reduce((sum, { abandoned: jobs }) => sum + jobs, 0);
    if (abandoned > 0) logger.warn({ abandoned }, 'jobs left; others take them when the locks end');
    await producer.close();
    await statistics.settled();
    await closePool(pool, abandoned);
    await rm(temporaryFolder, { recursive: true, force: true });
  };
  let closing: Promise<void> | null = null;
  return { health, close: () => (closing ??= close()) };
}

/** A pool waits for its clients to come back; an abandoned job may never give its client back. */
async function closePool(pool: Pool, abandoned: number): Promise<void> {
  const ended = pool.end();
  if (abandoned === 0) await ended;
}
