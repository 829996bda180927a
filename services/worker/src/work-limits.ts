/** How long a worker holds what it works at, and how large a run's chunks are: settings, so that tests may shorten them. */
export interface WorkLimits {
  /**
   * A worker holds an upload so long after its last sign; BullMQ gives a dead worker's job away after as long. Every
   * batch and every progress report renews it.
   */
  readonly importLeaseSeconds: number;
  /** A run of which nothing was heard for so long is looked at again: the queue may have lost its jobs. */
  readonly runLeaseSeconds: number;
  /**
   * Subjects a chunk: some 7 MB of inputs and 7 MB of ratings. 10,000 cost more statements (a run of a million took some
   * 15 % longer); more leave less to share among workers and take more memory.
   */
  readonly runChunkSubjects: number;
  /**
   * Of inputs of runs that a worker keeps until they are rated; 0: they are read twice. With it a worker stays below
   * 512 MiB: some 1.3 million subjects of the industrial form.
   */
  readonly runMemoryBytes: number;
}

export const WORK_LIMITS: WorkLimits = {
  importLeaseSeconds: 15,
  runLeaseSeconds: 60,
  runChunkSubjects: 20_000,
  runMemoryBytes: 128 * 2 ** 20,
};

/** When to look again at what another worker holds: its lease has ended then, unless it lives and renewed it. */
export function secondsPastLease(leaseSeconds: number): number {
  return leaseSeconds + Math.min(5, leaseSeconds / 3);
}
