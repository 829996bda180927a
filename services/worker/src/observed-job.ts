/** Around every job: its span, which goes on with the requests' traces, its duration, and the line that says how it ended. */
import { type JobHandler, type JobKind, outboxIdsOf, QUEUE_NAMES } from '@tanxiao/queue';
import { outboxTraceparents } from '@tanxiao/store';
import { inJobSpan, isTracing } from '@tanxiao/telemetry';

import type { WorkerServices } from './services';

export function observed<K extends JobKind>(
  kind: K,
  handler: JobHandler<K>,
  { pool, logger, metrics }: WorkerServices,
): JobHandler<K> {
  return async (payload, context) => {
    const job = { job: context.jobId, queue: kind, attempt: context.attempt };
    const timed = async (): Promise<void> => {
      const begun = performance.now();
      const passed = (): number => Math.round(performance.now() - begun);
      const ended = (result: 'done' | 'failed'): void =>
        metrics.jobEnded({ queue: kind, result, seconds: (performance.now() - begun) / 1000 });
      try {
        await handler(payload, context);
      } catch (error) {
        // Given back on closing, or another worker's by now: no failure.
        if (!context.signal.aborted) ended('failed');
        logger.warn({ ...job, ms: passed(), err: error }, 'job to be tried again');
        throw error;
      }
      ended('done');
      logger.debug({ ...job, ms: passed() }, 'job done');
    };
    if (!isTracing()) return timed();
    const traceparents = await outboxTraceparents(pool, outboxIdsOf(payload));
    const attributes = {
      'messaging.system': 'bullmq',
      'messaging.operation.type': 'process',
      'messaging.destination.name': QUEUE_NAMES[kind],
      'messaging.message.id': context.jobId,
      'tanxiao.attempt': context.attempt,
    };
    return inJobSpan(`${kind} job`, { attributes, traceparents }, timed);
  };
}
