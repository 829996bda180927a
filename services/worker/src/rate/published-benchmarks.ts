/** The benchmarks that a rating made on arrival is compared with: those of the latest published run, kept by run id. */
import { BenchmarkTable, type Plan } from '@tanxiao/rulebook';
import { latestPublishedRun, loadRunBenchmarks } from '@tanxiao/store';
import type { Pool } from 'pg';

import type { KeptBenchmarks } from './evaluate';

/** A run's benchmarks never change; a few periods of two rulebooks are in use at a time. */
const KEPT_RUNS = 8;

export type BenchmarkSource = (plan: Plan) => Promise<KeptBenchmarks | null>;

export function publishedBenchmarks(pool: Pool): BenchmarkSource {
  const kept = new Map<string, KeptBenchmarks>();
  return async (plan) => {
    const run = await latestPublishedRun(pool, {
      rulebookId: plan.rulebook.id,
      period: plan.period.id,
    });
    if (run === null) return null;
    const key = `${run.runId} ${plan.rulebook.hash}`;
    const known = kept.get(key);
    if (known) return known;
    const benchmarks = await benchmarksOfRun(pool, plan, run.runId);
    kept.set(key, benchmarks);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_RUNS && oldest !== undefined) kept.delete(oldest);
    return benchmarks;
  };
}

export async function benchmarksOfRun(
  pool: Pool,
  plan: Plan,
  runId: string,
): Promise<KeptBenchmarks> {
  const rows = await loadRunBenchmarks(pool, runId);
  const key = (of: { readonly statistic: string; readonly groupKey: string }): string =>
    `${of.statistic} ${of.groupKey}`;
  const ids = new Map(rows.map((row) => [key(row), row.id]));
  return {
    runId,
    table: BenchmarkTable.from(plan, rows),
    idOf: (of) => ids.get(key(of)) ?? null,
  };
}
