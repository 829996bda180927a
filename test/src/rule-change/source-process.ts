/** Programs of this repository as processes of their own, run from their sources without a build. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const REPOSITORY = path.resolve(__dirname, '../../..');
const HOOK = path.join(REPOSITORY, 'packages/queue/src/testing/require-typescript.cjs');
/** Lets Node, and the threads it starts, read TypeScript. */
export const SOURCES = ['--require', HOOK];

export interface SourceProcess {
  /** What it said when it was ready. */
  readonly said: Readonly<Record<string, unknown>>;
  /** Its standard output so far: the log. */
  output(): string;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** Resolves once the process has sent `{ type: 'ready', … }`. */
export async function startSource(
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<SourceProcess> {
  const child = fork(path.join(REPOSITORY, file), {
    execArgv: SOURCES,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  let errors = '';
  child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const said = await Promise.race([readiness(child), ended]);
  if (said === null || typeof said === 'number')
    throw new Error(`${file} ended before it was ready: ${errors}`);
  return {
    said,
    output: () => output,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function readiness(child: ChildProcess): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve) =>
    child.on('message', (message) => {
      const said = message as Readonly<Record<string, unknown>>;
      if (said.type === 'ready') resolve(said);
    }),
  );
}

export interface CommandRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line, in English. */
export async function tanxiao(...words: readonly string[]): Promise<CommandRun> {
  const main = path.join(REPOSITORY, 'packages/cli/src/main.ts');
  const child = spawn(process.execPath, [...SOURCES, main, ...words, '--lang', 'en']);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, stdout, stderr };
}
