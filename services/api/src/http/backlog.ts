/**
 * Back-pressure: when more waits for the worker than it can soon do, new data is refused (503, Retry-After) before its
 * body is read. Reads are never refused. PostgreSQL keeps what waits, so this process' memory does not grow with it; the
 * limit is about time: what is accepted is rated within half a minute, or whoever sends it is told to wait.
 */
import { ProblemError } from '@tanxiao/contracts';
import { type WaitingWork, waitingWork } from '@tanxiao/store';
import type { Pool } from 'pg';

export interface BacklogLimits {
  /** Submissions waiting to be rated. */
  readonly submissions: number;
  /** Files waiting to be read. */
  readonly uploads: number;
}

/**
 * A worker rates some 7,000 submissions a second beside a busy API on two cores, so 200,000 are half a minute; their
 * outbox rows take at most 40 MB. A file takes seconds, so 100 of them are some minutes.
 */
export const DEFAULT_BACKLOG_LIMITS: BacklogLimits = { submissions: 200_000, uploads: 100 };

/** Counted again after so long, while requests go on by the last count and what this process has kept since. */
const FRESH_MS = 100;
/** A request waits for the count where the last is older. */
const STALE_MS = 1000;
/** Counting takes no more of the time than this part: a long outbox is counted less often. */
const COUNTING_SHARE = 0.1;

export class BacklogGate {
  private counted: WaitingWork = { submissions: 0, uploads: 0 };
  private countedAt = -Infinity;
  private nextCountAt = 0;
  private counting: Promise<void> | null = null;
  private taken = 0;

  private readonly limits: BacklogLimits;

  constructor(
    private readonly parts: {
      readonly pool: Pool;
      /** Default: {@link DEFAULT_BACKLOG_LIMITS}. */
      readonly limits?: BacklogLimits | undefined;
      /** Told of each refusal, once. */
      readonly refused: () => void;
    },
  ) {
    this.limits = parts.limits ?? DEFAULT_BACKLOG_LIMITS;
  }

  /** @throws ProblemError `backlog-full` */
  async admitSubmissions(): Promise<void> {
    await this.refreshed();
    const waiting = this.counted.submissions + this.taken;
    if (waiting >= this.limits.submissions) throw this.refusal('submissions');
  }

  /** A file's rows are rated as they are kept, but what waits already comes first. @throws ProblemError `backlog-full` */
  async admitUpload(): Promise<void> {
    await this.admitSubmissions();
    if (this.counted.uploads >= this.limits.uploads) throw this.refusal('uploads');
  }

  /** Submissions were kept: they wait, though no count has seen them yet. */
  kept(submissions: number): void {
    this.taken += submissions;
  }

  private refusal(kind: keyof typeof KINDS): ProblemError {
    this.parts.refused();
    return full(this.limits[kind], kind);
  }

  private async refreshed(): Promise<void> {
    const now = performance.now();
    if (now < this.nextCountAt) return;
    const counting = (this.counting ??= this.count().finally(() => {
      this.counting = null;
    }));
    if (now - this.countedAt > STALE_MS) return counting;
    // Where the database is away the next request tries again, and once the count is stale it is told.
    counting.catch(() => undefined);
  }

  private async count(): Promise<void> {
    const began = performance.now();
    const before = this.taken;
    this.counted = await waitingWork(this.parts.pool, this.limits);
    // What was kept while the count ran may or may not be in it: counted twice for a moment, never missed.
    this.taken -= before;
    this.countedAt = performance.now();
    const took = this.countedAt - began;
    this.nextCountAt = this.countedAt + Math.max(FRESH_MS, took / COUNTING_SHARE);
  }
}

const KINDS = {
  submissions: { zh: '条填报等待评价', en: 'submissions wait to be rated' },
  uploads: { zh: '个文件等待读取', en: 'files wait to be read' },
} as const;

function full(limit: number, kind: keyof typeof KINDS): ProblemError {
  const { zh, en } = KINDS[kind];
  return new ProblemError('backlog-full', {
    waitingZh: `已有 ${limit} ${zh}`,
    waitingEn: `${limit} ${en}`,
  });
}
