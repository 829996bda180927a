/** Processes by their pid (Linux): those below one, whether one lives, the memory it took, and signals that find it gone. */
import { readdirSync, readFileSync } from 'node:fs';

/** Pids below a process, from /proc. */
export function descendants(root: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    const stat = /^\d+$/.test(entry) ? readProc(`/proc/${entry}/stat`) : null;
    const parent =
      stat === null ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent !== undefined) parents.set(Number(entry), parent);
  }
  const below: number[] = [];
  for (let open = [root]; open.length > 0;) {
    open = [...parents].filter(([, parent]) => open.includes(parent)).map(([pid]) => pid);
    below.push(...open);
  }
  return below;
}

/** Peak resident memory of a process so far, bytes; 0 where it has ended. */
export function peakMemory(pid: number): number {
  const line = /^VmHWM:\s+(\d+) kB$/m.exec(readProc(`/proc/${pid}/status`) ?? '');
  return Number(line?.[1] ?? 0) * 1024;
}

/** A file of /proc, or null where the process has ended. */
export function readProc(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // It ended between listing and reading.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/** A process that has ended already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A zombie, which only waits for its parent, lives no more. */
export function isAlive(pid: number): boolean {
  const stat = readProc(`/proc/${pid}/stat`);
  return stat !== null && !/\) [ZX] /.test(stat);
}
