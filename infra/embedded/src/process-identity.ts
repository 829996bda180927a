/**
 * Is that pid still the process that was meant? A number alone is not enough: numbers are used
 * again, above all in containers, where the same few small ones return after each restart.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The fields of /proc/<pid>/stat after the name in brackets, or null when there is no such process. */
function linuxStat(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ESRCH';
}

/** True while the process runs; a zombie (dead, not yet collected by its parent) counts as dead. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (process.platform !== 'linux') return true;
  const stat = linuxStat(pid);
  // No entry although kill() found it: /proc is hidden from us (hidepid), so it is somebody's.
  return stat === null || (stat[0] !== 'Z' && stat[0] !== 'X');
}

/** When the process began, as text that differs for a later process of the same pid; null: unknown. */
export function processStart(pid: number): string | null {
  if (process.platform === 'linux') return linuxStat(pid)?.[19] ?? null;
  if (process.platform === 'win32') return null;
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    // `ps` fails when there is no such process, which is an answer too.
    return null;
  }
}

/** True when `pid` runs and, as far as the system can tell, began when `started` says. */
export function isSameProcess(pid: number, started: string | null): boolean {
  if (!isAlive(pid)) return false;
  const now = processStart(pid);
  return started === null || now === null || now === started;
}
