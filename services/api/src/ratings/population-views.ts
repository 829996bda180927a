/** Rankings, distribution and benchmarks: what a population looks like as a whole. */
import { type Bilingual, ProblemError } from '@tanxiao/contracts';
import { peerGroupKeyStart, type Plan } from '@tanxiao/rulebook';
import { CLASSIFICATION_IDS, loadClassification, loadRegions } from '@tanxiao/standards';
import { type BenchmarkRow, distributionOf, listBenchmarks, listRanking } from '@tanxiao/store';
import { z } from 'zod';

import type { ApiContext } from '../context';
import { cursorText, pageOf, readCursor } from '../http/cursor';
import { planOfQuery, populationFilter } from './rating-filter';
import { groupTitle, ratingViews } from './rating-view';
import type {
  benchmarkPageSchema,
  benchmarksQuery,
  distributionQuery,
  distributionSchema,
  rankingPageSchema,
  rankingQuery,
} from './schemas';

const rankKey = z.strictObject({ rankValue: z.number(), subjectId: z.uuid() });

export async function rankingPage(
  context: ApiContext,
  query: z.output<typeof rankingQuery>,
): Promise<z.input<typeof rankingPageSchema>> {
  const plan = planOfQuery(context, query);
  const { name, title } = plan.results[plan.headline.rankBy]!;
  const { ratings, next } = await listRanking(context.pool, {
    filter: populationFilter(query),
    order: plan.headline.best === 'highest' ? 'descending' : 'ascending',
    after: readCursor(query.cursor, rankKey) ?? undefined,
    limit: query.limit,
  });
  const views = await ratingViews(
    context,
    ratings.map(({ rating }) => rating),
  );
  return {
    items: ratings.map(({ rank, tied, population, rating }, index) => ({
      rank,
      tied,
      population,
      rankBy: { name, title, value: rating.rankValue! },
      rating: views[index]!,
    })),
    nextCursor: next && cursorText(next),
  };
}

export async function distributionView(
  context: ApiContext,
  query: z.output<typeof distributionQuery>,
): Promise<z.input<typeof distributionSchema>> {
  const plan = planOfQuery(context, query);
  const found = await distributionOf(context.pool, populationFilter(query));
  const bands = plan.gradings[plan.headline.grade]!.bands;
  const byKey = {
    grade: () =>
      found.grades.map(({ grade, count }) => ({
        key: grade === null ? 'not-rated' : (bands[grade - 1]?.code ?? String(grade)),
        title: grade === null ? NOT_RATED : (bands[grade - 1]?.title ?? null),
        grade,
        count,
      })),
    industry: () =>
      found.divisions.map(({ classification, division, grade, count }) => ({
        key: `${classification}:${division}`,
        title: divisionTitle(classification, division),
        grade,
        count,
      })),
    region: () =>
      found.regions.map(({ regionCode, grade, count }) => ({
        key: regionCode,
        title: regionTitle(regionCode),
        grade,
        count,
      })),
  }[query.by]();
  const rated = found.outcomes.find(({ outcome }) => outcome === 'rated')?.count ?? 0;
  return {
    rulebook: query.rulebook,
    period: query.period,
    by: query.by,
    total: found.total,
    rated,
    notRated: found.total - rated,
    grades: bands.map(({ code, title }) => ({ code, title })),
    reasons: found.reasons.map(({ reason, count }) => ({
      code: reason,
      message: plan.reasons.find(({ code }) => code === reason)?.message ?? {
        zh: reason,
        en: reason,
      },
      count,
    })),
    groups: grouped(byKey, bands.length),
  };
}

const NOT_RATED: Bilingual = { zh: '不予评级', en: 'not rated' };

function regionTitle(code: string): Bilingual | null {
  const region = loadRegions().get(code);
  return region ? { zh: region.nameZh, en: region.nameEn } : null;
}

/** The classification has no English names: the code stands for them. */
function divisionTitle(classification: string, division: string): Bilingual | null {
  const id = CLASSIFICATION_IDS.find((known) => known === classification);
  const entry = id && loadClassification(id).get(division);
  return entry ? { zh: entry.nameZh, en: `division ${division}` } : null;
}

interface GradeCount {
  readonly key: string;
  readonly title: Bilingual | null;
  /** 1-based; null: not rated. */
  readonly grade: number | null;
  readonly count: number;
}

function grouped(counts: readonly GradeCount[], grades: number) {
  const groups = new Map<
    string,
    { title: Bilingual | null; total: number; notRated: number; counts: number[] }
  >();
  for (const { key, title, grade, count } of counts) {
    const group = groups.get(key) ?? {
      title,
      total: 0,
      notRated: 0,
      counts: new Array<number>(grades).fill(0),
    };
    group.total += count;
    if (grade === null) group.notRated += count;
    else group.counts[grade - 1] = (group.counts[grade - 1] ?? 0) + count;
    groups.set(key, group);
  }
  return [...groups].map(([key, group]) => ({ key, ...group }));
}

type BenchmarksQuery = z.output<typeof benchmarksQuery>;

export async function benchmarkPage(
  context: ApiContext,
  query: BenchmarksQuery,
): Promise<z.input<typeof benchmarkPageSchema>> {
  const plan = planOfQuery(context, query);
  const { rulebook: rulebookId, period, runId, industry, region, limit } = query;
  const view = (row: BenchmarkRow) => benchmarkView(plan, row);
  if (industry === undefined && region === undefined) {
    const after = readCursor(query.cursor, z.uuid()) ?? undefined;
    const rows = await listBenchmarks(context.pool, {
      ...{ rulebookId, period, runId, after, limit: limit + 1 },
    });
    return pageOf(rows, limit, view, ({ id }) => id);
  }
  const levels = await Promise.all(
    groupsAt(plan, query).map((group) =>
      listBenchmarks(context.pool, { rulebookId, period, runId, limit: null, ...group }),
    ),
  );
  return { items: levels.flat().map(view), nextCursor: null };
}

/** Groups that subjects of this industry and region may be compared with, the narrowest first: of a choice all options. */
function groupsAt(
  plan: Plan,
  query: BenchmarksQuery,
): ({ readonly groupKey: string } | { readonly groupKeyStart: string })[] {
  const { industry, region, classification } = query;
  if (industry === undefined || region === undefined)
    throw new ProblemError('invalid-request', {}, [
      {
        code: 'bad-field',
        params: {
          detailZh: 'industry 与 region 须同时给出，或都不给出',
          detailEn: 'give industry and region together, or neither',
        },
      },
    ]);
  const first = plan.rulebook.document.subjectKey.classifications[0]?.id ?? '';
  const groups = plan.statistics[0]?.groups ?? [];
  return groups.map((group) => {
    const key = peerGroupKeyStart(group, {
      regionCode: region,
      industryClassification: classification ?? first,
      industryCode: industry,
    });
    return group.by.length === 0 ? { groupKey: key } : { groupKeyStart: key };
  });
}

function benchmarkView(
  plan: Plan,
  row: BenchmarkRow,
): z.input<typeof benchmarkPageSchema>['items'][number] {
  const { id, runId, statistic, level, groupKey, size, numerator, denominator, value } = row;
  const title = groupTitle(plan, row);
  return { id, runId, statistic, level, title, groupKey, size, numerator, denominator, value };
}
