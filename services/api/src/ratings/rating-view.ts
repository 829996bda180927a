/** A rating as the API shows it: names and titles from the plan it was made with. */
import type { Bilingual, RatingView } from '@tanxiao/contracts';
import { labelOf, peerGroupTitle, type Plan } from '@tanxiao/rulebook';
import type { RatingRow } from '@tanxiao/store';

import type { ApiContext } from '../context';
import { planOf } from './plans';

export async function ratingViews(
  context: ApiContext,
  rows: readonly RatingRow[],
): Promise<RatingView[]> {
  return Promise.all(rows.map(async (row) => ratingView(await planOf(context, row), row)));
}

export function ratingView(plan: Plan, row: RatingRow): RatingView {
  return {
    id: row.id,
    state: row.state,
    outcome: row.outcome,
    reasons: row.reasons.map((code) => ({
      code,
      message: plan.reasons.find((reason) => reason.code === code)?.message ?? {
        zh: code,
        en: code,
      },
    })),
    subject: row.subject,
    name: row.name,
    regionCode: row.regionCode,
    industryClassification: row.industryClassification,
    industryCode: row.industryCode,
    rulebook: { id: row.rulebookId, version: row.rulebookVersion, hash: row.rulebookHash },
    factorSet: { id: row.factorSetId, version: row.factorSetVersion, hash: row.factorSetHash },
    period: row.period,
    submissionId: row.submissionId,
    revision: row.revision,
    runId: row.runId,
    results: namedResults(plan, row.results),
    gradings: plan.gradings.flatMap((grading, index) => {
      const band = grading.bands[row.bands[index] ?? -1];
      return band ? [{ name: grading.name, code: band.code, title: band.title }] : [];
    }),
    label: labelOf(plan, row.bands),
    peerGroup: row.benchmark && {
      benchmarkId: row.benchmark.id,
      level: row.benchmark.level,
      title: groupTitle(plan, row.benchmark),
      key: row.benchmark.groupKey,
      size: row.benchmark.size,
    },
    createdAt: row.createdAt.toISOString(),
  };
}

export function namedResults(
  plan: Plan,
  values: readonly (number | null)[],
): Record<string, number | null> {
  return Object.fromEntries(plan.results.map(({ name }, index) => [name, values[index] ?? null]));
}

/** Levels of several statistics are told from one another by their codes. */
export function groupTitle(plan: Plan, of: Parameters<typeof peerGroupTitle>[1]): Bilingual {
  return peerGroupTitle(
    plan.statistics.flatMap(({ groups }) => groups),
    of,
  );
}
