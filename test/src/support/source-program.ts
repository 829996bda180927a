/** A program of the `test` folder run from its sources, as jest runs, in a process of its own. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const HOOK = path.resolve(__dirname, '../../../packages/queue/src/testing/require-typescript.cjs');

export interface ProgramRun {
  readonly code: number | null;
  /** Both streams, as they came. */
  readonly output: string;
}

/** @param file below `test/src` */
export async function runProgram(file: string, ...words: readonly string[]): Promise<ProgramRun> {
  const program = path.resolve(__dirname, '..', file);
  const child = spawn(process.execPath, ['--require', HOOK, program, ...words]);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, output: stdout + stderr };
}
