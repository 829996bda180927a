/** Benchmarks of runs, read once: what a run has kept never changes. */
import { BenchmarkTable, type Plan } from '@tanxiao/rulebook';
import { loadRunBenchmarks } from '@tanxiao/store';
import type { Pool } from 'pg';

import type { KeptBenchmarks } from './evaluate';

/** A few periods of two rulebooks are in use at a time, and a few runs are under way. */
const KEPT_RUNS = 8;

export class RunBenchmarks {
  private readonly kept = new Map<string, Promise<KeptBenchmarks>>();

  constructor(private readonly pool: Pool) {}

  /** @param stage those of earlier stages, all of which are kept; null: those of every stage */
  async of(plan: Plan, runId: string, stage: number | null = null): Promise<KeptBenchmarks> {
    const key = `${runId} ${stage} ${plan.rulebook.hash}`;
    const known = this.kept.get(key);
    if (known) return known;
    const loaded = load(this.pool, plan, runId);
    this.kept.set(key, loaded);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT_RUNS && oldest !== undefined) this.kept.delete(oldest);
    // Who asks again asks the database again.
    loaded.catch(() => this.kept.delete(key));
    return loaded;
  }
}

async function load(pool: Pool, plan: Plan, runId: string): Promise<KeptBenchmarks> {
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
