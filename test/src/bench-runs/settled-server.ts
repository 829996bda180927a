/** What is measured begins on a server that has nothing left to do of what was before. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Queryable } from '@tanxiao/store';

/** Vacuuming some millions of rows takes seconds. */
const LIMIT_MS = 60_000;
const PAUSE_MS = 200;

/** Waits for the server's vacuuming, and has it write all pages: neither a run nor its floor pays for the other's. */
export async function settled(db: Queryable): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (await isVacuuming(db)) {
    if (Date.now() > deadline) {
      process.stdout.write('what follows is measured beside vacuuming that goes on\n');
      break;
    }
    await sleep(PAUSE_MS);
  }
  await db.query('CHECKPOINT');
}

async function isVacuuming(db: Queryable): Promise<boolean> {
  const { rows } = await db.query(
    "SELECT FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'",
  );
  return rows.length > 0;
}
