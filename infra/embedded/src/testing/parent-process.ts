/**
 * For tests only: a Node process of its own that starts the database or children, so that it can be
 * killed, or run as another user. It runs the sources of this package, compiled into a temp folder.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { transformFileSync } from '@swc/core';

export const NOBODY = { uid: 65534, gid: 65534 };

/** A temp folder that any account can enter, unlike mkdtemp's own 0700. */
export async function makeFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(realpathSync(tmpdir()), `tanxiao-${name}-`));
  await chmod(folder, 0o777);
  return folder;
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

/** Compiles the sources beside this folder into `target`, where any account can read them. */
export function compileSources(target: string): void {
  const source = resolve(__dirname, '..');
  compileFolder(source, join(target, 'src'));
  symlinkSync(resolve(source, '../../../node_modules'), join(target, 'node_modules'));
}

function compileFolder(source: string, target: string): void {
  mkdirSync(target, { recursive: true });
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const from = join(source, entry.name);
    if (entry.isDirectory()) compileFolder(from, join(target, entry.name));
    else if (extname(entry.name) === '.ts' && !entry.name.endsWith('.test.ts')) {
      const { code } = transformFileSync(from, {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
      });
      writeFileSync(join(target, entry.name.replace(/\.ts$/, '.js')), code);
    } else if (extname(entry.name) === '.cjs') cpSync(from, join(target, entry.name));
  }
}

export interface ParentProcess<Message> {
  child: ChildProcess;
  /** The next line of its standard output, parsed; rejects when it ends before. */
  next(): Promise<Message>;
  /** All of its standard error so far. */
  errors(): string;
  closed: Promise<number | null>;
}

/** Runs `script` (JavaScript text) in a Node process that has the compiled sources as `./src`. */
export function runParent<Message>(
  folder: string,
  script: string,
  options: { uid?: number; gid?: number; detached?: boolean } = {},
): ParentProcess<Message> {
  const file = join(folder, `parent-${process.hrtime.bigint()}.js`);
  writeFileSync(file, script);
  const child = spawn(process.execPath, [file], {
    ...options,
    cwd: dirname(file),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  const lines: string[] = [];
  const waiting: ((line: string | null) => void)[] = [];
  let ended = false;
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    const taker = waiting.shift();
    if (taker === undefined) lines.push(line);
    else taker(line);
  });
  reader.on('close', () => {
    ended = true;
    for (const taker of waiting.splice(0)) taker(null);
  });
  const closed = new Promise<number | null>((done) => child.on('close', (code) => done(code)));
  const nextLine = async (): Promise<string | null> => {
    const ready = lines.shift();
    if (ready !== undefined) return ready;
    return ended ? null : new Promise((taken) => waiting.push(taken));
  };
  return {
    child,
    errors: () => errors,
    closed,
    next: async () => {
      const line = await nextLine();
      if (line === null) throw new Error(`the parent process ended early: ${errors}`);
      return JSON.parse(line) as Message;
    },
  };
}
