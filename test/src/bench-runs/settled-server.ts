/** What is measured begins on a server that has nothing left to do of what was before. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Queryable } from '@tanxiao/store';

/** Vacuuming some millions of rows takes seconds. */
const LIMIT_MS = 60_000;

/** Waits for the server's vacuuming, and has it write all pages: neither a run nor its floor pays for the other's. */
export async function settled(db: Queryable): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const { rows } = await db.query(
      "SELECT FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'",
    );
    if (rows.length === 0 || Date.now() > deadline) break;
    await sleep(200);
  }
  await db.query('CHECKPOINT');
}
