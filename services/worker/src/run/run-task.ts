/** One run under way: what each of its steps needs. */
import { parsePeriod } from '@tanxiao/contracts';
import type { Plan } from '@tanxiao/rulebook';
import type { Standards } from '@tanxiao/standards';
import type { OutboxRow, Provenance, RunRow } from '@tanxiao/store';
import { getRun } from '@tanxiao/store';
import type { Logger } from 'pino';

import type { WorkerServices } from '../services';

export interface RunTask {
  readonly runId: string;
  readonly outboxId: number;
  readonly by: Provenance;
  readonly plan: Plan;
  readonly logger: Logger;
}

/** @throws MissingDocumentError where this program lacks the run's documents */
export async function runTask(
  services: WorkerServices,
  row: OutboxRow,
  jobId: string,
): Promise<RunTask> {
  if (row.runId === null) throw new TypeError(`outbox row ${row.id} names no run`);
  const run = await getRun(services.pool, row.runId);
  if (!run) throw new TypeError(`run ${row.runId} does not exist`);
  return {
    runId: run.id,
    outboxId: row.id,
    by: { actor: row.actor, requestId: row.requestId },
    plan: planOf(await services.standardsInForce.current(), run),
    logger: services.logger.child({ job: jobId, runId: run.id, requestId: row.requestId }),
  };
}

/** A run names its documents by hash: exactly those, or none. */
function planOf(standards: Standards, run: RunRow): Plan {
  const period = parsePeriod(run.period);
  const plan = period && standards.planByHash(run.rulebookHash, run.factorSetHash, period);
  if (!plan)
    throw new MissingDocumentError(
      `本程序没有评价规范 ${run.rulebookId} ${run.rulebookVersion} 或因子集 ${run.factorSetId} ${run.factorSetVersion} 的这一文本；请升级到带有它们的版本后重新评价 · ` +
        `this program does not have that text of rulebook ${run.rulebookId} ${run.rulebookVersion} or factor set ${run.factorSetId} ${run.factorSetVersion}; use a version that ships them and run again`,
    );
  return plan;
}

export class MissingDocumentError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MissingDocumentError';
  }
}
