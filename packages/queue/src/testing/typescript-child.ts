/** Runs one of the sources in a process of its own, for a test to kill. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

export function forkTypescript(file: string, args: readonly string[]): ChildProcess {
  return fork(file, args, {
    execArgv: ['--require', join(__dirname, 'require-typescript.cjs')],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}
