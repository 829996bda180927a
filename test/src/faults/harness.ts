/** Servers that stay over many schedules, a fresh database for each, and what became of a schedule. */
import { createPool, migrate } from '@tanxiao/store';

import { makeTempDir, type TempDir } from '../support/temp-dir';
import { drive, type Driven, settle } from './drive';
import { Injector } from './injector';
import { OwnPostgres } from './own-postgres';
import { OwnRedis } from './own-redis';
import { PatientClient } from './patient-client';
import { RolePool } from './role-pool';
import { type Backend, type Schedule } from './schedule';
import { type Stack, startStack, type Surroundings } from './stack';
import { differences, lostOrDouble, type Outcome, outcomeOf } from './verdict';
import { type Workload, workloadOf } from './workload';

/** Different workloads: the fault-free outcome of each is computed once, and compared with that of every schedule that has it. */
const WORKLOADS = 4;
const SPARE_PROCESSES = 2;
const TEMPLATE = 'faults_template';

export interface Result {
  readonly seed: number;
  /** Sentences; none: the schedule is passed. */
  readonly wrong: readonly string[];
  readonly ms: number;
  /** Calls that the client sent again. */
  readonly retries: number;
  /** Last lines of the processes' logs where something is wrong. */
  readonly logs: string;
}

export class Harness {
  private readonly faultFree = new Map<number, Promise<Outcome>>();
  private databases = 0;

  private constructor(
    readonly backend: Backend,
    private readonly postgres: OwnPostgres,
    private readonly redis: OwnRedis | null,
    private readonly pool: RolePool,
    private readonly logs: TempDir,
  ) {}

  /** Null where the backend is Redis and there is none. */
  static async open(backend: Backend): Promise<Harness | null> {
    const redis = backend === 'redis' ? await OwnRedis.start() : null;
    if (backend === 'redis' && redis === null) return null;
    const folder = await makeTempDir('faults-logs');
    const pool = new RolePool({ size: SPARE_PROCESSES, folder: folder.path });
    const postgres = await OwnPostgres.start();
    await makeTemplate(postgres, pool);
    return new Harness(backend, postgres, redis, pool, folder);
  }

  async run(schedule: Schedule): Promise<Result> {
    const workload = workloadOf(schedule.seed % WORKLOADS);
    const expected = await this.faultFreeOutcome(workload);
    const began = performance.now();
    const { wrong, logs, retries } = await this.play(schedule, workload, expected);
    return { seed: schedule.seed, wrong, logs, retries, ms: performance.now() - began };
  }

  async close(): Promise<void> {
    await this.pool.close();
    await this.redis?.stop();
    await this.postgres.stop();
    await this.logs.remove();
  }

  private async faultFreeOutcome(workload: Workload): Promise<Outcome> {
    const known = this.faultFree.get(workload.seed) ?? this.undisturbed(workload);
    this.faultFree.set(workload.seed, known);
    return known;
  }

  private async undisturbed(workload: Workload): Promise<Outcome> {
    return this.withStack([0, 0], async (stack, around) => {
      const client = new PatientClient(stack.baseUrl);
      const driven = await drive(
        client,
        workload,
        watching(around, () => undefined),
      );
      const wrong = await lostOrDouble(around, workload, driven);
      if (wrong.length > 0) throw new Error(`wrong without any fault: ${wrong.join('; ')}`);
      return outcomeOf(client, around, driven);
    });
  }

  private async play(schedule: Schedule, workload: Workload, expected: Outcome) {
    return this.withStack(schedule.clockOffsetsMs, async (stack, around) => {
      const client = new PatientClient(stack.baseUrl);
      const injector = new Injector(schedule.faults, stack, around);
      const watch = watching(around, (phase) => injector.enter(phase));
      let wrong: string[];
      try {
        const driven = await driveToEnd(client, workload, watch, injector);
        wrong = [
          ...(await lostOrDouble(around, workload, driven)),
          ...differences(await outcomeOf(client, around, driven), expected),
        ];
      } catch (error) {
        wrong = [error instanceof Error ? error.message : String(error)];
        await injector.healed();
      }
      const places = [stack.api, ...stack.workers];
      for (const { role, crashes } of places)
        wrong.push(...crashes.map((output) => `a ${role} ended by itself: ${output.slice(-1500)}`));
      const logs = wrong.length === 0 ? '' : places.map((place) => place.output()).join('\n');
      return { wrong, logs, retries: client.retries };
    });
  }

  private async withStack<T>(
    clockOffsetsMs: readonly number[],
    work: (stack: Stack, around: Surroundings) => Promise<T>,
  ): Promise<T> {
    const { postgres, redis, pool } = this;
    const database = `faults_${(this.databases += 1)}`;
    await redis?.flush();
    await postgres.query(`CREATE DATABASE ${database} TEMPLATE ${TEMPLATE} STRATEGY file_copy`);
    const around: Surroundings = { postgres, redis, pool, database };
    const stack = await startStack(around, clockOffsetsMs);
    try {
      return await work(stack, around);
    } finally {
      await stack.close();
      await postgres.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    }
  }
}

/** All faults fall, whatever the workload comes to before; then what they left is done. */
async function driveToEnd(
  client: PatientClient,
  workload: Workload,
  watch: ReturnType<typeof watching>,
  injector: Injector,
): Promise<Driven> {
  const driven = await drive(client, workload, watch);
  await injector.healed();
  await settle(watch.outboxRows);
  return driven;
}

function watching({ postgres, database }: Surroundings, enter: Injector['enter']) {
  return {
    enter,
    outboxRows: async (): Promise<number | null> => {
      try {
        const rows = await postgres.query<{ n: number }>(
          'SELECT count(*)::int AS n FROM tanxiao.outbox',
          { database },
        );
        return rows[0]!.n;
      } catch {
        // Killed just now; it is asked again.
        return null;
      }
    },
  };
}

/** Migrated, the queue's schema and the documents too, so that a schedule does not spend its time on that. */
async function makeTemplate(postgres: OwnPostgres, roles: RolePool): Promise<void> {
  await postgres.query(`CREATE DATABASE ${TEMPLATE} TEMPLATE template0`);
  const databaseUrl = postgres.urlOf(TEMPLATE);
  const pool = createPool({ connectionString: databaseUrl, max: 1 });
  await migrate(pool);
  await pool.end();
  const worker = await roles.take();
  await worker.start({ role: 'worker', databaseUrl, redisUrl: null, clockOffsetMs: 0 });
  if (await worker.stop()) roles.giveBack(worker);
}
