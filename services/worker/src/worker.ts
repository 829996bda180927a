/** The worker: the outbox relay and a consumer for each kind of job, started and closed in order. */
import { rm } from 'node:fs/promises';

import type { DatabasePooler } from '@tanxiao/contracts';
import {
  type BoardQueues,
  type Consumer,
  createConsumer,
  createProducer,
  createQueueBackend,
  createRelay,
  JOB_KINDS,
  type JobHandler,
  type JobKind,
  openBoardQueues,
  type QueueBackend,
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
  openRunProgress,
  releaseOutbox,
} from '@tanxiao/store';
import type { Pool } from 'pg';
import type { Logger } from 'pino';

import {
  consumptionNow,
  type HealthParts,
  missingServers,
  wedgedQueues,
  type WorkerHealth,
  workerHealth,
} from './health';
import { queueBoard } from './http/board';
import { serveWorker, type WorkerServer } from './http/worker-server';
import { importHandler } from './import/import-job';
import { watch } from './metrics/watched';
import { createWorkerMetrics, type WorkerMetrics } from './metrics/worker-metrics';
import { observed } from './observed-job';
import { listenForOutbox } from './outbox-wake';
import { rateHandler } from './rate/rate-job';
import { RunBenchmarks } from './rate/run-benchmarks';
import { chunkHandler } from './run/chunk-job';
import { ChunkMemory } from './run/chunk-memory';
import { ColumnSpace } from './run/column-space';
import { runHandler, type RunServices } from './run/run-job';
import { beginDueRuns, watchSchedules } from './run/scheduled-runs';
import type { WorkerServices } from './services';
import { StatisticsRefresh } from './statistics-refresh';
import { makeTemporaryFolder } from './temporary-folder';
import { WORK_LIMITS, type WorkLimits } from './work-limits';

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
  /** Default none. Behind a pooler of transactions the role carries the session settings and the relay only polls. */
  readonly databasePooler?: DatabasePooler;
  /** See `createPool`. Default true, false behind a pooler of transactions. */
  readonly preparedStatements?: boolean;
  /** Jobs at once; default rate 2, import 1, run 1, chunk 2. They share one core: more only overlaps waiting for the database. */
  readonly concurrency?: Partial<Record<JobKind, number>>;
  /** Time between polls of the outbox; default 1000. Notifications wake the relay sooner. */
  readonly pollMs?: number;
  /** A job not done after so long is queued again; default 120. */
  readonly leaseSeconds?: number;
  /** What a relay claimed and did not get into the queue is claimed again after so long; default 10. */
  readonly claimSeconds?: number;
  /** Shorter in tests of faults; default `WORK_LIMITS`. */
  readonly limits?: Partial<WorkLimits>;
  /** Without a sign of life for so long while there is work, the worker is wedged; default 120,000. */
  readonly staleAfterMs?: number;
  /** Defaults of the queue package; shorter in tests. */
  readonly lockMs?: number;
  readonly stalledCheckMs?: number;
  /** Default: of this worker alone. The process adds its own memory and CPU. */
  readonly metrics?: WorkerMetrics;
  /** Where metrics and health are served; left out: nowhere. */
  readonly http?: WorkerHttp;
}

export interface WorkerHttp {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Shows the queues at /admin/queues. */
  readonly adminQueues: boolean;
}

export interface RunningWorker {
  /** Of metrics and health, without a slash at the end; null where they are not served. */
  readonly url: string | null;
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
    preparedStatements: options.preparedStatements ?? options.databasePooler !== 'transaction',
    applicationName: 'tanxiao-worker',
    sessionSettings: options.databasePooler !== 'transaction',
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
  const metrics = options.metrics ?? createWorkerMetrics();
  const limits = { ...WORK_LIMITS, ...options.limits };
  const services: WorkerServices = {
    ...{ pool, logger, metrics, temporaryFolder, statistics },
    limits,
    chunks: new ChunkMemory(limits.runMemoryBytes),
    columnSpace: new ColumnSpace(),
    benchmarks: new RunBenchmarks(pool),
    standardsInForce: inForce,
  };

  const producer = createProducer(backend, (error, kind) =>
    logger.warn({ err: error, queue: kind }, 'queue connection'),
  );
  // A producer that is not ready would never be: the process ends, and whoever watches it starts another.
  await producer.ready();
  const runServices: RunServices = { ...services, handOut: producer };
  const consume = <K extends JobKind>(
    kind: K,
    handler: JobHandler<K>,
    concurrency: number,
  ): Promise<Consumer> =>
    createConsumer(backend, kind, observed(kind, handler, services), {
      concurrency: options.concurrency?.[kind] ?? concurrency,
      onError: (error) => logger.warn({ err: error, queue: kind }, 'consumer'),
      ...(options.lockMs === undefined ? {} : { lockMs: options.lockMs }),
      ...(options.stalledCheckMs === undefined ? {} : { stalledCheckMs: options.stalledCheckMs }),
    });
  const consumers: Record<JobKind, Consumer> = {
    rate: await consume('rate', rateHandler(services), 2),
    import: await consume('import', importHandler(services), 1),
    run: await consume('run', runHandler(runServices), 1),
    chunk: await consume('chunk', chunkHandler(runServices), 2),
    schedule: await consume(
      'schedule',
      async () => {
        await beginDueRuns(services);
      },
      1,
    ),
  };

  const listen = (wake: () => void): Promise<() => Promise<void>> =>
    Promise.resolve(
      listenForOutbox(databaseUrl, wake, (error) =>
        logger.warn({ err: error }, 'outbox notifications; the poll carries on'),
      ),
    );
  const relay = createRelay({
    claim: (limit, leaseSeconds) => claimOutbox(pool, { limit, leaseSeconds }),
    confirm: (ids, loan) => confirmOutbox(pool, ids, loan),
    release: (ids) => releaseOutbox(pool, ids),
    enqueue: (jobs) => producer.enqueue(jobs),
    backlog: () => producer.backlog(),
    ...(options.databasePooler === 'transaction' ? {} : { listen }),
    onError: (error) => logger.warn({ err: error }, 'outbox relay'),
    intervalMs: options.pollMs ?? 1000,
    leaseSeconds: options.leaseSeconds ?? 120,
    ...(options.claimSeconds === undefined ? {} : { claimSeconds: options.claimSeconds }),
  });
  relay.start();

  const staleAfterMs = options.staleAfterMs ?? 120_000;
  const parts: HealthParts = { pool, producer, relay, consumers, staleAfterMs };
  watch(
    metrics.registry,
    {
      queues: () => producer.queueHealth(),
      openRuns: () => openRunProgress(pool),
      relayFailures: () => relay.health().failures,
      wedged: (kind, depth) => consumptionNow(parts, kind, depth) === 'wedged',
    },
    logger,
  );
  let served: WorkerServer | null = null;
  const schedules = watchSchedules(services, producer);

  const close = async (): Promise<void> => {
    // Nothing new is queued or taken, and the jobs in hand end or go back: at once, since each waits for its bound where
    // the queue server is silent.
    const [left] = await Promise.all([
      Promise.all(JOB_KINDS.map((kind) => consumers[kind].close())),
      relay.stop(),
      schedules.stop(),
    ]);
    const abandoned = left.reduce((sum, { abandoned: jobs }) => sum + jobs, 0);
    if (abandoned > 0) logger.warn({ abandoned }, 'jobs left; others take them when the locks end');
    await served?.close();
    await producer.close();
    await statistics.settled();
    await closePool(pool, abandoned);
    await rm(temporaryFolder, { recursive: true, force: true });
  };
  let closing: Promise<void> | null = null;
  if (options.http !== undefined) {
    try {
      served = await serve(options.http, { backend, metrics, parts, logger });
    } catch (error) {
      await close();
      throw error;
    }
  }
  return {
    url: served?.url ?? null,
    health: () => workerHealth(parts),
    close: () => (closing ??= close()),
  };
}

/** @throws where the port is taken */
async function serve(
  { host, port, adminQueues }: WorkerHttp,
  of: {
    readonly backend: QueueBackend;
    readonly metrics: WorkerMetrics;
    readonly parts: HealthParts;
    readonly logger: Logger;
  },
): Promise<WorkerServer> {
  const { backend, metrics, parts, logger } = of;
  const board: BoardQueues | null = adminQueues
    ? openBoardQueues(backend, (error, kind) =>
        logger.warn({ err: error, queue: kind }, 'connection of the page of queues'),
      )
    : null;
  try {
    const server = await serveWorker({
      ...{ host, port, logger },
      registry: metrics.registry,
      wedged: () => wedgedQueues(parts),
      missing: () => missingServers(parts),
      board: board && queueBoard(board),
    });
    const close = async (): Promise<void> => {
      await server.close();
      await board?.close();
    };
    return { url: server.url, close };
  } catch (error) {
    await board?.close();
    throw error;
  }
}

/** A pool waits for its clients to come back; an abandoned job may never give its client back. */
async function closePool(pool: Pool, abandoned: number): Promise<void> {
  const ended = pool.end();
  if (abandoned === 0) await ended;
}
