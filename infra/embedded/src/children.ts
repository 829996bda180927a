/**
 * Runs the child processes of `npm start`: starts them together, restarts one that dies, and ends
 * all in order, the database last. The children's side is child-lifecycle.ts.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import type { ReadyMessage } from './child-lifecycle';
import { type ChildExit, type ChildSpec, type RunningChild, startChild } from './child-process';
import type { Sentence } from './postgres/errors';

export interface RestartPolicy {
  /** So many restarts of one child within `windowMs` are tried; one more death ends everything. */
  maxRestarts: number;
  windowMs: number;
  /** Doubled with each restart within the window. */
  firstDelayMs: number;
}

export interface SuperviseOptions {
  /** Ended in this order. */
  children: ChildSpec[];
  /** Receives each line, prefixed. Default: standard output. */
  write?: (line: string) => void;
  /** Default: 5 restarts a minute, from 500 ms on. */
  restart?: Partial<RestartPolicy>;
  /** Runs after all children have ended: stops the database. */
  stopLast?: () => Promise<void>;
}

/** Why everything ended: asked for by `stop()` or a signal, or given up, with the sentence to print. */
export type SuperviseEnd =
  | { reason: 'stopped' }
  | { reason: 'forced' }
  | { reason: 'gave-up'; child: string; sentence: Sentence };

export interface Supervisor {
  /** What each child said when it became ready. Rejects with the sentence when one never did. */
  readonly ready: Promise<Map<string, ReadyMessage>>;
  /** Resolves once all children and the database have ended. Never rejects. */
  readonly ended: Promise<SuperviseEnd>;
  /** The pids of the children that run now. */
  pids(): Map<string, number>;
  /** Ends all in order; calling it again waits for the same end. */
  stop(): Promise<SuperviseEnd>;
  /** Kills the children at once; the database is still ended properly. */
  force(): void;
  /** SIGINT, SIGTERM and SIGHUP stop; a second one, a second or more later, forces. */
  handleSignals(): void;
}

export class ChildFailedError extends Error {
  readonly zh: string;
  readonly en: string;

  constructor(sentence: Sentence) {
    super(`${sentence.zh}\n${sentence.en}`);
    this.name = 'ChildFailedError';
    this.zh = sentence.zh;
    this.en = sentence.en;
  }
}

const DEFAULT_RESTART: RestartPolicy = { maxRestarts: 5, windowMs: 60_000, firstDelayMs: 500 };
/** One Ctrl-C arrives up to three times within some ms: from the terminal, npm and its script. */
const SAME_SIGNAL_MS = 1000;

export function superviseChildren(options: SuperviseOptions): Supervisor {
  return new Supervision(options);
}

class Supervision implements Supervisor {
  readonly ready: Promise<Map<string, ReadyMessage>>;
  readonly ended: Promise<SuperviseEnd>;
  private readonly running = new Map<string, RunningChild>();
  private readonly write: (line: string) => void;
  private readonly policy: RestartPolicy;
  private readonly wake = new AbortController();
  private readonly resolveEnded: (end: SuperviseEnd) => void;
  private ending: Promise<void> | null = null;
  private forced = false;

  constructor(private readonly options: SuperviseOptions) {
    this.write = options.write ?? ((line) => process.stdout.write(`${line}\n`));
    this.policy = { ...DEFAULT_RESTART, ...options.restart };
    let resolveEnded!: (end: SuperviseEnd) => void;
    this.ended = new Promise((resolve) => (resolveEnded = resolve));
    this.resolveEnded = resolveEnded;
    this.ready = this.startAll();
    // Whoever only waits for `ended` learns the failure there.
    this.ready.catch(() => undefined);
  }

  private async startAll(): Promise<Map<string, ReadyMessage>> {
    const messages = await Promise.all(
      this.options.children.map(async (spec) => [spec.name, await this.startFirst(spec)] as const),
    );
    return new Map(messages);
  }

  /** A child that dies before it was ever ready is not tried again: it would die the same way. */
  private async startFirst(spec: ChildSpec): Promise<ReadyMessage> {
    const child = this.launch(spec);
    const message = await child.ready;
    if (message !== null) {
      void this.keepRunning(spec, child);
      return message;
    }
    const sentence = neverReady(spec);
    if (this.ending === null) this.finish({ reason: 'gave-up', child: spec.name, sentence });
    throw new ChildFailedError(sentence);
  }

  private launch(spec: ChildSpec): RunningChild {
    const child = startChild(spec, this.write);
    this.running.set(spec.name, child);
    void child.exited.then(() => {
      if (this.running.get(spec.name) === child) this.running.delete(spec.name);
    });
    return child;
  }

  private async keepRunning(spec: ChildSpec, first: RunningChild): Promise<void> {
    let child = first;
    let deaths: number[] = [];
    for (;;) {
      const exit = await child.exited;
      if (this.ending !== null) return;
      deaths = [...deaths.filter((at) => at > Date.now() - this.policy.windowMs), Date.now()];
      if (deaths.length > this.policy.maxRestarts) {
        const sentence = diedTooOften(spec, deaths.length, exit);
        this.finish({ reason: 'gave-up', child: spec.name, sentence });
        return;
      }
      const delay = this.policy.firstDelayMs * 2 ** (deaths.length - 1);
      this.write(`[${spec.name}] ${describeExit(exit)}; restart in ${delay} ms`);
      // Woken early, with a rejection, when everything ends.
      await sleep(delay, null, { signal: this.wake.signal }).catch(() => null);
      if (this.wake.signal.aborted) return;
      child = this.launch(spec);
      // One that hangs on its way up is as good as dead.
      const hung = child;
      void hung.ready.then((message) => {
        if (message === null) hung.kill();
      });
    }
  }

  private finish(end: SuperviseEnd): void {
    if (this.ending !== null) return;
    this.wake.abort();
    this.ending = this.endAll().then(() => {
      this.resolveEnded(this.forced && end.reason === 'stopped' ? { reason: 'forced' } : end);
    });
  }

  private async endAll(): Promise<void> {
    for (const { name } of this.options.children) await this.running.get(name)?.stop();
    try {
      await this.options.stopLast?.();
    } catch (error) {
      this.write(error instanceof Error ? error.message : String(error));
    }
  }

  pids(): Map<string, number> {
    return new Map([...this.running].map(([name, child]) => [name, child.pid]));
  }

  stop(): Promise<SuperviseEnd> {
    this.finish({ reason: 'stopped' });
    return this.ended;
  }

  force(): void {
    this.forced = true;
    this.finish({ reason: 'stopped' });
    for (const child of this.running.values()) child.kill();
  }

  handleSignals(): void {
    let last: number | null = null;
    const onSignal = () => {
      const now = Date.now();
      if (last === null) void this.stop();
      else if (now - last >= SAME_SIGNAL_MS) this.force();
      else return;
      last = now;
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
    void this.ended.then(() => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, onSignal);
    });
  }
}

function describeExit({ code, signal }: ChildExit): string {
  return signal === null ? `ended with code ${code ?? 'unknown'}` : `was ended by ${signal}`;
}

function neverReady(spec: ChildSpec): Sentence {
  return {
    zh: `进程 ${spec.name} 启动失败：它在就绪之前结束或超时，原因见上方以 [${spec.name}] 开头的输出。`,
    en: `The process "${spec.name}" did not start: it ended, or its time ran out, before it was ready. Its lines above, marked [${spec.name}], say why.`,
  };
}

function diedTooOften(spec: ChildSpec, times: number, exit: ChildExit): Sentence {
  return {
    zh: `进程 ${spec.name} 短时间内意外结束 ${times} 次，不再重启，原因见上方以 [${spec.name}] 开头的输出。`,
    en: `The process "${spec.name}" died ${times} times within a short time (it ${describeExit(exit)}) and is not restarted any more. Its lines above, marked [${spec.name}], say why.`,
  };
}
