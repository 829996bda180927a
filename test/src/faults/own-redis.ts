/** A Redis of the harness's own with an append-only file (written through each second), to be killed and started again. */
import { setTimeout as sleep } from 'node:timers/promises';

import { Redis } from 'ioredis';

import { isAlive, signal } from '../support/process-tree';
import { findOnPath, freePort } from '../support/programs';
import { type LaunchedRedis, launchRedis } from '../support/redis';
import { makeTempDir, type TempDir } from '../support/temp-dir';

const LAUNCH_ATTEMPTS = 5;

export class OwnRedis {
  private dying: Promise<void> = Promise.resolve();

  private constructor(
    private readonly program: string,
    private readonly folder: TempDir,
    readonly port: number,
    private server: LaunchedRedis,
  ) {}

  /** Null where there is no `redis-server`. */
  static async start(): Promise<OwnRedis | null> {
    const program = findOnPath('redis-server');
    if (program === null) return null;
    const folder = await makeTempDir('faults-redis');
    for (let attempt = 1; attempt <= LAUNCH_ATTEMPTS; attempt++) {
      const port = await freePort();
      const server = await launch(program, folder.path, port);
      if (server) return new OwnRedis(program, folder, port, server);
    }
    await folder.remove();
    throw new Error(`${program} did not start`);
  }

  /** One death after another. */
  async killAndRestart(downMs: number): Promise<void> {
    const next = this.dying.then(() => this.dieAndReturn(downMs));
    this.dying = next;
    await next;
  }

  private async dieAndReturn(downMs: number): Promise<void> {
    this.server.callOffWatchdog();
    signal(this.server.pid, 'SIGKILL');
    while (isAlive(this.server.pid)) await sleep(5);
    await sleep(downMs);
    const server = await launch(this.program, this.folder.path, this.port);
    if (!server) throw new Error('redis-server did not come back on its own data');
    this.server = server;
  }

  async flush(): Promise<void> {
    const client = new Redis({ port: this.port, maxRetriesPerRequest: 1 });
    // A failing command tells the same.
    const lost: Error[] = [];
    client.on('error', (error) => lost.push(error));
    try {
      await client.flushall();
    } finally {
      client.disconnect();
    }
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.folder.remove();
    this.server.callOffWatchdog();
  }
}

function launch(program: string, folder: string, port: number): Promise<LaunchedRedis | null> {
  return launchRedis({ program, folder, port, appendOnly: true });
}
