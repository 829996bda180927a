/** What every job of the worker may use; made once at start, or by a test. */
import type { Standards } from '@tanxiao/standards';
import type { Pool } from 'pg';
import type { Logger } from 'pino';

import type { StatisticsRefresh } from './statistics-refresh';

export interface WorkerServices {
  readonly pool: Pool;
  /** The rulebooks and factor sets this process was started with. */
  readonly standards: Standards;
  readonly logger: Logger;
  /** A folder of this process alone, for files that must lie on disk while they are read. */
  readonly temporaryFolder: string;
  readonly statistics: StatisticsRefresh;
}
