/** The API as a process of its own from its sources: as services/api/src/main.ts, but with threads that read TypeScript. */
import path from 'node:path';

import { createApp, listen } from '@tanxiao/api';
import { loadStandards } from '@tanxiao/standards';
import { createPool } from '@tanxiao/store';
import { pino } from 'pino';

import { SOURCES } from './source-process';

const API = path.resolve(__dirname, '../../../services/api/src');
const thread = (file: string) => ({ file: path.join(API, file), execArgv: SOURCES });

async function main(): Promise<void> {
  const pool = createPool({ connectionString: process.env.DATABASE_URL ?? '' });
  const app = createApp({
    pool,
    standards: loadStandards(),
    logger: pino({ level: 'silent' }),
    dryRunThread: thread('dry-runs/dry-run-thread.ts'),
    checkThread: thread('rulebook-proposals/check-thread.ts'),
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  process.once('SIGTERM', () => {
    void server
      .close()
      .then(() => pool.end())
      .then(() => process.disconnect());
  });
  process.send?.({ type: 'ready', url: server.url });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
