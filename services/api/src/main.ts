/**
 * The API as a process: DATABASE_URL, HOST, PORT, PORT_TAKEN, LOG_LEVEL from the environment; tells a parent process when it
 * is ready (`{ type: 'ready', url }`), and ends in order on SIGTERM, SIGINT or when the parent is gone.
 */
import { EnvironmentError } from '@tanxiao/contracts';
import { dataProblem, loadStandards } from '@tanxiao/standards';
import { createPool } from '@tanxiao/store';
import type { Express } from 'express';
import { pino } from 'pino';

import { createApp } from './app';
import { type Environment, readEnvironment } from './environment';
import { errorForLog } from './error-for-log';
import { listen, type ListeningServer } from './server';

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const logger = pino({
    name: 'api',
    level: environment.logLevel,
    serializers: { err: errorForLog },
  });
  const standards = loadStandards();
  const pool = createPool({
    connectionString: environment.databaseUrl,
    max: environment.databaseConnections,
    preparedStatements: environment.preparedStatements,
    applicationName: 'tanxiao-api',
    onError: (error) => logger.warn({ err: error }, 'an idle database connection was lost'),
  });
  const server = await listenAsAsked(
    createApp({ pool, standards, logger, backlogLimits: environment.backlogLimits }),
    environment,
  );

  let ending = false;
  const end = (reason: string): void => {
    if (ending) return;
    ending = true;
    logger.info({ reason }, 'ending: requests in flight may finish');
    server
      .close()
      .then(() => pool.end())
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
