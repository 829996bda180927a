/** Puts jobs into their queues, and says how full the queues are. */
import type { OpenQueue, QueueBackend } from './backend';
import { endConnection } from './ending';
import { assertJob, JOB_KINDS, type JobKind, type NewJob, QUEUE_NAMES } from './jobs';

export interface QueueDepth {
  /** Jobs nobody has begun, those due for a retry included. */
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  /** Jobs that used up their attempts; kept for a day to be read, their outbox rows come back by their lease. */
  readonly failed: number;
  /** How long the oldest waiting job has been in the queue; null when none waits. */
  readonly oldestWaitingMs: number | null;
}

export interface JobSchedule {
  /** A UUID. */
  readonly id: string;
  /** Minute, hour, day, month, weekday. */
  readonly cron: string;
  /** IANA name. */
  readonly timeZone: string;
}

export interface Producer {
  /**
   * Once every queue has had its first connection. To be awaited before anything else: BullMQ 6.7.0 remembers on
   * PostgreSQL that a first connection failed, and every later call on that queue fails with the same error, for ever.
   * @throws where the server went away meanwhile; this producer is of no use then
   */
  ready(): Promise<void>;
  /**
   * Queues jobs; one with an id still known to its queue is ignored, so a doubtful call may be repeated.
   * @throws at once where the queue server is away: nothing waits in memory.
   */
  enqueue(jobs: readonly NewJob[]): Promise<void>;
  /**
   * Queues jobs, and one that begins when they have ended, each with a new id.
   * @throws as `enqueue`
   */
  enqueueFlow(parent: NewJob, children: readonly NewJob[]): Promise<void>;
  /** Has a job queued at each of the times of these schedules, and at those of no others. */
  keepSchedules(schedules: readonly JobSchedule[]): Promise<void>;
  queueHealth(): Promise<Record<JobKind, QueueDepth>>;
  /** Jobs from the outbox that nobody has begun; parts of runs aside, which are handed out by hundreds. */
  backlog(): Promise<number>;
  /** Removes every job. The outbox refills the queue when its leases run out. */
  flush(): Promise<void>;
  /** Takes 2 s where the queue server is away. */
  close(): Promise<void>;
}

const FROM_OUTBOX = JOB_KINDS.filter((kind) => kind !== 'chunk' && kind !== 'schedule');

/** @param onError hears of connections lost between calls; a call of its own fails with its own error. */
export function createProducer(
  backend: QueueBackend,
  onError: (error: Error, kind: JobKind) => void,
): Producer {
  const open = (kind: JobKind): OpenQueue =>
    backend.openQueue(QUEUE_NAMES[kind], (error) => onError(error, kind));
  const queues: Record<JobKind, OpenQueue> = {
    rate: open('rate'),
    import: open('import'),
    run: open('run'),
    chunk: open('chunk'),
    schedule: open('schedule'),
  };
  const flows = backend.openFlows((error) => onError(error, 'chunk'));
  const nodeOf = ({ kind, id, payload }: NewJob) => ({
    name: kind,
    queueName: QUEUE_NAMES[kind],
    data: payload,
    opts: { jobId: id },
  });
  return {
    async ready() {
      await Promise.all([
        flows.waitUntilReady(),
        ...JOB_KINDS.map((kind) => queues[kind].waitUntilReady()),
      ]);
    },
    async enqueue(jobs) {
      jobs.forEach(assertJob);
      for (const kind of JOB_KINDS) {
        const bulk = jobs
          .filter((job) => job.kind === kind)
          .map(({ id, payload }) => ({ name: kind, data: payload, opts: { jobId: id } }));
        if (bulk.length > 0) await queues[kind].addBulk(bulk);
      }
    },
    async enqueueFlow(parent, children) {
      [parent, ...children].forEach(assertJob);
      await flows.add({ ...nodeOf(parent), children: children.map(nodeOf) });
    },
    async keepSchedules(schedules) {
      const wanted = new Set(schedules.map(({ id }) => id));
      for (const { id, cron, timeZone } of schedules)
        await queues.schedule.upsertJobScheduler(
          id,
          { pattern: cron, tz: timeZone },
          { name: 'schedule', data: { scheduleId: id } },
        );
      for (const { key } of await queues.schedule.getJobSchedulers())
        if (!wanted.has(key)) await queues.schedule.removeJobScheduler(key);
    },
    async queueHealth() {
      const [rate, imports, run, chunk, schedule] = await Promise.all([
        depthOf(queues.rate),
        depthOf(queues.import),
        depthOf(queues.run),
        depthOf(queues.chunk),
        depthOf(queues.schedule),
      ]);
      return { rate, import: imports, run, chunk, schedule };
    },
    async backlog() {
      const counts = await Promise.all(
        FROM_OUTBOX.map((kind) => queues[kind].getJobCounts('waiting', 'prioritized', 'delayed')),
      );
      return counts.flatMap(Object.values<number>).reduce((sum, count) => sum + count, 0);
    },
    async flush() {
      for (const kind of JOB_KINDS) await queues[kind].obliterate({ force: true });
    },
    async close() {
      await Promise.all([
        endConnection(flows, (error) => onError(error, 'chunk')),
        ...JOB_KINDS.map((kind) => endConnection(queues[kind], (error) => onError(error, kind))),
      ]);
    },
  };
}

async function depthOf(queue: OpenQueue): Promise<QueueDepth> {
  const [counts, oldest] = await Promise.all([
    queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed'),
    queue.getWaiting(0, 0),
  ]);
  const queuedAt = oldest[0]?.timestamp;
  return {
    waiting: (counts.waiting ?? 0) + (counts.prioritized ?? 0),
    active: counts.active ?? 0,
    delayed: counts.delayed ?? 0,
    failed: counts.failed ?? 0,
    oldestWaitingMs: queuedAt === undefined ? null : Math.max(0, Date.now() - queuedAt),
  };
}
