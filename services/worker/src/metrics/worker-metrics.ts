/** What jobs count and measure for Prometheus; what is asked at scrape time instead stands in watched.ts. */
import type { JobKind } from '@tanxiao/queue';
import { counter, histogram, Registry } from '@tanxiao/telemetry';

/** arrival: when a submission came; run: with the whole population of a period. */
export type RatingChannel = 'arrival' | 'run';

export interface RatingCounts {
  readonly rated: number;
  readonly notRated: number;
  /** Recorded alone, because they could not be rated. */
  readonly failed: number;
  /** Of all, those that the referee decided. */
  readonly refereed: number;
}

export interface WorkerMetrics {
  readonly registry: Registry;
  /** Submissions committed by an import. */
  submissionsKept(count: number): void;
  /** What one rate job rates. */
  batch(submissions: number): void;
  /** After the commit. A batch delivered twice at once may be counted twice; it is kept once. */
  ratingsKept(channel: RatingChannel, counts: RatingCounts): void;
  jobEnded(job: {
    readonly queue: JobKind;
    readonly result: 'done' | 'failed';
    readonly seconds: number;
  }): void;
}

/** Seconds: a rate job takes 10 ms to 1 s, an import or run up to many minutes. */
const JOB_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900];
/** A job holds 500 at most. */
const BATCH_BUCKETS = [1, 2, 5, 10, 25, 50, 100, 200, 300, 400, 500];

export function createWorkerMetrics(): WorkerMetrics {
  const registry = new Registry();
  const submissions = counter(registry, 'tanxiao_submissions_total');
  const jobs = histogram(registry, 'tanxiao_job_seconds', JOB_BUCKETS);
  const batches = histogram(registry, 'tanxiao_rate_batch_submissions', BATCH_BUCKETS);
  const ratings = counter(registry, 'tanxiao_ratings_total');
  const refereed = counter(registry, 'tanxiao_refereed_total');
  const ratingsKept = (channel: RatingChannel, counts: RatingCounts): void => {
    ratings.inc({ channel, outcome: 'rated' }, counts.rated);
    ratings.inc({ channel, outcome: 'not-rated' }, counts.notRated);
    ratings.inc({ channel, outcome: 'failed' }, counts.failed);
    refereed.inc({ channel }, counts.refereed);
  };
  // Rates are read from differences: the series must be there before the first event.
  const none: RatingCounts = { rated: 0, notRated: 0, failed: 0, refereed: 0 };
  ratingsKept('arrival', none);
  ratingsKept('run', none);
  submissions.inc({ channel: 'upload' }, 0);
  return {
    registry,
    submissionsKept: (count) => submissions.inc({ channel: 'upload' }, count),
    batch: (size) => batches.observe(size),
    ratingsKept,
    jobEnded: ({ seconds, ...labels }) => jobs.observe(labels, seconds),
  };
}
