/** Trials on every core: each thread takes one part after the other. */
import os from 'node:os';
import { Worker } from 'node:worker_threads';

import type { Agreement } from './agreement';
import type { SmoothAgreement } from './smooth';

/** Subjects of one rulebook to try, by the version that rates the period. */
export interface Part {
  readonly rulebook: string;
  readonly period: string;
  readonly smooth: number;
  readonly adversarial: number;
  /** So many more adversarial ones at most, while a bound is not met from every side. */
  readonly moreUntilMet: number;
  readonly seed: number;
}

export interface PartResult {
  readonly adversarial: Agreement;
  readonly smooth: SmoothAgreement;
}

export interface ThreadFile {
  readonly file: string;
  /** What Node needs to read it. */
  readonly execArgv: readonly string[];
}

/** In the order of the parts. */
export async function runParts(
  parts: readonly Part[],
  { file, execArgv }: ThreadFile,
): Promise<readonly PartResult[]> {
  const results: PartResult[] = [];
  let next = 0;
  await Promise.all(
    os.cpus().map(async () => {
      const thread = new Worker(file, { execArgv: [...execArgv] });
      try {
        for (let i = next++; i < parts.length; i = next++)
          results[i] = await answer(thread, parts[i]!);
      } finally {
        await thread.terminate();
      }
    }),
  );
  return results;
}

function answer(thread: Worker, part: Part): Promise<PartResult> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      thread.off('message', resolved).off('error', rejected);
    };
    const resolved = (result: PartResult): void => {
      settle();
      resolve(result);
    };
    const rejected = (error: unknown): void => {
      settle();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    thread.on('message', resolved).on('error', rejected);
    thread.postMessage(part);
  });
}
