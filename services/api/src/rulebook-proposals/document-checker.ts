/**
 * Checks a proposed text in a thread of its own, started for it and ended with it: a hostile text can cost the limits of
 * time and memory, but neither holds up other requests nor leaves anything behind.
 */
import path from 'node:path';
import { Worker } from 'node:worker_threads';

import { ProblemError, type ProposalKind } from '@tanxiao/contracts';
import type { FactorSet, Rulebook } from '@tanxiao/rulebook';
import type { Standards } from '@tanxiao/standards';

import { CHECK_HEAP_MB, CHECK_SECONDS } from '../http/limits';
import type { ThreadFile } from '../http/thread-file';
import type { DocumentCheck, DocumentToCheck, KnownVersion } from './check-document';

const BUILT: ThreadFile = { file: path.join(__dirname, 'check-thread.js'), execArgv: [] };

export interface CheckLimits {
  readonly seconds: number;
  readonly heapMb: number;
}

export class DocumentChecker {
  constructor(
    private readonly thread: ThreadFile = BUILT,
    private readonly limits: CheckLimits = { seconds: CHECK_SECONDS, heapMb: CHECK_HEAP_MB },
  ) {}

  /** @throws ProblemError `too-costly` where the text exceeds the limits of time or memory */
  async check(task: DocumentToCheck): Promise<DocumentCheck> {
    const { seconds, heapMb } = this.limits;
    const worker = new Worker(this.thread.file, {
      execArgv: [...this.thread.execArgv],
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
      workerData: task,
    });
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<DocumentCheck>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', (error: Error & { code?: string }) =>
          reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuchMemory(heapMb) : error),
        );
        worker.once('exit', () => reject(new Error('the checking thread ended without an answer')));
        timer = setTimeout(() => reject(tooLong(seconds)), seconds * 1000);
      });
    } finally {
      clearTimeout(timer);
      await worker.terminate();
    }
  }
}

/** What a text is checked against: all that is rated with now. */
export function documentToCheck(
  standards: Standards,
  of: { readonly kind: ProposalKind; readonly text: string; readonly place: string },
): DocumentToCheck {
  return {
    ...of,
    rulebooks: standards.rulebooks.map(knownVersion),
    factorSets: standards.factorSets.map(knownVersion),
  };
}

function knownVersion({ id, version, text, document }: Rulebook | FactorSet): KnownVersion {
  return { id, version, text, from: document.effective.from };
}

function tooLong(seconds: number): ProblemError {
  return new ProblemError('too-costly', {
    reasonZh: `检查该文本超过 ${seconds} 秒仍未完成；可先用命令行 tanxiao rulebook check 检查`,
    reasonEn: `checking this text was not done within ${seconds} seconds; try \`tanxiao rulebook check\` on it`,
  });
}

function tooMuchMemory(heapMb: number): ProblemError {
  return new ProblemError('too-costly', {
    reasonZh: `检查该文本所需内存超过 ${heapMb} MB`,
    reasonEn: `checking this text needs more than ${heapMb} MB of memory`,
  });
}
