/** GET /v1/ratings: the current ratings of a population, or those of one run, page by page. */
import { type RatingView } from '@tanxiao/contracts';
import { listCurrentRatings, type RatingKey } from '@tanxiao/store';
import { z } from 'zod';

import type { ApiContext } from '../context';
import { cursorText, readCursor } from '../http/cursor';
import { planOfQuery, ratingFilter } from './rating-filter';
import { ratingViews } from './rating-view';
import { listRunRatings } from './run-ratings';
import type { ratingsQuery } from './schemas';

export interface RatingPageView {
  readonly items: readonly RatingView[];
  readonly nextCursor: string | null;
}

type RatingsQuery = z.output<typeof ratingsQuery>;

const currentKey = z.strictObject({ part: z.literal([0, 1]), subjectId: z.uuid() });
const runKey = z.strictObject({ run: z.uuid(), subjectId: z.uuid() });

export async function ratingPage(
  context: ApiContext,
  query: RatingsQuery,
): Promise<RatingPageView> {
  return query.runId === undefined
    ? currentPage(context, query)
    : runPage(context, query, query.runId);
}

async function currentPage(context: ApiContext, query: RatingsQuery): Promise<RatingPageView> {
  const filter = ratingFilter(planOfQuery(context, query), query);
  const key = readCursor(query.cursor, currentKey);
  const after: RatingKey | undefined = key
    ? { ...key, rulebookId: query.rulebook, period: query.period }
    : undefined;
  const { ratings, next } = await listCurrentRatings(context.pool, {
    filter,
    after,
    limit: query.limit,
  });
  return {
    items: await ratingViews(context, ratings),
    nextCursor: next && cursorText({ part: next.part, subjectId: next.subjectId }),
  };
}

async function runPage(
  context: ApiContext,
  query: RatingsQuery,
  runId: string,
): Promise<RatingPageView> {
  const filter = ratingFilter(planOfQuery(context, query), query);
  const key = readCursor(
    query.cursor,
    runKey.refine(({ run }) => run === runId),
  );
  const rows = await listRunRatings(context.pool, {
    runId,
    filter,
    after: key?.subjectId,
    limit: query.limit + 1,
  });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: await ratingViews(context, shown),
    nextCursor:
      rows.length > query.limit && last
        ? cursorText({ run: runId, subjectId: last.subjectId })
        : null,
  };
}
