/**
 * The main thread's end of the dry-run thread. It is started with the first dry run and kept for the next (loading
 * the rule engine takes a second or two), until nobody has asked for some minutes; one that exceeds its time or memory is ended.
 */
import path from 'node:path';
import { Worker } from 'node:worker_threads';

import { type DryRunView, ProblemError } from '@tanxiao/contracts';
import type { DocumentProblem } from '@tanxiao/rulebook';

import { DRY_RUN_HEAP_MB, DRY_RUN_IDLE_SECONDS, DRY_RUN_SECONDS } from '../http/limits';
import type { ThreadFile } from '../http/thread-file';
import type { DryRunDocuments, FromThread, SubjectBatch, ToThread } from './thread-messages';

const BUILT: ThreadFile = { file: path.join(__dirname, 'dry-run-thread.js'), execArgv: [] };

export type DryRunStart =
  | { readonly ok: true }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[] }
  | { readonly ok: false; readonly knownGradings: readonly string[] };

/** One dry run; `cancel` it wherever it did not finish. */
export interface DryRunJob {
  start(documents: DryRunDocuments): Promise<DryRunStart>;
  add(batch: SubjectBatch): void;
  finish(movers: number): Promise<DryRunView>;
  /** Ends the thread, whatever it is at; who waits gets the reason. Does nothing once finished or refused. */
  cancel(reason: Error): void;
}

export class DryRunWorker {
  private warm: Worker | null = null;
  private idle: NodeJS.Timeout | null = null;

  constructor(private readonly thread: ThreadFile = BUILT) {}

  /** The caller sees to it that there is one at a time. */
  open(): DryRunJob {
    if (this.idle !== null) clearTimeout(this.idle);
    const worker = this.warm ?? this.started();
    this.warm = null;
    const conversation = new Conversation(worker);
    const timer = setTimeout(() => conversation.fail(tooLong()), DRY_RUN_SECONDS * 1000).unref();
    let over = false;
    const end = (then: () => void): void => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      conversation.close();
      then();
    };
    const keep = (): void => this.keep(worker);
    return {
      start: async (documents) => {
        const started = startOf(await conversation.ask({ type: 'start', documents }));
        if (!started.ok) end(keep);
        return started;
      },
      add: (batch) => conversation.tell(batch),
      finish: async (movers) => {
        const said = await conversation.ask({ type: 'finish', movers });
        if (said.type !== 'done') throw new Error(`the dry-run thread said ${said.type}`);
        end(keep);
        return said.view;
      },
      cancel: (reason) => {
        conversation.fail(reason);
        end(() => void worker.terminate());
      },
    };
  }

  /** Ends a thread that waits for its next job. */
  close(): void {
    if (this.idle !== null) clearTimeout(this.idle);
    void this.warm?.terminate();
    this.warm = null;
  }

  private started(): Worker {
    const worker = new Worker(this.thread.file, {
      execArgv: [...this.thread.execArgv],
      resourceLimits: { maxOldGenerationSizeMb: DRY_RUN_HEAP_MB },
    });
    // Requests keep the process alive, not the thread that serves them.
    worker.unref();
    worker.once('exit', () => {
      if (this.warm === worker) this.warm = null;
    });
    // Also where nobody is in conversation with it: its end is all that matters then.
    worker.on('error', () => undefined);
    return worker;
  }

  private keep(worker: Worker): void {
    this.warm = worker;
    this.idle = setTimeout(() => this.close(), DRY_RUN_IDLE_SECONDS * 1000).unref();
  }
}

/** Questions and answers, one at a time; a thread that dies or runs out of time answers with an error. */
class Conversation {
  private waiting: Resolvers<FromThread> | null = null;
  private failure: Error | null = null;

  constructor(private readonly worker: Worker) {
    worker.on('message', this.heard);
    worker.on('error', this.broken);
    worker.on('exit', this.ended);
  }

  async ask(message: ToThread): Promise<FromThread> {
    if (this.failure !== null) throw this.failure;
    const answer = withResolvers<FromThread>();
    this.waiting = answer;
    this.worker.postMessage(message);
    const said = await answer.promise;
    if (said.type === 'failed') throw said.error;
    return said;
  }

  /** A batch has no answer: what goes wrong with it is the answer to the next question. */
  tell(batch: SubjectBatch): void {
    const message: ToThread = { type: 'batch', batch };
    // Its buffer moves over instead of being copied.
    this.worker.postMessage(message, [batch.inputs.buffer]);
  }

  fail(error: Error): void {
    this.failure ??= error;
    this.waiting?.reject(this.failure);
    this.waiting = null;
  }

  close(): void {
    this.worker.off('message', this.heard);
    this.worker.off('exit', this.ended);
    this.worker.off('error', this.broken);
  }

  private readonly heard = (said: FromThread): void => {
    this.waiting?.resolve(said);
    this.waiting = null;
  };

  private readonly broken = (error: Error & { code?: string }): void => {
    this.fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuchMemory() : error);
  };

  private readonly ended = (): void => {
    this.fail(new Error('the dry-run thread ended'));
  };
}

function startOf(said: FromThread): DryRunStart {
  switch (said.type) {
    case 'ready':
      return { ok: true };
    case 'refused':
      return { ok: false, problems: said.problems };
    case 'no-grading':
      return { ok: false, knownGradings: said.known };
    default:
      throw new Error(`the dry-run thread said ${said.type}`);
  }
}

function tooLong(): ProblemError {
  return new ProblemError('too-costly', {
    reasonZh: `试行超过 ${DRY_RUN_SECONDS} 秒仍未完成`,
    reasonEn: `the dry run was not done within ${DRY_RUN_SECONDS} seconds`,
  });
}

function tooMuchMemory(): ProblemError {
  return new ProblemError('too-costly', {
    reasonZh: `试行所需内存超过 ${DRY_RUN_HEAP_MB} MB`,
    reasonEn: `the dry run needs more than ${DRY_RUN_HEAP_MB} MB of memory`,
  });
}

interface Resolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** Promise.withResolvers, which Node 20 does not have. */
function withResolvers<T>(): Resolvers<T> {
  let resolvers: Omit<Resolvers<T>, 'promise'> | null = null;
  const promise = new Promise<T>((resolve, reject) => {
    resolvers = { resolve, reject };
  });
  return { promise, ...resolvers! };
}
