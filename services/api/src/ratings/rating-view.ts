/** A rating as the API shows it: names and titles from the plan it was made with. */
import { type Bilingual, RANK_SCOPES, type RatingView } from '@tanxiao/contracts';
import { labelOf, peerGroupTitle, type Plan, rankGroupKey } from '@tanxiao/rulebook';
import { loadRankGroups, loadRanks, type RatingRow } from '@tanxiao/store';

import type { ApiContext } from '../context';
import { planOf } from './plans';

export async function ratingViews(
  context: ApiContext,
  rows: readonly RatingRow[],
): Promise<RatingView[]> {
  const ranks = await ranksOf(context, rows);
  return Promise.all(
    rows.map(async (row, i) => ratingView(await planOf(context, row), row, ranks[i]!)),
  );
}

/** Ranks of each rating; two queries however many there are, and one more a run. */
async function ranksOf(
  { pool }: ApiContext,
  rows: readonly RatingRow[],
): Promise<RatingView['ranks'][]> {
  const ofRuns = rows.flatMap(({ runId, ordinal }) =>
    runId === null || ordinal === null ? [] : [{ runId, ordinal }],
  );
  if (ofRuns.length === 0) return rows.map(() => []);
  const found = await loadRanks(pool, ofRuns);
  const keys = rows.map((row) =>
    RANK_SCOPES.map((scope) => ({ scope, key: rankGroupKey(scope, row) })),
  );
  const ranked = new Map<string, number>();
  for (const runId of new Set(ofRuns.map((of) => of.runId)))
    for (const group of await loadRankGroups(pool, runId, keys.flat()))
      ranked.set(`${runId} ${group.scope} ${group.key}`, group.ranked);
  let next = 0;
  return rows.map((row, i) => {
    if (row.runId === null) return [];
    return found[next++]!.map(({ scope, rank, tied }) => {
      const { key } = keys[i]!.find((one) => one.scope === scope)!;
      return { scope, key, rank, tied, ranked: ranked.get(`${row.runId} ${scope} ${key}`)! };
    });
  });
}

function ratingView(plan: Plan, row: RatingRow, ranks: RatingView['ranks']): RatingView {
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
    ranks,
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
