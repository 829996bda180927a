/**
 * Runs a program of the server to its end (initdb, `postgres --version`) under the right account,
 * in an environment of our own: PGPORT, PGDATA, LC_ALL and the like of the caller must not leak in.
 */
import { spawn } from 'node:child_process';

import type { Account } from './account';

export interface ProgramResult {
  /** Null when the program could not be started at all; `output` then says why. */
  code: number | null;
  output: string;
  /** The system's code when it could not be started, such as ENOENT. */
  spawnError: string | null;
}

export interface ProgramOptions {
  account: Account | null;
  /** Must be a folder that the account can enter, or the program complains about its own. */
  cwd: string;
  input?: string;
}

export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC', PATH: process.env.PATH ?? '' };
  if (process.platform === 'win32') {
    for (const name of ['SystemRoot', 'TEMP', 'TMP', 'USERPROFILE', 'APPDATA']) {
      const value = process.env[name];
      if (value !== undefined) kept[name] = value;
    }
  }
  return kept;
}

/** The spawn options that put a child under the account; none when we run it as ourselves. */
export function asAccount(account: Account | null): { uid?: number; gid?: number } {
  return account === null ? {} : { uid: account.uid, gid: account.gid };
}

export async function runProgram(
  file: string,
  args: string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      ...asAccount(options.account),
      cwd: options.cwd,
      env: serverEnvironment(),
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    // A program that ends without reading its input must not bring us down with EPIPE.
    child.stdin.on('error', (error) => {
      output += `\n(stdin: ${error.message})`;
    });
    child.stdin.end(options.input ?? '');
    child.on('error', (error: NodeJS.ErrnoException) => {
      resolve({ code: null, output: error.message, spawnError: error.code ?? 'unknown' });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? 1, output, spawnError: null });
    });
  });
}
