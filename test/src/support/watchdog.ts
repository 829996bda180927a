/** Starts the watchdog (watchdog-process.cjs) that outlives a killed test process and cleans up after it. */
import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { join } from 'node:path';

export interface Watched {
  pid: number;
  /** A file that the server writes its pid into and removes when it ends. */
  pidFile: string;
  /** Removed after the server has ended. */
  folder: string;
}

/** @returns a function that calls the watchdog off, to be called when all has been cleaned up. */
export function watchOver(watched: Watched): () => void {
  const args = [join(__dirname, '../../src/support/watchdog-process.cjs'), String(watched.pid)];
  const dog = spawn(process.execPath, [...args, watched.pidFile, watched.folder], {
    // Ctrl-C in the terminal must not end it together with those it watches.
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true,
  });
  dog.unref();
  const pipe = dog.stdin;
  // A pipe of a child is a socket, which the type does not say. It must not keep jest running.
  if (pipe instanceof Socket) pipe.unref();
  return () => pipe.end('done\n');
}
