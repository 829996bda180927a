/**
 * `npm start`: database, API and worker under one parent. Embedded by default; DATABASE_URL and REDIS_URL put the
 * same processes on servers of the operator's own.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { superviseChildren } from './children';
import { type Database, openDatabase } from './database';
import { PREFERRED_PORT, requireFreePort } from './listen-port';
import { readSettings, type Settings } from './settings';
import { welcome } from './welcome';

const REPOSITORY = resolve(__dirname, '..', '..', '..');

/**
 * What the API holds at once is bounded (services/api/src/http/limits.ts), so it needs no more. Left alone, V8 lets
 * garbage lie while the machine has room: 342 MB were seen where 177 MB did.
 */
const API_HEAP_MB = 256;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(): Promise<number> {
  const settings = readSettings(process.env, REPOSITORY);
  mkdirSync(settings.dataFolder, { recursive: true });
  if (settings.port !== null) await requireFreePort(settings.port);
  // A Ctrl-C while the database starts is obeyed as soon as it can be: nothing half-started stays behind.
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const database = await openDatabase(settings, say);
  if (interruption.signal.aborted) {
    await database.stop();
    return 0;
  }
  const end = await serve(settings, database);
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  return end;
}

async function serve(settings: Settings, database: Database): Promise<number> {
  const shared = { DATABASE_URL: database.url, LOG_LEVEL: settings.logLevel };
  // A port nobody asked for is only a wish, until the API has it: a restarted API keeps it.
  let listening = {
    PORT: String(settings.port ?? PREFERRED_PORT),
    PORT_TAKEN: settings.port === null ? 'any' : 'fail',
  };
  const serverFile = join(settings.dataFolder, 'server.json');
  const supervisor = superviseChildren({
    children: [
      {
        name: 'api',
        modulePath: require.resolve('@tanxiao/api/dist/main.js'),
        env: () => ({ ...shared, ...listening }),
        heapMb: API_HEAP_MB,
      },
      {
        name: 'worker',
        modulePath: require.resolve('@tanxiao/worker/dist/main.js'),
        env: () => ({
          ...shared,
          REDIS_URL: settings.redisUrl ?? '',
          // Metrics and health only: a free port at each start, so that a taken one can never stop the product.
          WORKER_HTTP_PORT: settings.workerHttpPort,
        }),
      },
    ],
    stopLast: async () => {
      rmSync(serverFile, { force: true });
      await database.stop();
    },
  });
  supervisor.handleSignals();
  void database.lost.then(() => {
    say('内置数据库意外退出，正在停止。\nThe embedded database ended unexpectedly; stopping.');
    process.exitCode = 1;
    return supervisor.stop();
  });
  const started = supervisor.ready.then((messages) => {
    const url = String(messages.get('api')?.url);
    const workerUrl = String(messages.get('worker')?.url);
    listening = { PORT: new URL(url).port, PORT_TAKEN: 'fail' };
    writeFileSync(serverFile, `${JSON.stringify({ url, pid: process.pid })}\n`);
    const redis = settings.redisUrl !== null;
    say(welcome({ url, workerUrl, database: database.description, redis }));
  });
  // A child that never became ready is reported by `ended`, with its sentence.
  started.catch(() => undefined);
  const end = await supervisor.ended;
  if (end.reason === 'gave-up') {
    process.stderr.write(`${end.sentence.zh}\n${end.sentence.en}\n`);
    return 1;
  }
  return end.reason === 'forced' ? 1 : Number(process.exitCode ?? 0);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
