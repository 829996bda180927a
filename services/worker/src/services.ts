/** What every job of the worker may use; made once at start, or by a test. */
import type { StandardsInForce } from '@tanxiao/standards';
import type { Pool } from 'pg';
import type { Logger } from 'pino';

import type { WorkerMetrics } from './metrics/worker-metrics';
import type { RunBenchmarks } from './rate/run-benchmarks';
import type { ChunkMemory } from './run/chunk-memory';
import type { ColumnSpace } from './run/column-space';
import type { StatisticsRefresh } from './statistics-refresh';
import type { WorkLimits } from './work-limits';

export interface WorkerServices {
  readonly pool: Pool;
  /** Asked once a job: what was approved before the job began is what it rates by. */
  readonly standardsInForce: StandardsInForce;
  readonly logger: Logger;
  readonly metrics: WorkerMetrics;
  readonly limits: WorkLimits;
  /** A folder of this process alone, for files that must lie on disk while they are read. */
  readonly temporaryFolder: string;
  readonly statistics: StatisticsRefresh;
  /** Of runs under way. */
  readonly benchmarks: RunBenchmarks;
  /** Inputs of runs' chunks that are wanted again. */
  readonly chunks: ChunkMemory;
  readonly columnSpace: ColumnSpace;
}
