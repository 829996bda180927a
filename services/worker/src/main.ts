/**
 * The worker as a process: settings from the environment (see environment.ts); tells a parent process when it is ready
 * (`{ type: 'ready', url }`, the url null without WORKER_HTTP_PORT), and ends in order on SIGTERM, SIGINT, the parent's `{ type: 'stop' }`, or when the parent is gone.
 */
import './optimize-later';

import { EnvironmentError } from '@tanxiao/contracts';
import { QueueError } from '@tanxiao/queue';
import { dataProblem } from '@tanxiao/standards';
import { StoreError } from '@tanxiao/store';
import { createLogger, measureProcess, startTracing } from '@tanxiao/telemetry';

import { readEnvironment } from './environment';
import { createWorkerMetrics } from './metrics/worker-metrics';
import { startWorker } from './worker';

/** How often the worker asks itself whether it consumes. */
const WATCH_MS = 30_000;
/** Closing gives jobs 10 s to end and 5 s to be given back, and a queue server that is away 2 s more. */
const CLOSE_LIMIT_MS = 20_000;

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const logger = createLogger({ name: 'worker', level: environment.logLevel });
  const tracing = await startTracing({
    serviceName: 'tanxiao-worker',
    variables: process.env,
    logger,
  });
  const metrics = createWorkerMetrics();
  if (environment.http !== null) measureProcess(metrics.registry);
  const worker = await startWorker({
    databaseUrl: environment.databaseUrl,
    ...(environment.redisUrl === null ? {} : { redisUrl: environment.redisUrl }),
    redisPrefix: environment.redisPrefix,
    logger,
    databaseConnections: environment.databaseConnections,
    databasePooler: environment.databasePooler,
    preparedStatements: environment.preparedStatements,
    concurrency: { rate: environment.rateConcurrency },
    metrics,
    ...(environment.http === null ? {} : { http: environment.http }),
  });
  const watch = setInterval(() => {
    worker.health().then(
      (health) => {
        if (health.status === 'wedged') logger.error({ health }, 'work waits and none is consumed');
      },
      (error: unknown) => logger.warn({ err: error }, 'health could not be asked'),
    );
  }, WATCH_MS);
  watch.unref();

  let ending = false;
  const end = (reason: string): void => {
    if (ending) return;
    ending = true;
    logger.info({ reason }, 'ending: jobs in hand may finish');
    setTimeout(() => process.exit(1), CLOSE_LIMIT_MS).unref();
    worker
      .close()
      .then(() => tracing.stop())
      .then(
        () => {
          logger.info('ended');
          process.exit(0);
        },
        (error: unknown) => {
          logger.error({ err: error }, 'could not end in order');
          process.exit(1);
        },
      );
  };
  process.once('SIGTERM', () => end('SIGTERM'));
  process.once('SIGINT', () => end('SIGINT'));
  process.on('message', (message) => {
    if ((message as { type?: unknown } | null)?.type === 'stop') end('the parent asked');
  });
  process.once('disconnect', () => end('the parent process is gone'));
  logger.info({ url: worker.url }, 'consuming');
  process.send?.({ type: 'ready', url: worker.url });
  // The parent may have died while this process started.
  if (process.send !== undefined && !process.connected) end('the parent process is gone');
}

main().catch((error: unknown) => {
  process.stderr.write(`${sentence(error)}\n`);
  process.exit(1);
});

function sentence(error: unknown): string {
  if (error instanceof EnvironmentError) return error.message;
  if (error instanceof QueueError || error instanceof StoreError)
    return `${error.text.zh}\n${error.text.en}`;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return '端口已被占用，请改用其他 WORKER_HTTP_PORT，或设为 0 由系统选择空闲端口\nthe port is taken (EADDRINUSE); set WORKER_HTTP_PORT to another one, or to 0 for a free one';
  const data = dataProblem(error);
  if (data) return `${data.zh}\n${data.en}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
