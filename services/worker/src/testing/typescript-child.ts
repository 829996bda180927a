/** Runs one of the sources in a process of its own, without a build. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

/** Lets a child process run TypeScript; the queue package's tests have it too. */
const HOOK = join(__dirname, '../../../../packages/queue/src/testing/require-typescript.cjs');

export interface Child {
  readonly process: ChildProcess;
  readonly ready: Promise<void>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
  errors(): string;
}

export function forkTypescript(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Child {
  const child = fork(join(__dirname, file), args, {
    execArgv: ['--require', HOOK],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stdout?.resume();
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  const ended = new Promise<number | string | null>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal)),
  );
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      if ((message as { type?: unknown }).type === 'ready') resolve();
    });
    void ended.then((how) => reject(new Error(`ended (${how}) before it was ready: ${errors}`)));
  });
  // Where a test expects the end, nobody waits for it to be ready.
  ready.catch(() => undefined);
  return { process: child, ready, ended, errors: () => errors };
}
