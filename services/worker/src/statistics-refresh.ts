/** Refreshes the planner's statistics once enough was written since the last time, never twice at once. */
import { refreshStatistics } from '@tanxiao/store';
import type { Pool } from 'pg';
import type { Logger } from 'pino';

/** Fewer rows are left to autovacuum. */
const LEAST_ROWS = 2000;
/** Part of all rows written by this process that makes a refresh worth while. */
const GROWTH = 0.5;

export class StatisticsRefresh {
  private total = 0;
  private since = 0;
  private running: Promise<void> | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly logger: Logger,
  ) {}

  /** Tells that so many rows were committed. Returns at once. */
  written(rows: number): void {
    this.total += rows;
    this.since += rows;
    if (this.running || this.since < Math.max(LEAST_ROWS, this.total * GROWTH)) return;
    this.since = 0;
    this.running = refreshStatistics(this.pool)
      // Slow reads for a while are no reason to fail a job.
      .catch((error: unknown) => this.logger.warn({ err: error }, 'statistics not refreshed'))
      .finally(() => {
        this.running = null;
      });
  }

  /** Resolves once nothing is under way. */
  async settled(): Promise<void> {
    await this.running;
  }
}
