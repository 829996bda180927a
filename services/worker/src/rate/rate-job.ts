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
  type Transaction,
} from '@tanxiao/store';
import { inSpan } from '@tanxiao/telemetry';

import type { WorkerServices } from '../services';
import type { Evaluated } from './evaluate';
import { batchOf, evaluateGroups, type Group } from './evaluate-group';
import { keepEvaluated } from './keep-evaluated';
import { publishedBenchmarks } from './published-benchmarks';
import { countsOf } from './rating-counts';

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
    const keep = (tx: Transaction) => keepGroups(tx, groups, rows, by);
    const failed = await inSpan('keep ratings', { 'tanxiao.submissions': submissions.length }, () =>
      inTransaction(pool, keep),
    );
    services.statistics.written(submissions.length);
    services.metrics.batch(submissions.length);
    services.metrics.ratingsKept('arrival', countsOf(groups, failed));
    for (const { submissionId, error } of failed)
      logger.error({ submissionId, err: error }, 'a submission could not be rated; recorded alone');
    logger.debug({ submissions: submissions.length, failed: failed.length }, 'rated');
  };
}

/** Ratings and failures of all groups, and the outbox rows' end. @returns submissions whose rating failed */
async function keepGroups(
  tx: Transaction,
  groups: readonly Group[],
  rows: readonly OutboxRow[],
  by: Provenance,
): Promise<Evaluated['failures']> {
  const failed = [];
  for (const group of groups)
    failed.push(...(await keepEvaluated(tx, batchOf(group), group.evaluated, by)));
  await deleteOutbox(
    tx,
    rows.map(({ id }) => id),
  );
  return failed;
}

/** The request whose rows these are; a job of several requests signs itself, each submission names its own. */
function provenance(rows: readonly OutboxRow[], jobId: string): Provenance {
  const [first] = rows;
  const one = first && rows.every(({ requestId }) => requestId === first.requestId);
  return one
    ? { actor: first.actor, requestId: first.requestId }
    : { actor: 'system:worker', requestId: jobId };
}
