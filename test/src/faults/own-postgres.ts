/**
 * A PostgreSQL of the harness's own, to be killed and started again on the same data. `fsync` is off, since the
 * machine lives on; `synchronous_commit` is on, since else a killed server loses what it said was committed.
 */
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tanxiao/embedded';
import { Client } from 'pg';

import { descendants, isAlive, signal } from '../support/process-tree';
import { makeTempDir, type TempDir } from '../support/temp-dir';
import { watchOver } from '../support/watchdog';

/** Everything at once; the postmaster alone, whose sessions end by themselves; one session, after which the server recovers. */
export const POSTGRES_DEATHS = ['all', 'postmaster', 'session'] as const;
export type PostgresDeath = (typeof POSTGRES_DEATHS)[number];

const RECOVERY_ATTEMPTS = 100;
const RECOVERY_PAUSE_MS = 100;

export class OwnPostgres {
  private dying: Promise<void> = Promise.resolve();

  private constructor(
    private readonly folder: TempDir,
    private server: EmbeddedPostgres,
    private callOff: () => void,
  ) {}

  static async start(): Promise<OwnPostgres> {
    const folder = await makeTempDir('faults-pg');
    try {
      // As root the server runs under another account, which must be able to pass.
      await chmod(folder.path, 0o711);
      const { server, callOff } = await launch(folder.path);
      const postgres = new OwnPostgres(folder, server, callOff);
      await postgres.query('ALTER SYSTEM SET synchronous_commit = on');
      await postgres.query('SELECT pg_reload_conf()');
      return postgres;
    } catch (error) {
      await folder.remove();
      throw error;
    }
  }

  /** Changes with every start. */
  get port(): number {
    return this.server.port;
  }

  /** The address of a database, through another port where one is given. */
  urlOf(database: string, port = this.port): string {
    const url = new URL(this.server.url);
    url.port = String(port);
    url.pathname = `/${database}`;
    return url.href;
  }

  /** On a connection of its own, past every link that a fault may cut. */
  async query<Row extends Record<string, unknown>>(
    sql: string,
    options: { readonly database?: string; readonly values?: unknown[] } = {},
  ): Promise<Row[]> {
    const client = new Client({
      connectionString: this.urlOf(options.database ?? 'postgres'),
      connectionTimeoutMillis: 5000,
    });
    // The server may be killed between two statements; the failing query tells it.
    const lost: Error[] = [];
    client.on('error', (error) => lost.push(error));
    await client.connect();
    try {
      return (await client.query<Row>(sql, options.values)).rows;
    } finally {
      await client.end();
    }
  }

  /** `kill -9`; down for `downMs`, where the server does not come back by itself. One death after another. */
  async killAndRestart(death: PostgresDeath, downMs: number): Promise<void> {
    const next = this.dying.then(() => this.dieAndReturn(death, downMs));
    this.dying = next;
    await next;
  }

  private async dieAndReturn(death: PostgresDeath, downMs: number): Promise<void> {
    const { pid } = this.server;
    const sessions = descendants(pid);
    if (death === 'session') {
      const victim = await this.someSession();
      if (victim !== null) signal(victim, 'SIGKILL');
      return;
    }
    this.callOff();
    const victims = death === 'all' ? [pid, ...sessions] : [pid];
    for (const each of victims) signal(each, 'SIGKILL');
    while (isAlive(pid)) await sleep(5);
    await this.server.stop();
    await sleep(downMs);
    const { server, callOff } = await launch(this.folder.path);
    this.server = server;
    this.callOff = callOff;
  }

  /** Asked again while the server recovers from an earlier death. */
  private async someSession(): Promise<number | null> {
    for (let attempt = 1; ; attempt++) {
      try {
        const rows = await this.query<{ pid: number }>(
          `SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
           ORDER BY state = 'active' DESC, query_start DESC LIMIT 1`,
        );
        return rows[0]?.pid ?? null;
      } catch (error) {
        if (attempt === RECOVERY_ATTEMPTS) throw error;
        await sleep(RECOVERY_PAUSE_MS);
      }
    }
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.folder.remove();
    this.callOff();
  }
}

async function launch(folder: string): Promise<{ server: EmbeddedPostgres; callOff: () => void }> {
  const server = await startEmbeddedPostgres({
    dataDir: path.join(folder, 'data'),
    durability: 'throwaway',
  });
  const pidFile = path.join(server.dataDir, 'cluster', 'postmaster.pid');
  return { server, callOff: watchOver({ pid: server.pid, pidFile, folder }) };
}
