/** The database that everything runs on: the embedded one, or the operator's own; migrated before anything starts. */
import { join } from 'node:path';

import { createPool, migrate } from '@tanxiao/store';

import { ensureDatabase, startEmbeddedPostgres } from './postgres';
import { type Settings, SettingsError } from './settings';

export interface Database {
  readonly url: string;
  /** For the operator to read. */
  readonly description: string;
  /** Names of the migrations applied now. */
  readonly migrated: readonly string[];
  /** Resolves should the embedded server end by itself; never for the operator's own. */
  readonly lost: Promise<void>;
  stop(): Promise<void>;
}

const NAME = 'tanxiao';

export async function openDatabase(
  settings: Settings,
  say: (line: string) => void,
): Promise<Database> {
  if (settings.databaseUrl !== null) {
    const { host, pathname } = new URL(settings.databaseUrl);
    return {
      url: settings.databaseUrl,
      description: `PostgreSQL ${host}${pathname}`,
      migrated: await migrateAt(settings.databaseUrl),
      lost: new Promise(() => undefined),
      stop: () => Promise.resolve(),
    };
  }
  const server = await startEmbeddedPostgres({
    dataDir: join(settings.dataFolder, 'postgres'),
    log: say,
  });
  try {
    const url = await ensureDatabase(server.url, NAME);
    return {
      url,
      description: `PostgreSQL（内置 embedded）${server.dataDir}`,
      migrated: await migrateAt(url),
      lost: server.exited.then((exit) =>
        exit.expected ? new Promise<void>(() => undefined) : undefined,
      ),
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function migrateAt(url: string): Promise<string[]> {
  const pool = createPool({
    connectionString: url,
    max: 1,
    applicationName: 'tanxiao-migrate',
    onError: () => undefined,
  });
  try {
    await pool.query('SELECT 1').catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new SettingsError(
        `连接不上 DATABASE_URL 指定的数据库：${reason}。请检查地址、口令和数据库是否在运行。\n` +
          `The database of DATABASE_URL cannot be reached: ${reason}. Check address and password, and that it runs.`,
      );
    });
    return await migrate(pool);
  } finally {
    await pool.end();
  }
}
