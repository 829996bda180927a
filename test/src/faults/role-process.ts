/**
 * A process that loads the code of API and worker, waits warm, and then plays one of the roles as `main.ts` of the
 * service does, with leases short enough for a schedule of seconds. Killed ones are replaced from the warm ones, so
 * that a restart does not cost the second that loading takes. Two thirds of a schedule would be loading otherwise.
 */
import { createApp, listen } from '@tanxiao/api';
import { createPool } from '@tanxiao/store';
import { startWorker } from '@tanxiao/worker';
import { pino } from 'pino';

import { fewStandards } from './few-standards';
import { WORKER_LIMITS } from './limits';
import { setClock } from './movable-clock';
import type { FromProcess, Role, ToProcess } from './role-messages';

interface Playing {
  readonly url: string | null;
  close(): Promise<void>;
}

const standards = fewStandards();
const logger = pino({ level: 'warn' });
let playing: Playing | null = null;

async function start({ role, databaseUrl, redisUrl }: Role): Promise<Playing> {
  if (role === 'worker') {
    const worker = await startWorker({
      ...{ databaseUrl, logger, standards },
      ...(redisUrl === null ? {} : { redisUrl }),
      ...WORKER_LIMITS,
    });
    return { url: null, close: () => worker.close() };
  }
  const pool = createPool({
    connectionString: databaseUrl,
    applicationName: 'tanxiao-api',
    onError: (error) => logger.warn({ err: error }, 'an idle database connection was lost'),
  });
  const server = await listen(createApp({ pool, standards, logger }), {
    host: '127.0.0.1',
    port: 0,
  });
  return {
    url: server.url,
    close: async () => {
      await server.close(1);
      await pool.end();
    },
  };
}

async function hear(message: ToProcess): Promise<void> {
  switch (message.type) {
    case 'clock':
      setClock(message.offsetMs);
      return;
    case 'start':
      setClock(message.role.clockOffsetMs);
      try {
        playing = await start(message.role);
        say({ type: 'ready', url: playing.url });
      } catch (error) {
        say({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
      }
      return;
    case 'stop':
      await playing?.close();
      playing = null;
      setClock(0);
      say({ type: 'warm' });
  }
}

function say(message: FromProcess): void {
  process.send?.(message);
}

process.on('message', (message) => void hear(message as ToProcess));
process.once('disconnect', () => process.exit(0));
say({ type: 'warm' });
