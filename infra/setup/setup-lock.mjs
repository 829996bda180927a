/**
 * One setup at a time per checkout. The holder touches the lock file every second; a file that has
 * not been touched for long was left by a killed setup. (Node has no flock(), and a pid alone can
 * be somebody else's by now.)
 */
import { randomBytes } from 'crypto';
import fs from 'fs';
import path from 'path';
import { clearInterval, setInterval, setTimeout } from 'timers';

const TOUCH_EVERY_MS = 1000;
const STALE_AFTER_MS = 20000;
const LOOK_EVERY_MS = 300;

/**
 * Runs `work` while holding the lock.
 *
 * @param {string} file
 * @param {{ say: (line: string) => void, staleAfterMs?: number }} options
 * @param {() => Promise<void>} work
 */
export async function withSetupLock(file, options, work) {
  const token = `${process.pid} ${randomBytes(8).toString('hex')}`;
  await acquire(file, token, options);
  const timer = setInterval(() => touch(file), TOUCH_EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
    if (read(file) === token) fs.rmSync(file, { force: true });
  }
}

async function acquire(file, token, { say, staleAfterMs = STALE_AFTER_MS }) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  while (!tryCreate(file, token)) {
    if (isStale(file, staleAfterMs)) {
      removeStale(file, staleAfterMs);
      continue;
    }
    if (!told) {
      told = true;
      say(
        '另一个进程正在安装或构建，等待它完成 / another process is installing or building, waiting',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function tryCreate(file, token) {
  try {
    fs.writeFileSync(file, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isStale(file, staleAfterMs) {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return false;
  return Date.now() - found.mtimeMs > staleAfterMs || isDead(read(file));
}

/** True when the pid in the lock belongs to no process; false when unknown. */
function isDead(token) {
  const pid = Number.parseInt(token, 10);
  if (!Number.isInteger(pid)) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Renamed first: of two that see the same stale file only one removes it, and never a fresh one. */
function removeStale(file, staleAfterMs) {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (!isStale(aside, staleAfterMs)) {
    try {
      fs.linkSync(aside, file);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
  fs.rmSync(aside, { force: true });
}

function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

function touch(file) {
  const now = new Date();
  try {
    fs.utimesSync(file, now, now);
  } catch (error) {
    // Somebody removed it by hand: the work goes on, only unguarded.
    if (error.code !== 'ENOENT') throw error;
  }
}
