/** A program of the `test` folder as it was built (`npm test` builds first), in a process of its own. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const BUILT = path.resolve(__dirname, '../../dist');

export interface ProgramRun {
  readonly code: number | null;
  /** Both streams. */
  readonly output: string;
}

/** @param file below `test/dist` */
export async function runBuilt(file: string, ...words: readonly string[]): Promise<ProgramRun> {
  const child = spawn(process.execPath, [path.join(BUILT, file), ...words]);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, output: stdout + stderr };
}
