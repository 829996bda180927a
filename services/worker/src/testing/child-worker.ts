/** A worker in a process of its own, for a test to kill; its locks are short, so that its jobs come back soon. */
import { pino } from 'pino';

import { startWorker } from '../worker';

async function main(): Promise<void> {
  await startWorker({
    databaseUrl: process.argv[2] ?? '',
    logger: pino({ level: process.env.WORKER_TEST_LOG ?? 'silent' }),
    lockMs: 2000,
    stalledCheckMs: 500,
    pollMs: 100,
  });
  process.send?.({ type: 'ready' });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
