/**
 * The rate job: kept submissions get their provisional rating. Ratings and the outbox rows' deletion are one
 * transaction, so a job delivered twice, or half done and repeated, leaves one rating a submission.
 */
import { parsePeriod } from '@tanxiao/contracts';
import type { JobHandler } from '@tanxiao/queue';
import type { Plan } from '@tanxiao/rulebook';
import type { Standards } from '@tanxiao/standards';
import {
  deleteOutbox,
  inTransaction,
  loadForRating,
  loadOutbox,
  type OutboxRow,
  type Provenance,
  type SubmissionForRating,
  type Transaction,
} from '@tanxiao/store';
import { inSpan } from '@tanxiao/telemetry';

import type { RatingCounts } from '../metrics/worker-metrics';
import type { WorkerServices } from '../services';
import { evaluate, type Evaluated } from './evaluate';
import { inputOrder } from './input-order';
import { keepEvaluated } from './keep-evaluated';
import { type BenchmarkSource, publishedBenchmarks } from './published-benchmarks';
import { withLatestBefore } from './year-before';

interface Group {
  /** Null: no version of the rulebook is in force in the period (the form lets none through). */
  readonly plan: Plan | null;
  /** The run whose benchmarks were used; null: none. */
  readonly benchmarkRunId: string | null;
  readonly evaluated: Evaluated;
}

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
    const groups: Group[] = [];
    for (const group of byRulebookAndPeriod(submissions))
      groups.push(await evaluateGroup(group, { pool, standards, benchmarks }));
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

function countsOf(groups: readonly Group[], failed: Evaluated['failures']): RatingCounts {
  const lost = new Set(failed.map(({ submissionId }) => submissionId));
  const kept = groups
    .flatMap(({ evaluated }) => evaluated.ratings)
    .filter(({ submissionId }) => !lost.has(submissionId));
  const rated = kept.filter(({ columns }) => columns.outcome === 'rated').length;
  const refereed = groups.reduce((sum, { evaluated }) => sum + evaluated.refereed, 0);
  return { rated, notRated: kept.length - rated, failed: lost.size, refereed };
}

/** The request whose rows these are; a job of several requests signs itself, each submission names its own. */
function provenance(rows: readonly OutboxRow[], jobId: string): Provenance {
  const [first] = rows;
  const one = first && rows.every(({ requestId }) => requestId === first.requestId);
  return one
    ? { actor: first.actor, requestId: first.requestId }
    : { actor: 'system:worker', requestId: jobId };
}

function byRulebookAndPeriod(
  submissions: readonly SubmissionForRating[],
): readonly (readonly [SubmissionForRating, ...SubmissionForRating[]])[] {
  const groups = new Map<string, [SubmissionForRating, ...SubmissionForRating[]]>();
  for (const submission of submissions) {
    const key = `${submission.rulebookId} ${submission.period}`;
    const group = groups.get(key);
    if (group) group.push(submission);
    else groups.set(key, [submission]);
  }
  return [...groups.values()];
}

interface RatedBy extends Pick<WorkerServices, 'pool'> {
  readonly standards: Standards;
  readonly benchmarks: BenchmarkSource;
}

async function evaluateGroup(
  group: readonly [SubmissionForRating, ...SubmissionForRating[]],
  { pool, standards, benchmarks }: RatedBy,
): Promise<Group> {
  const { rulebookId, period } = group[0];
  const read = parsePeriod(period);
  const plan = read && standards.plan(rulebookId, read);
  if (!plan) {
    const error = new Error(`no version of rulebook ${rulebookId} is in force in period ${period}`);
    const failures = group.map(({ id }) => ({ submissionId: id, error }));
    return { plan: null, benchmarkRunId: null, evaluated: { ratings: [], failures, refereed: 0 } };
  }
  const submissions = await withLatestBefore(pool, plan, group);
  const order = await inputOrder(pool, plan, submissions);
  const published = await benchmarks(plan);
  const evaluated = evaluate(plan, submissions, order, published);
  return { plan, benchmarkRunId: published?.runId ?? null, evaluated };
}

function batchOf({ plan, benchmarkRunId }: Group) {
  return {
    rulebookHash: plan?.rulebook.hash ?? '',
    factorSetHash: plan?.factorSet.hash ?? '',
    benchmarkRunId,
  };
}
