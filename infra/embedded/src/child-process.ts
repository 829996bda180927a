/** One supervised Node process: started, its output prefixed line by line, its readiness awaited. */
import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import type { ReadyMessage } from './child-lifecycle';

export interface ChildSpec {
  /** Short; stands before each line that the child prints. */
  name: string;
  modulePath: string;
  args?: string[];
  /** Added to our own environment, asked for at each start. */
  env?: () => Record<string, string>;
  /** Limit of its JavaScript heap in MB; beyond it the process ends and is restarted. Default: Node's own. */
  heapMb?: number;
  /** How long it may take from SIGTERM to its end before SIGKILL. Default 10 s. */
  graceMs?: number;
  /** How long it may take to say that it is ready. Default 60 s. */
  readyTimeoutMs?: number;
}

export interface ChildExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface RunningChild {
  readonly pid: number;
  /** Resolves with its message, or with null when it ended or its time ran out before. */
  readonly ready: Promise<ReadyMessage | null>;
  readonly exited: Promise<ChildExit>;
  /** SIGTERM, and SIGKILL after the grace; resolves when it has ended. */
  stop(): Promise<void>;
  kill(): void;
}

export function startChild(spec: ChildSpec, write: (line: string) => void): RunningChild {
  const child = fork(spec.modulePath, spec.args ?? [], {
    env: { ...process.env, ...spec.env?.() },
    execArgv: spec.heapMb === undefined ? [] : [`--max-old-space-size=${spec.heapMb}`],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A session of its own: Ctrl-C in the terminal reaches only us, and we end the children in order.
    // (On Windows that would open a window for each, and there Ctrl-C is handled by the children.)
    detached: process.platform !== 'win32',
  });
  const prefixed = (line: string) => write(`[${spec.name}] ${line}`);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) pipeLines(stream, prefixed);
  }
  let ended = false;
  const exited = new Promise<ChildExit>((resolve) => {
    child.on('error', (error) => {
      prefixed(error.message);
      // Without a pid it never started, so no 'exit' will follow.
      if (child.pid === undefined) {
        ended = true;
        resolve({ code: null, signal: null });
      }
    });
    child.on('exit', (code, signal) => {
      ended = true;
      resolve({ code, signal });
    });
  });
  const stop = async () => {
    if (ended) return;
    askToStop(child);
    const timer = setTimeout(() => child.kill('SIGKILL'), spec.graceMs ?? 10_000);
    await exited;
    clearTimeout(timer);
  };
  const ready = awaitReady(child, exited, spec.readyTimeoutMs ?? 60_000);
  return { pid: child.pid ?? 0, ready, exited, stop, kill: () => child.kill('SIGKILL') };
}

function askToStop(child: ChildProcess): void {
  // On Windows a signal ends a process at once, so it is asked by message.
  if (process.platform === 'win32' && child.connected) child.send({ type: 'stop' });
  else child.kill('SIGTERM');
}

function pipeLines(stream: Readable, write: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', write);
}

async function awaitReady(
  child: ChildProcess,
  exited: Promise<ChildExit>,
  timeoutMs: number,
): Promise<ReadyMessage | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), timeoutMs);
    timer.unref();
    child.on('message', (message) => {
      if (isReady(message)) resolve(message);
    });
    void exited.then(() => resolve(null));
  }).then((message) => message as ReadyMessage | null);
}

function isReady(message: unknown): message is ReadyMessage {
  return typeof message === 'object' && message !== null && 'type' in message
    ? message.type === 'ready'
    : false;
}
