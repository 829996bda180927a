/**
 * The migration command: brings the database up to date and ends, once before API and workers of a new version start.
 * It connects straight to PostgreSQL; where the others will go through a pooler, the role is given their settings.
 */
import { EnvironmentError } from '@tanxiao/contracts';
import { createPool, keepSessionSettingsWithRole, migrate, StoreError } from '@tanxiao/store';

import { readMigrateEnvironment } from './migrate-environment';

async function main(): Promise<void> {
  const { databaseUrl, databasePooler } = readMigrateEnvironment(process.env);
  const pool = createPool({
    connectionString: databaseUrl,
    max: 1,
    applicationName: 'tanxiao-migrate',
    onError: (error) => process.stderr.write(`${error.message}\n`),
  });
  try {
    const applied = await migrate(pool);
    if (databasePooler === 'transaction') await keepSessionSettingsWithRole(pool);
    const names = applied.join(', ');
    process.stdout.write(
      applied.length === 0
        ? '数据库已是最新\nthe database is up to date\n'
        : `已应用 ${applied.length} 个迁移：${names}\n${applied.length} migrations applied: ${names}\n`,
    );
  } finally {
    await pool.end();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${sentence(error)}\n`);
  process.exitCode = 1;
});

function sentence(error: unknown): string {
  if (error instanceof EnvironmentError) return error.message;
  if (error instanceof StoreError) return `${error.text.zh}\n${error.text.en}`;
  const reason = error instanceof Error ? error.message : String(error);
  return `数据库迁移未完成：${reason}。请核对 DATABASE_URL 后重试，已完成的迁移会保留\nthe migration did not finish: ${reason}. Check DATABASE_URL and run it again; migrations that were done stay`;
}
