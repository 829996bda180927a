/** What the API counts and measures for Prometheus; the outbox is asked when Prometheus asks. */
import { OUTBOX_TOPICS, outboxBacklog } from '@tanxiao/store';
import { asked, counter, gauge, histogram, Registry } from '@tanxiao/telemetry';
import type { Pool } from 'pg';
import type { Logger } from 'pino';

export interface EndedRequest {
  readonly method: string;
  /** The route's template, or `unmatched`. */
  readonly route: string;
  /** The answer's status, or `aborted` where the client went before it. */
  readonly status: string;
  readonly seconds: number;
}

export interface ApiMetrics {
  readonly registry: Registry;
  requestEnded(request: EndedRequest): void;
  /** Submissions committed by requests of their own; a file's are counted by the worker. */
  submissionsKept(count: number): void;
  /** A request answered 503 because too much waits already. */
  requestRefused(reason: 'backlog'): void;
}

/** Seconds. Reads take milliseconds; a large upload, an export or a dry run up to minutes. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function createApiMetrics(of: { readonly pool: Pool; readonly logger: Logger }): ApiMetrics {
  const registry = new Registry();
  const requests = histogram(registry, 'tanxiao_http_request_seconds', REQUEST_BUCKETS);
  const submissions = counter(registry, 'tanxiao_submissions_total');
  const refused = counter(registry, 'tanxiao_refused_requests_total');
  // Rates are read from differences: the series must be there before the first event.
  submissions.inc({ channel: 'json' }, 0);
  refused.inc({ reason: 'backlog' }, 0);
  measureOutbox(registry, of);
  return {
    registry,
    requestEnded: ({ seconds, ...labels }) => requests.observe(labels, seconds),
    submissionsKept: (count) => submissions.inc({ channel: 'json' }, count),
    requestRefused: (reason) => refused.inc({ reason }),
  };
}

/** Here and not in the worker: it must be seen most of all when no worker runs. */
function measureOutbox(
  registry: Registry,
  { pool, logger }: { readonly pool: Pool; readonly logger: Logger },
): void {
  const backlog = asked(() => outboxBacklog(pool), {
    onError: (error) => logger.warn({ err: error }, 'the outbox could not be asked for metrics'),
  });
  /** Topics with nothing waiting are 0; none at all where the database gives no answer. */
  const byTopic = async (what: 'rows' | 'oldestSeconds') => {
    const answer = await backlog();
    if (answer === null) return [];
    const values = new Map(answer.map((topic) => [topic.topic, topic[what]]));
    return OUTBOX_TOPICS.map((topic) => ({ labels: { topic }, value: values.get(topic) ?? 0 }));
  };
  gauge(registry, 'tanxiao_outbox_rows', () => byTopic('rows'));
  gauge(registry, 'tanxiao_outbox_oldest_seconds', () => byTopic('oldestSeconds'));
}
