/** For tests of other packages: drives a run as the worker does, without a queue. */
import { loadOutbox } from '@tanxiao/store';
import type { Pool } from 'pg';
import { pino } from 'pino';

import { createWorkerMetrics } from '../metrics/worker-metrics';
import { RunBenchmarks } from '../rate/run-benchmarks';
import { ChunkMemory } from '../run/chunk-memory';
import { ColumnSpace } from '../run/column-space';
import { runHandler } from '../run/run-job';
import type { WorkerServices } from '../services';
import { StatisticsRefresh } from '../statistics-refresh';
import { WORK_LIMITS } from '../work-limits';
import { jobContext } from './worker-database';

export async function driveRun(
  pool: Pool,
  standardsInForce: WorkerServices['standardsInForce'],
  runId: string,
): Promise<void> {
  const logger = pino({ level: 'silent' });
  const { rows } = await pool.query<{ id: number }>(
    'SELECT id FROM tanxiao.outbox WHERE run_id = $1',
    [runId],
  );
  const [row] = await loadOutbox(
    pool,
    rows.map(({ id }) => id),
  );
  if (!row) throw new Error(`run ${runId} does not wait`);
  const statistics = new StatisticsRefresh(pool, logger);
  // A run keeps nothing on disk.
  const services = {
    ...{ pool, logger, standardsInForce, statistics },
    ...{ metrics: createWorkerMetrics(), temporaryFolder: '' },
    limits: WORK_LIMITS,
    chunks: new ChunkMemory(0),
    columnSpace: new ColumnSpace(),
    benchmarks: new RunBenchmarks(pool),
  };
  await runHandler(services)({ outboxId: row.id }, jobContext());
  await statistics.settled();
}
