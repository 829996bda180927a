/** Tries cases in child processes with a bounded heap and a bounded time each; a child that breaks is replaced. */
import { type ChildProcess, fork } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';

import type { Reply, Task } from './child';

export const HEAP_MEGABYTES = 256;
export const MOST_SECONDS = 10;

export interface Trial extends Task {
  /** Null where the child hung or died: `end` says how. */
  readonly reply: Reply | null;
  readonly end: string | null;
}

/** The compiled child, from src/ and from dist/: it runs as plain JavaScript. */
const CHILD = path.join(__dirname, '../../dist/hostile/child.js');

export async function tryAll(
  tasks: readonly Task[],
  told: (trial: Trial) => void,
): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    let child: ChildProcess | null = null;
    for (let task = tasks[next++]; task; task = tasks[next++]) {
      child ??= fork(CHILD, { execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`], silent: true });
      const trial = await tryOne(child, task);
      if (trial.reply === null) child = null;
      trials.push(trial);
      told(trial);
    }
    child?.kill();
  };
  await Promise.all(os.cpus().map(lane));
  return trials;
}

function tryOne(child: ChildProcess, task: Task): Promise<Trial> {
  return new Promise((resolve) => {
    const done = (reply: Reply | null, end: string | null): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve({ ...task, reply, end });
    };
    const timer = setTimeout(() => {
      done(null, `still running after ${MOST_SECONDS} s`);
      child.kill('SIGKILL');
    }, MOST_SECONDS * 1000);
    child.once('message', (reply) => done(reply as Reply, null));
    child.once('exit', (code, signal) => done(null, `died: ${signal ?? `exit ${code}`}`));
    child.once('error', (error) => done(null, `died: ${error.message}`));
    child.send(task);
  });
}
