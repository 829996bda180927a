/** One run under way, held by this worker. */
import type { Plan } from '@tanxiao/rulebook';
import type { Provenance } from '@tanxiao/store';
import type { Logger } from 'pino';

/**
 * A worker holds a run, and a chunk of it, so long after its last sign. Exact totals of a large population are one
 * long calculation without a turn of the event loop, hence longer than an import's.
 */
export const RUN_LEASE_SECONDS = 60;

export interface RunTask {
  readonly runId: string;
  readonly outboxId: number;
  readonly holder: string;
  readonly by: Provenance;
  readonly plan: Plan;
  readonly logger: Logger;
}
