/**
 * The metrics that API and worker give to Prometheus: name, type, labels and help in one table, so that the code
 * that counts, the dashboard, the alert rules and the scaling of workers cannot speak of different ones.
 */
export const METRICS = {
  tanxiao_http_request_seconds: {
    type: 'histogram',
    help: 'Duration of API requests in seconds',
    labels: ['method', 'route', 'status'],
  },
  tanxiao_submissions_total: {
    type: 'counter',
    help: 'Submissions kept, by the channel they came through: json or upload',
    labels: ['channel'],
  },
  tanxiao_refused_requests_total: {
    type: 'counter',
    help: 'Requests answered 503 by back-pressure; the reason is backlog',
    labels: ['reason'],
  },
  tanxiao_outbox_rows: {
    type: 'gauge',
    help: 'Rows of the outbox, by topic',
    labels: ['topic'],
  },
  tanxiao_outbox_oldest_seconds: {
    type: 'gauge',
    help: 'Age of the oldest row of the outbox in seconds, by topic',
    labels: ['topic'],
  },
  tanxiao_queue_jobs: {
    type: 'gauge',
    help: 'Jobs of a queue, by state: waiting, active, delayed or failed',
    labels: ['queue', 'state'],
  },
  tanxiao_queue_oldest_seconds: {
    type: 'gauge',
    help: 'Age of the oldest waiting job of a queue in seconds',
    labels: ['queue'],
  },
  tanxiao_job_seconds: {
    type: 'histogram',
    help: 'Duration of jobs in seconds, by queue and result: done or failed',
    labels: ['queue', 'result'],
  },
  tanxiao_rate_batch_submissions: {
    type: 'histogram',
    help: 'Submissions in a rate job',
    labels: [],
  },
  tanxiao_ratings_total: {
    type: 'counter',
    help: 'Ratings kept, by channel (arrival or run) and outcome (rated, not-rated or failed)',
    labels: ['channel', 'outcome'],
  },
  tanxiao_refereed_total: {
    type: 'counter',
    help: 'Ratings decided by the referee in exact arithmetic, by channel: arrival or run',
    labels: ['channel'],
  },
  tanxiao_run_subjects: {
    type: 'gauge',
    help: 'Subjects done in the current step of open runs',
    labels: ['rulebook', 'period', 'step'],
  },
  tanxiao_run_subjects_expected: {
    type: 'gauge',
    help: 'Subjects of open runs',
    labels: ['rulebook', 'period'],
  },
  tanxiao_relay_failures: {
    type: 'gauge',
    help: 'Ticks of the outbox relay that failed since the last good one',
    labels: [],
  },
  tanxiao_worker_wedged: {
    type: 'gauge',
    help: '1 where a queue has work and its worker shows no sign of life, else 0',
    labels: ['queue'],
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export interface MetricDefinition {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
}

export type MetricName = keyof typeof METRICS;

/** Node's own metrics (prom-client) carry it as well: `tanxiao_process_resident_memory_bytes`. */
export const METRIC_PREFIX = 'tanxiao_';
