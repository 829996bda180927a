/**
 * The queues, and what a job of each carries: ids and nothing else. PostgreSQL is the truth; a job only says
 * "look here", so a lost, doubled or stale job can do no harm.
 */
import { z } from 'zod';

/** rate: rate kept submissions · import: read an uploaded file · run: re-score a whole period · chunk: a part of a run's step · schedule: begin the runs that are due. */
export const JOB_KINDS = ['rate', 'import', 'run', 'chunk', 'schedule'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** BullMQ forbids ':' in a queue's name. */
export const QUEUE_NAMES = {
  rate: 'tanxiao-rate',
  import: 'tanxiao-import',
  run: 'tanxiao-run',
  chunk: 'tanxiao-chunk',
  schedule: 'tanxiao-schedule',
} as const satisfies Record<JobKind, string>;

/** One rate job rates at most so many submissions: a chunk costs 0.6–1.5 ms of queue, a job per subject 118 s a million. */
export const MAX_SUBMISSIONS_PER_JOB = 500;

const outboxId = z.int().positive();

const rateJobSchema = z.strictObject({
  outboxIds: z.array(outboxId).min(1).max(MAX_SUBMISSIONS_PER_JOB),
});
/** The outbox row names the upload or the run; a row that is gone has been dealt with. */
const singleJobSchema = z.strictObject({ outboxId });
/** Which part of which step; the run's state says whether it is still to be done. */
const chunkJobSchema = z.strictObject({
  outboxId,
  step: z.enum(['benchmarking', 'scoring']),
  /** Of the statistics, from 0; 0 while scoring. */
  stage: z.int().min(0),
  seq: z.int().min(0),
});
/** Which schedule's time has come; whoever gets it looks at all of them. */
const scheduleJobSchema = z.strictObject({ scheduleId: z.uuid() });

export interface JobPayloads {
  readonly rate: z.infer<typeof rateJobSchema>;
  readonly import: z.infer<typeof singleJobSchema>;
  readonly run: z.infer<typeof singleJobSchema>;
  readonly chunk: z.infer<typeof chunkJobSchema>;
  readonly schedule: z.infer<typeof scheduleJobSchema>;
}

export const JOB_SCHEMAS: { readonly [K in JobKind]: z.ZodType<JobPayloads[K]> } = {
  rate: rateJobSchema,
  import: singleJobSchema,
  run: singleJobSchema,
  chunk: chunkJobSchema,
  schedule: scheduleJobSchema,
};

/** A job before it is queued. A second job with the same id is ignored as long as the first one is known. */
export type NewJob = {
  [K in JobKind]: { readonly kind: K; readonly id: string; readonly payload: JobPayloads[K] };
}[JobKind];

/** The outbox rows that a job stands for; none where it comes from no outbox. */
export function outboxIdsOf(payload: JobPayloads[JobKind]): readonly number[] {
  if ('outboxIds' in payload) return payload.outboxIds;
  return 'outboxId' in payload ? [payload.outboxId] : [];
}

/** BullMQ refuses ids with ':' and ids that are integers (it numbers its own). */
const JOB_ID = /^(rate|import|run|chunk|schedule)-[A-Za-z0-9-]{1,100}$/;

/** @throws TypeError where a job is not as its queue demands: a fault of the program, never of a client. */
export function assertJob(job: NewJob): void {
  if (!JOB_ID.test(job.id) || !job.id.startsWith(`${job.kind}-`))
    throw new TypeError(`job id "${job.id}" must be "${job.kind}-" and letters, digits or "-"`);
  const reading = JOB_SCHEMAS[job.kind].safeParse(job.payload);
  if (!reading.success)
    throw new TypeError(
      `payload of ${job.id} is not a ${job.kind} job: ${z.prettifyError(reading.error)}`,
    );
}
