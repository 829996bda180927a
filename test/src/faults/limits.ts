/** How long things last in a schedule: the product's leases shortened, and the bounds of the harness's patience. */
import type { WorkerOptions } from '@tanxiao/worker';

/** Everything in proportion to the product's own settings, about one tenth of them. */
export const WORKER_LIMITS = {
  pollMs: 200,
  claimSeconds: 1.5,
  leaseSeconds: 4,
  lockMs: 2000,
  stalledCheckMs: 500,
  limits: { importLeaseSeconds: 2, runLeaseSeconds: 3, runChunkSubjects: 40 },
} as const satisfies Partial<WorkerOptions>;

/** A worker frozen for so long has lost its lock and every lease. */
export const FROZEN_MS = { least: 3200, greatest: 4500 } as const;
export const RESTART_MS = { least: 20, greatest: 600 } as const;
export const CUT_MS = { least: 200, greatest: 2500 } as const;
export const CLOCK_STEP_MS = 600_000;

/** One call of the client; then it is sent again with the same key. */
export const CALL_TIMEOUT_MS = 5000;
/** After the last fault all must be done within this. A lease of an upload that broke off is 15 s. */
export const PATIENCE_MS = 60_000;
