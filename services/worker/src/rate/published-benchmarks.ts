/** The benchmarks that a rating made on arrival is compared with: those of the latest published run. */
import type { Plan } from '@tanxiao/rulebook';
import { latestPublishedRun } from '@tanxiao/store';
import type { Pool } from 'pg';

import type { KeptBenchmarks } from './evaluate';
import { RunBenchmarks } from './run-benchmarks';

export type BenchmarkSource = (plan: Plan) => Promise<KeptBenchmarks | null>;

export function publishedBenchmarks(pool: Pool): BenchmarkSource {
  const benchmarks = new RunBenchmarks(pool);
  return async (plan) => {
    const run = await latestPublishedRun(pool, {
      rulebookId: plan.rulebook.id,
      period: plan.period.id,
    });
    return run === null ? null : benchmarks.of(plan, run.runId);
  };
}
