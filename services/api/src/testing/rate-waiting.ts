/** What the worker does, in its plainest form and without a queue: rates what waits, drives a run to its end. */
import { parsePeriod, yearBefore } from '@tanxiao/contracts';
import {
  type Benchmark,
  benchmarksOf,
  BenchmarkTable,
  layoutOf,
  type Plan,
  Population,
  rate,
  readsYearBefore,
  withYearBefore,
} from '@tanxiao/rulebook';
import {
  claimOutbox,
  claimRunChunk,
  completeRunChunk,
  deleteOutbox,
  finishScoring,
  freezePopulation,
  getRun,
  inTransaction,
  keepBenchmarks,
  keepRatings,
  latestOfPeriod,
  loadForRating,
  loadOutbox,
  loadPopulation,
  loadRunBenchmarks,
  moveRun,
  type RatingToKeep,
  type SubmissionForRating,
  type Transaction,
} from '@tanxiao/store';

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
        await keepRated(tx, planOf(api, submissions[0]!), submissions, null, []);
        await deleteOutbox(tx, outboxIds);
      });
      done += submissions.length;
    }
  }
}

/** Drives a queued run until it is `scored`. */
export async function scoreRun(api: ApiUnderTest, runId: string): Promise<void> {
  const run = (await getRun(api.pool, runId))!;
  const plan = api.standards.planByHash(
    run.rulebookHash,
    run.factorSetHash,
    parsePeriod(run.period)!,
  )!;
  const { subjects } = await inTransaction(api.pool, (tx) => freezePopulation(tx, runId));
  await moveRun(api.pool, { runId, from: ['queued'], to: 'benchmarking' });
  const members = await loadPopulation(api.pool, {
    ...{ runId, firstOrdinal: 1, lastOrdinal: subjects },
  });
  const table = benchmarksOf(plan, populationOf(plan, members));
  await inTransaction(api.pool, (tx) => keepBenchmarks(tx, runId, table.rows, BY));
  await moveRun(api.pool, { runId, from: ['benchmarking'], to: 'scoring' });
  const benchmarks = await loadRunBenchmarks(api.pool, runId);
  for (;;) {
    const chunk = await claimRunChunk(api.pool, { runId, holder: 'test' });
    if (!chunk) break;
    const chunkMembers = await loadPopulation(api.pool, chunk);
    await inTransaction(api.pool, async (tx) => {
      const counts = await keepRated(tx, plan, chunkMembers, runId, benchmarks);
      await completeRunChunk(tx, { runId, seq: chunk.seq, ...counts, failed: 0 });
    });
  }
  await inTransaction(api.pool, (tx) => finishScoring(tx, runId));
}

async function keepRated(
  tx: Transaction,
  plan: Plan,
  submissions: readonly SubmissionForRating[],
  runId: string | null,
  benchmarks: readonly (Benchmark & { readonly id: string })[],
): Promise<{ rated: number; notRated: number }> {
  const table = runId === null ? null : BenchmarkTable.from(plan, benchmarks);
  const before = await submissionsBefore(tx, plan, submissions);
  const ratings = rate(plan, populationOf(plan, submissions, before), table);
  const kept: RatingToKeep[] = submissions.map(({ id }, index) => {
    const columns = ratings.columns(index);
    const used = ratings.benchmark(index);
    const { grade, level, rankBy } = plan.headline;
    return {
      submissionId: id,
      yearBeforeId: before.get(id)?.id ?? null,
      benchmarkId:
        benchmarks.find(
          ({ statistic, groupKey }) => statistic === used?.statistic && groupKey === used.groupKey,
        )?.id ?? null,
      columns,
      grade: oneBased(columns.bands[grade]),
      level: level === null ? null : oneBased(columns.bands[level]),
      rankValue: columns.values[rankBy] ?? null,
    };
  });
  await keepRatings(
    tx,
    {
      rulebookHash: plan.rulebook.hash,
      factorSetHash: plan.factorSet.hash,
      runId,
      benchmarkRunId: runId,
      ratings: kept,
    },
    BY,
  );
  const rated = kept.filter(({ columns }) => columns.outcome === 'rated').length;
  return { rated, notRated: kept.length - rated };
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
