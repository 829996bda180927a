/** The whole product as a user starts it: `npm start`'s process tree on a data folder of its own, and its violent end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { descendants, isAlive, peakMemory, readProc, signal } from '../support/process-tree';

const REPOSITORY = path.resolve(__dirname, '../../..');
const READY_WITHIN_MS = 120_000;

export interface Stack {
  readonly url: string;
  /** The last lines it printed, for when something went wrong. */
  lastLines(): string;
  readonly pid: number;
  /** Peak resident memory of the API process so far, bytes. */
  readonly apiPeakMemory: () => number;
  /** SIGKILL to every process of the tree, the database's too, at once. */
  kill(): Promise<void>;
  /** SIGTERM, as Ctrl-C would; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** @param dataFolder made if missing; a second start on it finds its data again */
export async function startStack(
  dataFolder: string,
  env: Record<string, string> = {},
): Promise<Stack> {
  const child = spawn(process.execPath, [path.join(REPOSITORY, 'infra/embedded/dist/main.js')], {
    env: { ...process.env, TANXIAO_DATA: dataFolder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => output.push(data.toString()));
  const exited = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => resolve(code)),
  );
  const url = await ready(child, path.join(dataFolder, 'server.json'), output);
  return {
    url,
    lastLines: () => output.join('').split('\n').slice(-20).join('\n'),
    pid: child.pid!,
    apiPeakMemory: () => Math.max(...descendants(child.pid!).filter(isApi).map(peakMemory), 0),
    kill: async () => {
      // The database's backends and the children have sessions of their own: each is named by its pid.
      const tree = [child.pid!, ...descendants(child.pid!)];
      for (const pid of tree) signal(pid, 'SIGKILL');
      await exited;
      while (tree.some(isAlive)) await sleep(10);
    },
    stop: async () => {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

async function ready(
  child: ChildProcess,
  serverFile: string,
  output: readonly string[],
): Promise<string> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(`the product ended at its start:\n${output.join('')}`);
    const server = readServerFile(serverFile);
    if (server?.pid === child.pid) return server!.url;
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error(`not ready within ${READY_WITHIN_MS / 1000} s:\n${output.join('')}`);
}

function readServerFile(file: string): { url: string; pid: number } | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { url: string; pid: number };
  } catch (error) {
    // Not there yet, or half written: asked again in a moment.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT')
      return null;
    throw error;
  }
}

function isApi(pid: number): boolean {
  return (
    readProc(`/proc/${pid}/cmdline`)?.includes(path.join('services', 'api', 'dist', 'main.js')) ??
    false
  );
}
