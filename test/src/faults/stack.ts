/** The product of one schedule: API and workers as processes, each behind links of its own, supervised as `npm start` does. */
import { setTimeout as sleep } from 'node:timers/promises';

import { Link } from './link';
import type { OwnPostgres } from './own-postgres';
import type { OwnRedis } from './own-redis';
import type { RolePool, RoleProcess } from './role-pool';

const START_AGAIN_MS = 400;

export interface Surroundings {
  readonly postgres: OwnPostgres;
  /** Null: the queue stands in PostgreSQL. */
  readonly redis: OwnRedis | null;
  readonly pool: RolePool;
  readonly database: string;
}

/** A place where a role is played, by one process after another. */
export class Place {
  private process: RoleProcess | null = null;
  private closing = false;
  private starting: Promise<void> = Promise.resolve();
  private url: string | null = null;
  /** Ends that nobody ordered: the product must survive every fault of its servers. */
  readonly crashes: string[] = [];

  constructor(
    readonly role: 'api' | 'worker',
    readonly links: { readonly postgres: Link; readonly redis: Link | null },
    private readonly around: Surroundings,
    private clockOffsetMs: number,
  ) {}

  /** Port of the API that plays here now. */
  get port(): number {
    return this.url === null ? 1 : Number(new URL(this.url).port);
  }

  start(): Promise<void> {
    this.starting = this.keepStarting();
    return this.starting;
  }

  /** `kill -9`, and another process after `downMs`. */
  async kill(downMs: number): Promise<void> {
    const victim = this.process;
    this.process = null;
    await victim?.kill();
    await sleep(downMs);
    // Where the fault fell on a start, that start goes on by itself.
    if (victim) await this.start();
    else await this.starting;
  }

  /** Stopped for so long, longer than its leases, and then let go as if nothing had been. */
  async freeze(milliseconds: number): Promise<void> {
    const victim = this.process;
    victim?.signal('SIGSTOP');
    await sleep(milliseconds);
    victim?.signal('SIGCONT');
  }

  setClock(offsetMs: number): void {
    this.clockOffsetMs = offsetMs;
    this.process?.setClock(offsetMs);
  }

  output(): string {
    return this.process?.output() ?? '';
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.starting;
    const last = this.process;
    this.process = null;
    if (last && (await last.stop())) this.around.pool.giveBack(last);
    await this.links.postgres.close();
    await this.links.redis?.close();
  }

  /** A role that cannot start (its server is away) is started again, as a supervisor does. */
  private async keepStarting(): Promise<void> {
    while (!this.closing) {
      const process = await this.around.pool.take();
      try {
        const { url } = await process.start({
          role: this.role,
          databaseUrl: this.around.postgres.urlOf(this.around.database, this.links.postgres.port),
          redisUrl: this.links.redis && `redis://127.0.0.1:${this.links.redis.port}`,
          clockOffsetMs: this.clockOffsetMs,
        });
        this.url = url;
        this.process = process;
        process.onEnd(() => this.ended(process));
        return;
      } catch {
        // As `main.ts` does; what had been opened before goes with the process.
        await process.kill();
        await sleep(START_AGAIN_MS);
      }
    }
  }

  private ended(process: RoleProcess): void {
    if (this.process !== process) return;
    this.crashes.push(process.output());
    this.process = null;
    void this.start();
  }
}

export interface Stack {
  readonly api: Place;
  readonly workers: readonly Place[];
  /** Between the client and the API. */
  readonly client: Link;
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** @param clockOffsetsMs of the API and of each worker: so many workers there are */
export async function startStack(
  around: Surroundings,
  clockOffsetsMs: readonly number[],
): Promise<Stack> {
  const { postgres, redis } = around;
  const places = await Promise.all(
    clockOffsetsMs.map(async (offsetMs, index) => {
      const links = {
        postgres: await Link.open(() => postgres.port),
        redis: redis && index > 0 ? await Link.open(() => redis.port) : null,
      };
      return new Place(index === 0 ? 'api' : 'worker', links, around, offsetMs);
    }),
  );
  const [api, ...workers] = places as [Place, ...Place[]];
  const client = await Link.open(() => api.port);
  await Promise.all(places.map((place) => place.start()));
  return {
    ...{ api, workers, client, baseUrl: `http://127.0.0.1:${client.port}` },
    close: async () => {
      await Promise.all(places.map((place) => place.close()));
      await client.close();
    },
  };
}
