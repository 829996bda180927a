/** Processor time of the service's processes by role, so that a rate says what it cost whom. */
import { descendants, readProc } from '../support/process-tree';

const ROLES = ['api', 'worker', 'postgres'] as const;
export type ServerTimes = Readonly<Record<(typeof ROLES)[number], number>>;

/** Of /proc: clock ticks a second (USER_HZ), 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Seconds so far of the processes below `root`; ended ones count with the parent that waited for them. */
export function serverTimes(root: number): ServerTimes {
  const times = { api: 0, worker: 0, postgres: 0 };
  for (const pid of descendants(root)) {
    const stat = readProc(`/proc/${pid}/stat`);
    const command = readProc(`/proc/${pid}/cmdline`) ?? '';
    if (stat === null) continue;
    // Fields after the name: state, parent … utime 12th, stime, cutime, cstime.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    times[roleOf(command)] += ticks / TICKS;
  }
  return times;
}

function roleOf(command: string): (typeof ROLES)[number] {
  if (/services.api/.test(command)) return 'api';
  return /services.worker/.test(command) ? 'worker' : 'postgres';
}

export function timesBetween(before: ServerTimes, after: ServerTimes, seconds: number): string {
  return ROLES.map((role) => `${role} ${((after[role] - before[role]) / seconds).toFixed(2)}`).join(
    ', ',
  );
}
