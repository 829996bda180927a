/** Warm processes (role-process.ts) for the harness to give roles to, kill, freeze, and use again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { signal } from '../support/process-tree';
import type { FromProcess, Role, ToProcess } from './role-messages';

const PROGRAM = path.join(__dirname, 'role-process.js');

const LINES_TOLD = 60;
/** An orderly end takes at most 15 s in the worker. */
const STOP_WITHIN_MS = 20_000;

export interface RoleHost {
  /** For the process's log. */
  readonly folder: string;
  /** Of the network; left out: the harness's own. */
  readonly namespace?: string;
}

export class RoleProcess {
  readonly warm: Promise<void>;
  private constructor(
    private readonly child: ChildProcess,
    private readonly logFile: string,
  ) {
    this.warm = this.next('warm').then(() => undefined);
    // Heard by whoever takes it.
    this.warm.catch(() => undefined);
  }

  /**
   * Its log goes to a file: a pipe that nobody reads fast enough, or at all, holds a process up (pino's sonic-boom
   * 4 waits for ever at the exit of a process whose reader is gone).
   */
  static spawn({ folder, namespace }: RoleHost): RoleProcess {
    const logFile = path.join(folder, `${randomUUID()}.log`);
    const log = openSync(logFile, 'a');
    const own = [process.execPath, PROGRAM];
    // `ip netns exec` becomes the program itself: same pid, and the channel passes through.
    const words = namespace === undefined ? own : ['ip', 'netns', 'exec', namespace, ...own];
    try {
      const child = spawn(words[0]!, words.slice(1), { stdio: ['ignore', log, log, 'ipc'] });
      return new RoleProcess(child, logFile);
    } finally {
      closeSync(log);
    }
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  onEnd(listener: () => void): void {
    this.child.once('exit', listener);
  }

  /** Its last lines of log, for a report. */
  output(): string {
    const lines = readFileSync(this.logFile, 'utf8').trimEnd().split('\n');
    return lines.slice(-LINES_TOLD).join('\n');
  }

  /** @throws where it could not start, or ended */
  async start(role: Role): Promise<{ readonly url: string | null }> {
    const answer = this.next('ready', 'failed');
    this.say({ type: 'start', role });
    const said = await answer;
    if (said.type !== 'ready')
      throw new Error(said.type === 'failed' ? said.message : `it said ${said.type}`);
    return { url: said.url };
  }

  setClock(offsetMs: number): void {
    this.say({ type: 'clock', offsetMs });
  }

  /** Ends its role in order. @returns whether it is warm again; else it had to be killed */
  async stop(): Promise<boolean> {
    if (this.hasEnded) return false;
    const timer = setTimeout(() => this.signal('SIGKILL'), STOP_WITHIN_MS);
    try {
      const answer = this.next('warm');
      this.say({ type: 'stop' });
      await answer;
      return true;
    } catch {
      // It ended instead of answering: killed just above, or by a fault of the schedule.
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  signal(name: NodeJS.Signals): void {
    if (!this.hasEnded) signal(this.pid, name);
  }

  async kill(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.child, 'exit');
    this.signal('SIGKILL');
    await ended;
  }

  private say(message: ToProcess): void {
    // Told to a process that has just ended: its end is what the harness sees.
    this.child.send(message, () => undefined);
  }

  private next(...types: FromProcess['type'][]): Promise<FromProcess> {
    return new Promise((resolve, reject) => {
      const hear = (message: unknown): void => {
        const said = message as FromProcess;
        if (!types.includes(said.type)) return;
        done();
        resolve(said);
      };
      const ended = (code: number | null, name: string | null): void => {
        done();
        reject(new Error(`the process ended (${code ?? name}): ${this.output().slice(-2000)}`));
      };
      const done = (): void => {
        this.child.off('message', hear);
        this.child.off('exit', ended);
      };
      this.child.on('message', hear);
      this.child.on('exit', ended);
    });
  }
}

export class RolePool {
  private readonly spare: RoleProcess[] = [];

  /** @param options.size warm processes kept ready; `folder`: for their logs */
  constructor(private readonly options: { readonly size: number; readonly folder: string }) {
    this.refill();
  }

  async take(): Promise<RoleProcess> {
    const next = this.spare.shift() ?? RoleProcess.spawn({ folder: this.options.folder });
    this.refill();
    await next.warm;
    return next;
  }

  giveBack(process: RoleProcess): void {
    this.spare.unshift(process);
  }

  async close(): Promise<void> {
    await Promise.all(this.spare.splice(0).map((process) => process.kill()));
  }

  private refill(): void {
    const { size, folder } = this.options;
    while (this.spare.length < size) this.spare.push(RoleProcess.spawn({ folder }));
  }
}
