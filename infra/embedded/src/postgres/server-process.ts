/**
 * One running server: launching it, watching that it lives, and ending it gently. Knows processes,
 * not folders or locks; those are the business of start.ts.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { isSameProcess, processStart } from '../process-identity';
import type { Account } from './account';
import type { Binaries } from './binaries';
import type { ClusterPaths } from './cluster';
import { ServerNotAnsweringError } from './errors';
import { isPostgresOn, readPostmasterFile } from './postmaster-file';
import { asAccount, runProgram, serverEnvironment } from './run-program';

/** How the server ended. Null codes: it was adopted, and only a parent learns them. */
export interface PostgresExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** True when `stop()` had been called before. */
  expected: boolean;
}

export interface ServerProcess {
  readonly pid: number;
  readonly exited: Promise<Omit<PostgresExit, 'expected'>>;
  isRunning(): boolean;
}

/** A port that is free now; somebody may still take it before the server does, so callers retry. */
export async function freeLoopbackPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('a listening TCP socket has no port'));
      });
    });
  });
}

/** Settings that must not be changed by an edit of postgresql.conf: who may connect, and where. */
async function serverArguments(cluster: string, port: number): Promise<string[]> {
  const args = ['-D', cluster, '-p', String(port)];
  args.push('-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=');
  // Docker gives a container 64 MB of /dev/shm; a parallel query that needs more fails with "could
  // not resize shared memory segment". Files in the data folder then do, a little slower.
  if (process.platform === 'linux' && (await tooSmallForSharedMemory('/dev/shm'))) {
    args.push('-c', 'dynamic_shared_memory_type=mmap');
  }
  return args;
}

async function tooSmallForSharedMemory(path: string): Promise<boolean> {
  const found = await statfs(path).catch(() => null);
  return found === null || found.blocks * found.bsize < 256 * 1024 * 1024;
}

export async function launchServer(options: {
  binaries: Binaries;
  paths: ClusterPaths;
  account: Account | null;
  port: number;
}): Promise<ServerProcess> {
  const { binaries, paths, account, port } = options;
  const args = await serverArguments(paths.cluster, port);
  if (process.platform === 'win32') return launchOnWindows(binaries, paths, args);
  const log = openSync(paths.logFile, 'a', 0o600);
  try {
    const child = spawn(binaries.postgres, args, {
      ...asAccount(account),
      cwd: paths.cluster,
      env: serverEnvironment(),
      // Its own session: Ctrl-C in the terminal must reach us only, as the database stops last.
      detached: true,
      stdio: ['ignore', log, log],
    });
    let running = true;
    const exited = new Promise<Omit<PostgresExit, 'expected'>>((resolve) => {
      child.on('exit', (code, signal) => {
        running = false;
        resolve({ code, signal });
      });
    });
    await new Promise<void>((resolve, reject) => {
      child.on('spawn', resolve);
      child.on('error', reject);
    });
    child.unref();
    return { pid: child.pid!, exited, isRunning: () => running };
  } finally {
    closeSync(log);
  }
}

/** pg_ctl gives up administrator rights, with which postgres.exe refuses to run. */
async function launchOnWindows(
  binaries: Binaries,
  paths: ClusterPaths,
  args: string[],
): Promise<ServerProcess> {
  const quoted = args.slice(2).map((arg) => `"${arg}"`);
  await runProgram(
    binaries.pgCtl,
    ['start', '-W', '-D', paths.cluster, '-l', paths.logFile, '-o', quoted.join(' ')],
    { account: null, cwd: paths.folder },
  );
  for (let waited = 0; waited < 10_000; waited += 50) {
    const file = await readPostmasterFile(paths.cluster);
    if (file !== null && (await isPostgresOn(file.pid, paths.cluster))) {
      return watchServer(file.pid);
    }
    await sleep(50);
  }
  return { pid: 0, exited: Promise.resolve({ code: 1, signal: null }), isRunning: () => false };
}

/**
 * A server that is not our child: its end is noticed by looking, four times a second. Told apart by
 * its start time, not by its working folder: a process that is just ending has that no more.
 */
export function watchServer(pid: number): ServerProcess {
  const started = processStart(pid);
  const isRunning = () => isSameProcess(pid, started);
  const exited = new Promise<Omit<PostgresExit, 'expected'>>((resolve) => {
    const timer = setInterval(() => {
      if (isRunning()) return;
      clearInterval(timer);
      resolve({ code: null, signal: null });
    }, 250);
    timer.unref();
  });
  return { pid, exited, isRunning };
}

/** Milliseconds from the call of stop() to each harsher step. */
const FAST_AFTER_MS = 1000;
const IMMEDIATE_AFTER_MS = 30_000;
const GIVE_UP_AFTER_MS = 40_000;

/**
 * Ends the server by its pid: smart (waits for sessions to close), after a second fast (ends the
 * sessions), and only if that hangs immediate (no data are lost, the next start recovers). Measured:
 * starting with fast killed sessions whose sockets were just closing, and clients crashed on it.
 */
export async function stopServer(
  server: ServerProcess,
  paths: ClusterPaths,
  binaries: Binaries | null,
): Promise<void> {
  const steps: { at: number; signal: NodeJS.Signals; mode: string }[] = [
    { at: 0, signal: 'SIGTERM', mode: 'smart' },
    { at: FAST_AFTER_MS, signal: 'SIGINT', mode: 'fast' },
    { at: IMMEDIATE_AFTER_MS, signal: 'SIGQUIT', mode: 'immediate' },
  ];
  const began = Date.now();
  while (server.isRunning()) {
    const elapsed = Date.now() - began;
    if (elapsed > GIVE_UP_AFTER_MS) {
      throw new ServerNotAnsweringError(paths.folder, server.pid, 'SIGQUIT');
    }
    const step = steps[0];
    if (step !== undefined && elapsed >= step.at) {
      steps.shift();
      await sendStop(server.pid, step, paths, binaries);
    }
    await sleep(10);
  }
}

async function sendStop(
  pid: number,
  step: { signal: NodeJS.Signals; mode: string },
  paths: ClusterPaths,
  binaries: Binaries | null,
): Promise<void> {
  if (process.platform === 'win32' && binaries !== null) {
    // Windows has no signals: pg_ctl talks to the server through its named pipe.
    await runProgram(binaries.pgCtl, ['stop', '-W', '-m', step.mode, '-D', paths.cluster], {
      account: null,
      cwd: paths.folder,
    });
    return;
  }
  try {
    process.kill(pid, step.signal);
  } catch (error) {
    // It ended between the look and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
