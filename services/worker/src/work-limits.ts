/** How long a worker holds what it works at, and how large a run's chunks are: settings, so that tests may shorten them. */
export interface WorkLimits {
  /**
   * A worker holds an upload so long after its last sign; BullMQ gives a dead worker's job away after as long. Every
   * batch and every progress report renews it.
   */
  readonly importLeaseSeconds: number;
  /**
   * A worker holds a run, and a chunk of it, so long after its last sign. Exact totals of a large population are one
   * long calculation without a turn of the event loop, hence longer than an import's.
   */
  readonly runLeaseSeconds: number;
  /** COPY-free multi-row inserts of 10,000 ratings are one statement of some megabytes. */
  readonly runChunkSubjects: number;
}

export const WORK_LIMITS: WorkLimits = {
  importLeaseSeconds: 15,
  runLeaseSeconds: 60,
  runChunkSubjects: 10_000,
};

/** When to look again at what another worker holds: its lease has ended then, unless it lives and renewed it. */
export function secondsPastLease(leaseSeconds: number): number {
  return leaseSeconds + Math.min(5, leaseSeconds / 3);
}
