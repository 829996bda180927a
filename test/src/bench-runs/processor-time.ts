/** Processor time of processes, from /proc: what a run costs, whatever else the machine is doing. */
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second, on every Linux that Node supports. */
const TICKS = 100;

/** Seconds that a process and the children it has waited for have used; 0 where it is gone. */
export function processorSeconds(pid: number): number {
  const fields = statOf(pid);
  if (fields === null) return 0;
  // utime, stime, cutime, cstime: fields 14 to 17, counted from the pid.
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS;
}

/** Of a process and all of its children. */
export function treeSeconds(root: number): number {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => Number(statOf(pid)?.[1]) === root);
  return children.reduce((sum, pid) => sum + processorSeconds(pid), processorSeconds(root));
}

/** Fields of /proc/PID/stat behind the name, which may hold spaces. */
function statOf(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
