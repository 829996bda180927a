/**
 * The rate job: kept submissions get their provisional rating. Ratings and the outbox rows' deletion are one
 * transaction, so a job delivered twice, or half done and repeated, leaves one rating a submission.
 */
import type { JobHandler } from '@tanxiao/queue';
import {
  deleteOutbox,
  inTransaction,
  loadForRating,
  loadOutbox,
  type OutboxRow,
  type Provenance,
} from '@tanxiao/store';

import type { WorkerServices } from '../services';
import { batchOf, evaluateGroups } from './evaluate-group';
import { keepEvaluated } from './keep-evaluated';
import { publishedBenchmarks } from './published-benchmarks';

export function rateHandler(services: WorkerServices): JobHandler<'rate'> {
  const benchmarks = publishedBenchmarks(services.pool);
  return async ({ outboxIds }, { jobId, signal }) => {
    const { pool } = services;
    const rows = await loadOutbox(pool, outboxIds);
    // All gone: another delivery of these rows has kept their ratings.
    if (rows.length === 0) return;
    const by = provenance(rows, jobId);
    const logger = services.logger.child({ job: jobId, requestId: by.requestId });
    const ids = [...new Set(rows.flatMap(({ submissionIds }) => submissionIds))];
    const submissions = await loadForRating(pool, ids);
    const standards = await services.standardsInForce.current();
    const groups = await evaluateGroups(submissions, { pool, db: pool, standards, benchmarks });
    signal.throwIfAborted();
    const failed = await inTransaction(pool, async (tx) => {
      const all = [];
      for (const group of groups)
        all.push(...(await keepEvaluated(tx, batchOf(group), group.evaluated, by)));
      await deleteOutbox(
        tx,
        rows.map(({ id }) => id),
      );
      return all;
    });
    services.statistics.written(submissions.length);
    for (const { submissionId, error } of failed)
      logger.error({ submissionId, err: error }, 'a submission could not be rated; recorded alone');
    logger.debug({ submissions: submissions.length, failed: failed.length }, 'rated');
  };
}

/** The request whose rows these are; a job of several requests signs itself, each submission names its own. */
function provenance(rows: readonly OutboxRow[], jobId: string): Provenance {
  const [first] = rows;
  const one = first && rows.every(({ requestId }) => requestId === first.requestId);
  return one
    ? { actor: first.actor, requestId: first.requestId }
    : { actor: 'system:worker', requestId: jobId };
}
