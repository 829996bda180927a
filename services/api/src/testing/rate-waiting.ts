/** What the worker does, without a queue: rates what waits (in its plainest form), drives a run (by the worker's own code). */
import { parsePeriod, yearBefore } from '@tanxiao/contracts';
import {
  layoutOf,
  type Plan,
  Population,
  rate,
  readsYearBefore,
  withYearBefore,
} from '@tanxiao/rulebook';
import type { Standards } from '@tanxiao/standards';
import {
  claimOutbox,
  deleteOutbox,
  inTransaction,
  keepRatings,
  latestOfPeriod,
  loadForRating,
  loadOutbox,
  type RatingToKeep,
  type SubmissionForRating,
  type Transaction,
} from '@tanxiao/store';
import type { Pool } from 'pg';

import type { ApiUnderTest } from './api-under-test';

const BY = { actor: 'test', requestId: 'test' };

/** Rates every submission that waits, provisionally and without benchmarks; returns how many. */
export async function rateWaiting(api: ApiUnderTest): Promise<number> {
  let done = 0;
  for (;;) {
    const groups = await claimOutbox(api.pool, {});
    if (groups.length === 0) return done;
    for (const { topic, outboxIds } of groups) {
      if (topic !== 'rate') continue;
      const rows = await loadOutbox(api.pool, outboxIds);
      const submissions = await loadForRating(
        api.pool,
        rows.flatMap(({ submissionIds }) => submissionIds),
      );
      await inTransaction(api.pool, async (tx) => {
        await keepRated(tx, planOf(api, submissions[0]!), submissions);
        await deleteOutbox(tx, outboxIds);
      });
      done += submissions.length;
    }
  }
}

/** Of `services/worker`, which lies outside of this project's sources: what is under test here is what readers see. */
interface WorkerTesting {
  readonly driveRun: (
    pool: Pool,
    standardsInForce: { readonly current: () => Promise<Standards> },
    runId: string,
  ) => Promise<void>;
}

/** Has the worker drive a run until it is `ranked`. */
export async function scoreRun(api: ApiUnderTest, runId: string): Promise<void> {
  const { driveRun } = jest.requireActual<WorkerTesting>('../../../worker/src/testing/drive-run');
  await driveRun(api.pool, { current: () => Promise.resolve(api.standards) }, runId);
}

async function keepRated(
  tx: Transaction,
  plan: Plan,
  submissions: readonly SubmissionForRating[],
): Promise<void> {
  const before = await submissionsBefore(tx, plan, submissions);
  const ratings = rate(plan, populationOf(plan, submissions, before), null);
  const kept: RatingToKeep[] = submissions.map(({ id }, index) => {
    const columns = ratings.columns(index);
    const { grade, level, rankBy } = plan.headline;
    return {
      submissionId: id,
      yearBeforeId: before.get(id)?.id ?? null,
      benchmarkId: null,
      columns,
      grade: oneBased(columns.bands[grade]),
      level: level === null ? null : oneBased(columns.bands[level]),
      rankValue: columns.values[rankBy] ?? null,
    };
  });
  const { rulebook, factorSet } = plan;
  await keepRatings(
    tx,
    {
      ...{ rulebookHash: rulebook.hash, factorSetHash: factorSet.hash },
      ...{ benchmarkRunId: null, ratings: kept },
    },
    BY,
  );
}

function oneBased(band: number | null | undefined): number | null {
  return band === null || band === undefined ? null : band + 1;
}

/** By submission: the latest of the same subject for the same period a year before, where the plan reads one. */
async function submissionsBefore(
  tx: Transaction,
  plan: Plan,
  submissions: readonly SubmissionForRating[],
): Promise<Map<string, SubmissionForRating>> {
  const period = yearBefore(plan.period)?.id;
  if (!readsYearBefore(plan) || period === undefined) return new Map();
  const submissionIds = submissions.map(({ id }) => id);
  const latest = await latestOfPeriod(tx, { submissionIds, period });
  const rows = new Map((await loadForRating(tx, [...latest.values()])).map((row) => [row.id, row]));
  return new Map([...latest].map(([id, before]) => [id, rows.get(before)!]));
}

function populationOf(
  plan: Plan,
  submissions: readonly SubmissionForRating[],
  before: ReadonlyMap<string, SubmissionForRating> = new Map(),
): Population {
  const layout = layoutOf(plan.inputs);
  const population = new Population(plan, submissions.length);
  for (const submission of submissions) {
    const found = before.get(submission.id);
    const read = found ? { ...found, revision: null, layout } : null;
    population.add({ ...submission, ...withYearBefore(plan, submission.inputs, read) });
  }
  return population;
}

function planOf(api: ApiUnderTest, { rulebookId, period }: SubmissionForRating): Plan {
  return api.standards.plan(rulebookId, parsePeriod(period)!)!;
}
