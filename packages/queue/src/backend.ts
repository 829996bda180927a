/**
 * What the package uses of BullMQ, the same on both kinds of queue server. BullMQ's own classes carry the
 * server's kind in their type arguments; these interfaces do not.
 */
import type { Processor } from 'bullmq';

import type { Endable } from './ending';

/** A job as BullMQ's `addBulk` takes it. */
export interface BulkJob {
  readonly name: string;
  readonly data: unknown;
  readonly opts: { readonly jobId: string };
}

/** What this package uses of BullMQ's `Queue`. */
export interface OpenQueue extends Endable {
  waitUntilReady(): Promise<unknown>;
  addBulk(jobs: BulkJob[]): Promise<unknown>;
  getJobCounts(
    ...types: ('waiting' | 'prioritized' | 'active' | 'delayed' | 'failed' | 'completed')[]
  ): Promise<Record<string, number>>;
  getWaiting(start: number, end: number): Promise<{ readonly timestamp: number }[]>;
  upsertJobScheduler(
    id: string,
    repeat: { readonly pattern: string; readonly tz: string },
    template: { readonly name: string; readonly data: unknown },
  ): Promise<unknown>;
  removeJobScheduler(id: string): Promise<boolean>;
  getJobSchedulers(): Promise<{ readonly key: string }[]>;
  /** Removes every job, also active ones. */
  obliterate(options: { force: boolean }): Promise<void>;
}

/** What this package uses of BullMQ's `Worker`. */
export interface OpenWorker extends Endable {
  readonly id: string;
  run(): Promise<void>;
  isRunning(): boolean;
  waitUntilReady(): Promise<unknown>;
  cancelJob(jobId: string, reason?: string): boolean;
  cancelAllJobs(reason?: string): void;
}

/** A job that begins when the jobs below it have ended, however they ended. */
export interface FlowOfJobs {
  readonly name: string;
  readonly queueName: string;
  readonly data: unknown;
  readonly opts: { readonly jobId: string };
  readonly children: readonly Omit<FlowOfJobs, 'children'>[];
}

/** What this package uses of BullMQ's `FlowProducer`. */
export interface OpenFlows extends Endable {
  waitUntilReady(): Promise<unknown>;
  add(flow: FlowOfJobs): Promise<void>;
}

export interface WorkerSettings {
  readonly concurrency: number;
  readonly lockDuration: number;
  readonly stalledInterval: number;
  readonly maxStalledCount: number;
}

/** Everything either class can report. `error` is always listened to: without a listener it ends the process. */
export interface WorkerEvents {
  readonly onError: (error: Error) => void;
  readonly onLockLost: (jobIds: readonly string[]) => void;
  readonly onStalled: (jobId: string) => void;
}

export interface QueueBackend {
  readonly kind: 'postgres' | 'redis';
  openQueue(name: string, onError: (error: Error) => void): OpenQueue;
  openFlows(onError: (error: Error) => void): OpenFlows;
  openWorker(
    name: string,
    processor: Processor<unknown, null>,
    settings: WorkerSettings,
    events: WorkerEvents,
  ): OpenWorker;
}
