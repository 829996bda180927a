/** One run under way, held by this worker. */
import type { Plan } from '@tanxiao/rulebook';
import type { Provenance } from '@tanxiao/store';
import type { Logger } from 'pino';

export interface RunTask {
  readonly runId: string;
  readonly outboxId: number;
  readonly holder: string;
  readonly by: Provenance;
  readonly plan: Plan;
  readonly logger: Logger;
}
