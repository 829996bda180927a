/**
 * Prepares the checkout, then runs a script of it in a Node of its own and ends as that one ends.
 *
 * Ctrl-C reaches the whole foreground group, and npm passes it on once more: one press arrives here
 * twice, and at the child as well. So we never die of a signal before the child, pass each kind on
 * at most once a second, and the child (see children.ts) counts what arrives within one as one.
 */
import { spawn } from 'child_process';
import path from 'path';

import { prepare, REPOSITORY, SetupError } from './prepare.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const SAME_SIGNAL_MS = 1000;

/**
 * @param {string[]} script path of the script, in parts, relative to the root of the checkout
 * @param {{ cwd?: string }} [options]
 */
export async function prepareAndRun(script, options = {}) {
  try {
    await prepare({ build: true });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
    return;
  }
  const file = path.join(REPOSITORY, ...script);
  process.exitCode = await runNode([file, ...process.argv.slice(2)], options);
}

/** @returns {Promise<number>} the exit code; 128 + n for a child that a signal ended, as shells say */
export function runNode(args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: options.cwd, stdio: 'inherit' });
    const lastSent = {};
    const forward = (signal) => {
      const now = Date.now();
      if (now - (lastSent[signal] || 0) < SAME_SIGNAL_MS) return;
      lastSent[signal] = now;
      child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, forward);
    const finish = (code) => {
      for (const signal of SIGNALS) process.off(signal, forward);
      resolve(code);
    };
    child.on('error', (error) => {
      console.error(error.message);
      finish(1);
    });
    child.on('exit', (code, signal) => finish(code === null ? signalCode(signal) : code));
  });
}

function signalCode(signal) {
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
  return 128 + (numbers[signal] || 0);
}
