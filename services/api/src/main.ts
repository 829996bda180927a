/**
 * The API as a process: settings from the environment (see environment.ts); tells a parent process when it
 * is ready (`{ type: 'ready', url }`), and ends in order on SIGTERM, SIGINT or when the parent is gone.
 */
import { EnvironmentError } from '@tanxiao/contracts';
import { dataProblem, loadStandards } from '@tanxiao/standards';
import { createPool } from '@tanxiao/store';
import { createLogger, measureProcess, startTracing } from '@tanxiao/telemetry';
import type { Express } from 'express';

import { createApp } from './app';
import { type Environment, readEnvironment } from './environment';
import { createApiMetrics } from './metrics/api-metrics';
import { listen, type ListeningServer } from './server';

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const logger = createLogger({ name: 'api', level: environment.logLevel });
  const tracing = await startTracing({
    serviceName: 'tanxiao-api',
    variables: process.env,
    logger,
  });
  const standards = loadStandards();
  const pool = createPool({
    connectionString: environment.databaseUrl,
    max: environment.databaseConnections,
    preparedStatements: environment.preparedStatements,
    applicationName: 'tanxiao-api',
    sessionSettings: environment.databasePooler === 'none',
    onError: (error) => logger.warn({ err: error }, 'an idle database connection was lost'),
  });
  const metrics = createApiMetrics({ pool, logger });
  measureProcess(metrics.registry);
  const { backlogLimits } = environment;
  const app = createApp({ pool, standards, logger, metrics, backlogLimits });
  const server = await listenAsAsked(app, environment);

  let ending = false;
  const end = (reason: string): void => {
    if (ending) return;
    ending = true;
    logger.info({ reason }, 'ending: requests in flight may finish');
    server
      .close()
      .then(() => pool.end())
      .then(() => tracing.stop())
      .then(
        () => logger.info('ended'),
        (error: unknown) => {
          logger.error({ err: error }, 'could not end in order');
          process.exitCode = 1;
        },
      )
      .finally(() => {
        if (process.connected) process.disconnect();
      });
  };
  process.once('SIGTERM', () => end('SIGTERM'));
  process.once('SIGINT', () => end('SIGINT'));
  process.once('disconnect', () => end('the parent process is gone'));
  logger.info({ url: server.url }, 'listening');
  process.send?.({ type: 'ready', url: server.url });
}

async function listenAsAsked(app: Express, environment: Environment): Promise<ListeningServer> {
  try {
    return await listen(app, environment);
  } catch (error) {
    if (environment.portTaken === 'fail' || !isPortTaken(error)) throw error;
    return listen(app, { host: environment.host, port: 0 });
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

main().catch((error: unknown) => {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
});

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof EnvironmentError) return error.message;
  if (isPortTaken(error))
    return '端口已被占用，请改用其他 PORT，或设为 0 由系统选择空闲端口\nthe port is taken (EADDRINUSE); set PORT to another one, or to 0 for a free one';
  const data = dataProblem(error);
  return data ? `${data.zh}\n${data.en}` : (error.stack ?? error.message);
}
