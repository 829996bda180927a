/**
 * Once per jest run: one throwaway PostgreSQL for all workers, its address in TANXIAO_TEST_PG. With
 * that variable set already (a server of the caller's own) nothing is started.
 */
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';

// By path, not by package name: jest's name mapping does not apply here, and the name would lead to
// dist, so to a build that may be missing or old.
import { startEmbeddedPostgres } from '../../../infra/embedded/src/postgres/index';
import { setRunningDatabase } from './global-state';
import { makeTempDir } from './temp-dir';
import { watchOver } from './watchdog';

// Jest asks for a default export.
// eslint-disable-next-line no-restricted-exports
export default async function globalSetup(): Promise<void> {
  if (process.env.TANXIAO_TEST_PG !== undefined) return;
  const folder = await makeTempDir('jest-pg');
  try {
    // As root the server runs under another account, which must be able to pass.
    await chmod(folder.path, 0o711);
    const database = await startEmbeddedPostgres({
      dataDir: join(folder.path, 'data'),
      durability: 'throwaway',
    });
    const callOff = watchOver({
      pid: database.pid,
      pidFile: join(database.dataDir, 'cluster', 'postmaster.pid'),
      folder: folder.path,
    });
    process.env.TANXIAO_TEST_PG = database.url;
    setRunningDatabase({
      stop: async () => {
        await database.stop();
        await folder.remove();
        callOff();
      },
    });
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
