/** For tests: a migrated database of their own, made submissions and uploads, and the jobs without a queue. */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';

import { newId, usccCheckCharacter, type ValidSubmission } from '@tanxiao/contracts';
import type { JobContext } from '@tanxiao/queue';
import { loadStandards, type Standards, standardsInForce } from '@tanxiao/standards';
import {
  appendUploadChunk,
  countApprovals,
  createPool,
  createUpload,
  enqueueImport,
  finishReceiving,
  inTransaction,
  keepFactorSetDocuments,
  keepRulebookDocuments,
  keepSubmissions,
  listApprovedDocuments,
  migrate,
} from '@tanxiao/store';
import type { Pool } from 'pg';
import { pino } from 'pino';

import { createWorkerMetrics } from '../metrics/worker-metrics';
import { RunBenchmarks } from '../rate/run-benchmarks';
import { ChunkMemory } from '../run/chunk-memory';
import { ColumnSpace } from '../run/column-space';
import type { WorkerServices } from '../services';
import { StatisticsRefresh } from '../statistics-refresh';
import { makeTemporaryFolder } from '../temporary-folder';
import { WORK_LIMITS } from '../work-limits';

export const RULEBOOK = 'industrial-carbon-efficiency';
export const PERIOD = '2026Q3';
export const BY = { actor: 'test', requestId: 'request-of-the-test' };

/** Of `test/src/support`, which lies outside of this project's sources. */
interface TestSupport {
  readonly createTestDatabase: (options: {
    template: { name: string; prepareTemplate: (url: string) => Promise<void> };
  }) => Promise<{ url: string; drop(): Promise<void> }>;
}

export interface WorkerDatabase {
  readonly url: string;
  readonly pool: Pool;
  readonly services: WorkerServices;
  /** What ships. */
  readonly standards: Standards;
  /** First column of the first row. */
  value<T>(sql: string, values?: unknown[]): Promise<T>;
  close(): Promise<void>;
}

export async function workerDatabase(): Promise<WorkerDatabase> {
  const { createTestDatabase } = jest.requireActual<TestSupport>('../../../../test/src/support');
  const database = await createTestDatabase({
    template: { name: 'store_migrated', prepareTemplate: migrated },
  });
  const pool = createPool({ connectionString: database.url, max: 6 });
  const standards = loadStandards();
  await keepRulebookDocuments(pool, standards.rulebooks, BY);
  await keepFactorSetDocuments(pool, standards.factorSets, BY);
  const logger = pino({ level: process.env.WORKER_TEST_LOG ?? 'silent' });
  const temporaryFolder = await makeTemporaryFolder();
  const statistics = new StatisticsRefresh(pool, logger);
  return {
    url: database.url,
    pool,
    standards,
    services: {
      ...{ pool, logger, temporaryFolder, statistics, limits: WORK_LIMITS },
      chunks: new ChunkMemory(1e8),
      columnSpace: new ColumnSpace(),
      benchmarks: new RunBenchmarks(pool),
      metrics: createWorkerMetrics(),
      standardsInForce: standardsInForce(standards, {
        count: () => countApprovals(pool),
        documents: () => listApprovedDocuments(pool),
      }),
    },
    value: async <T>(sql: string, values: unknown[] = []): Promise<T> => {
      const { rows } = await pool.query<Record<string, T>>(sql, values);
      return Object.values(rows[0]!)[0]!;
    },
    close: async () => {
      await statistics.settled();
      await rm(temporaryFolder, { recursive: true, force: true });
      await pool.end();
      await database.drop();
    },
  };
}

async function migrated(url: string): Promise<void> {
  const pool = createPool({ connectionString: url, max: 2 });
  await migrate(pool);
  await pool.end();
}

/** A job's context where no queue is involved. */
export function jobContext(over: Partial<JobContext> = {}): JobContext {
  return {
    jobId: 'job-of-the-test',
    attempt: 1,
    signal: new AbortController().signal,
    beat: () => undefined,
    ...over,
  };
}

export function uscc(number: number): string {
  const first17 = `91330502MA${String(number).padStart(7, '0')}`;
  return first17 + usccCheckCharacter(first17);
}

/** Made enterprise `number`: 100 万元 of value added, electricity rising with its number. */
export function submission(
  number: number,
  over: Readonly<Record<string, number | null>> = {},
): ValidSubmission {
  return {
    subject: { scheme: 'uscc', code: uscc(number) },
    name: `企业 ${number}`,
    period: PERIOD,
    regionCode: '330502',
    industryClassification: 'gbt4754-2017',
    industryCode: '1751',
    inputs: inputNames().map((name) => over[name] ?? SAMPLE[name]?.(number) ?? null),
  };
}

const SAMPLE: Readonly<Record<string, (number: number) => number>> = {
  value_added_10k_cny: () => 100,
  carrier_33: (number) => 10 + (number % 50),
};

export function inputNames(): readonly string[] {
  return loadStandards()
    .rulebooks.find(({ id }) => id === RULEBOOK)!
    .inputs.map(({ name }) => name);
}

/** Keeps submissions past the form, as the API would after it. */
export async function keep(
  services: WorkerServices,
  items: readonly ValidSubmission[],
): Promise<readonly string[]> {
  const kept = await inTransaction(services.pool, (tx) =>
    keepSubmissions(
      tx,
      {
        rulebookId: RULEBOOK,
        inputNames: inputNames(),
        items: items.map((item) => ({ submission: item })),
      },
      BY,
    ),
  );
  return kept.map(({ id }) => id);
}

export const CSV_HEADER = 'uscc,name,region_code,industry_code,value_added_10k_cny,carrier_33';

/** A file of enterprises 1…count; rows (1-based among the data rows) in `bad` have a code that is none. */
export function csvFile(count: number, bad: readonly number[] = []): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const code = bad.includes(i + 1) ? 'BAD' : uscc(i + 1);
    return `${code},企业 ${i + 1},330502,1751,100,${10 + (i % 50)}`;
  });
  return `${[CSV_HEADER, ...lines].join('\n')}\n`;
}

/** An upload whose bytes have all arrived. */
export async function receive(
  { pool }: WorkerServices,
  file: string | Buffer,
  over: {
    partial?: boolean;
    format?: 'csv' | 'xlsx';
    period?: string | null;
    rulebookId?: string;
  } = {},
): Promise<{ readonly uploadId: string; readonly outboxId: number }> {
  const bytes = Buffer.from(file);
  const holder = newId();
  return inTransaction(pool, async (tx) => {
    const { upload } = await createUpload(
      tx,
      {
        rulebookId: over.rulebookId ?? RULEBOOK,
        period: over.period === undefined ? PERIOD : over.period,
        filename: 'made.csv',
        format: over.format ?? 'csv',
        partial: over.partial ?? false,
        idempotencyKey: null,
        fingerprint: 'made',
        holder,
      },
      BY,
    );
    const uploadId = upload.id;
    for (let seq = 0; seq * 100_000 < bytes.length; seq++)
      await appendUploadChunk(tx, {
        uploadId,
        holder,
        seq,
        bytes: bytes.subarray(seq * 100_000, (seq + 1) * 100_000),
      });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await finishReceiving(tx, { uploadId, holder, sha256 });
    return { uploadId, outboxId: await enqueueImport(tx, uploadId, BY) };
  });
}

/** Waits until `condition` holds. @throws after `ms`, naming what was waited for */
export async function until(
  what: string,
  condition: () => Promise<boolean>,
  ms = 20_000,
): Promise<void> {
  const end = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
