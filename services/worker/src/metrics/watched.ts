/** Gauges of what lies outside of the jobs: the queues, the relay, open runs. Asked when Prometheus asks. */
import { JOB_KINDS, type JobKind, type QueueDepth } from '@tanxiao/queue';
import type { OpenRunProgress } from '@tanxiao/store';
import { asked, gauge, type Registry } from '@tanxiao/telemetry';
import type { Logger } from 'pino';

export interface Watched {
  readonly queues: () => Promise<Readonly<Record<JobKind, QueueDepth>>>;
  readonly openRuns: () => Promise<readonly OpenRunProgress[]>;
  readonly relayFailures: () => number;
  /** Whether a queue has work and its consumer shows no sign of life. Null depths: the queue gave no answer. */
  readonly wedged: (queue: JobKind, depth: QueueDepth | null) => boolean;
}

/** Series that need a server which gives no answer are missing; the others are there. */
export function watch(registry: Registry, of: Watched, logger: Logger): void {
  const depths = asked(of.queues, {
    onError: (error) => logger.warn({ err: error }, 'the queue could not be asked for metrics'),
  });
  const runs = asked(of.openRuns, {
    onError: (error) => logger.warn({ err: error }, 'runs could not be asked for metrics'),
  });
  gauge(registry, 'tanxiao_queue_jobs', async () => {
    const now = await depths();
    if (now === null) return [];
    return JOB_KINDS.flatMap((queue) =>
      (['waiting', 'active', 'delayed', 'failed'] as const).map((state) => ({
        labels: { queue, state },
        value: now[queue][state],
      })),
    );
  });
  gauge(registry, 'tanxiao_queue_oldest_seconds', async () => {
    const now = await depths();
    if (now === null) return [];
    return JOB_KINDS.map((queue) => ({
      labels: { queue },
      value: (now[queue].oldestWaitingMs ?? 0) / 1000,
    }));
  });
  gauge(registry, 'tanxiao_worker_wedged', async () => {
    const now = await depths();
    return JOB_KINDS.map((queue) => ({
      labels: { queue },
      value: of.wedged(queue, now?.[queue] ?? null) ? 1 : 0,
    }));
  });
  gauge(registry, 'tanxiao_relay_failures', () =>
    Promise.resolve([{ labels: {}, value: of.relayFailures() }]),
  );
  gauge(registry, 'tanxiao_run_subjects', async () =>
    summed((await runs()) ?? [], {
      key: ({ rulebookId, period, step }) => ({ rulebook: rulebookId, period, step }),
      value: ({ done }) => done,
    }),
  );
  gauge(registry, 'tanxiao_run_subjects_expected', async () =>
    summed((await runs()) ?? [], {
      key: ({ rulebookId, period }) => ({ rulebook: rulebookId, period }),
      value: ({ expected }) => expected,
    }),
  );
}

/** Two open runs of one rulebook and period are one series. */
function summed<Labels extends Readonly<Record<string, string>>>(
  runs: readonly OpenRunProgress[],
  of: {
    readonly key: (run: OpenRunProgress) => Labels;
    readonly value: (run: OpenRunProgress) => number;
  },
): readonly { labels: Labels; value: number }[] {
  const sums = new Map<string, { labels: Labels; value: number }>();
  for (const run of runs) {
    const labels = of.key(run);
    const name = JSON.stringify(labels);
    sums.set(name, { labels, value: (sums.get(name)?.value ?? 0) + of.value(run) });
  }
  return [...sums.values()];
}
