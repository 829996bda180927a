/**
 * GET /v1/ratings/{id}/replay: the rating computed anew from what is kept in the database alone (submission,
 * rulebook, factor set, benchmark), by both ways of computing, and compared with what was kept.
 */
import type { RatingColumns } from '@tanxiao/contracts';
import { BenchmarkTable, explain, type Plan, Population, rate } from '@tanxiao/rulebook';
import type { z } from 'zod';

import type { ApiContext } from '../context';
import { replayPlan } from './plans';
import { benchmarksOfRating, ratingInputs, subjectData } from './rating-inputs';
import { namedResults } from './rating-view';
import type { replayColumnsSchema, replaySchema } from './schemas';

export async function replayRating(
  context: ApiContext,
  id: string,
): Promise<z.infer<typeof replaySchema>> {
  const of = await ratingInputs(context, id);
  const { rating } = of;
  const plan = await replayPlan(context, rating);
  const subject = subjectData(plan, of);
  const benchmarks = await benchmarksOfRating(context, of, plan);
  const population = new Population(plan, 1);
  population.add(subject);
  const table = BenchmarkTable.from(plan, benchmarks);
  const byReferee = columnsView(plan, explain(plan, subject, benchmarks).columns);
  const byKernel = columnsView(plan, rate(plan, population, table).columns(0));
  const kept = columnsView(plan, {
    outcome: rating.outcome,
    reasons: rating.reasons,
    values: rating.results,
    bands: rating.bands,
  });
  const same = [byReferee, byKernel].every(
    (columns) => JSON.stringify(columns) === JSON.stringify(kept),
  );
  return {
    ratingId: rating.id,
    identical: same,
    rulebook: {
      id: rating.rulebookId,
      version: rating.rulebookVersion,
      hash: plan.rulebook.hash,
    },
    factorSet: {
      id: rating.factorSetId,
      version: rating.factorSetVersion,
      hash: plan.factorSet.hash,
    },
    kept,
    recomputed: byReferee,
  };
}

function columnsView(plan: Plan, columns: RatingColumns): z.infer<typeof replayColumnsSchema> {
  return {
    outcome: columns.outcome,
    reasons: [...columns.reasons],
    results: namedResults(plan, columns.values),
    gradings: Object.fromEntries(
      plan.gradings.map((grading, index) => [
        grading.name,
        grading.bands[columns.bands[index] ?? -1]?.code ?? null,
      ]),
    ),
  };
}
