/**
 * GET /v1/ratings/export: all current ratings of a filter as CSV, by subject code, streamed. Header and rows are
 * those of the command line (forms' rating-rows), so that the same ratings give the same bytes.
 */
import { CSV_BOM, ratingCsvHeader, ratingCsvRow } from '@tanxiao/forms';
import type { Plan } from '@tanxiao/rulebook';
import { type RatingRow, streamCurrentRatings } from '@tanxiao/store';
import type { z } from 'zod';

import type { ApiContext } from '../context';
import { attachmentHeaders } from '../http/answers';
import type { Call } from '../http/route';
import { streamed } from '../http/streamed';
import { planOf } from './plans';
import { planOfQuery, ratingFilter } from './rating-filter';
import type { exportQuery } from './schemas';

export const CSV_TYPE = 'text/csv; charset=utf-8';

export async function sendExport(call: Call<unknown, z.output<typeof exportQuery>>): Promise<void> {
  const { context, query, response } = call;
  const plan = planOfQuery(context, query);
  const batches = streamCurrentRatings(context.pool, ratingFilter(plan, query));
  const release = context.exportSlots.take();
  try {
    attachmentHeaders(response, {
      name: `ratings-${query.rulebook}-${query.period}.csv`,
      type: CSV_TYPE,
    });
    await streamed(call, csvOf(context, plan, batches, query.bom === true));
  } finally {
    release();
  }
}

async function* csvOf(
  context: ApiContext,
  plan: Plan,
  batches: AsyncIterable<readonly RatingRow[]>,
  withBom: boolean,
): AsyncGenerator<string> {
  const header = ratingCsvHeader(plan);
  yield (withBom ? CSV_BOM : '') + header;
  for await (const rows of batches) {
    let text = '';
    for (const row of rows) {
      const own = await planOf(context, row);
      if (own !== plan && ratingCsvHeader(own) !== header)
        throw new Error(`rating ${row.id} has other columns than ${plan.rulebook.version}`);
      text += ratingCsvRow(own, {
        subject: row.subject,
        name: row.name,
        regionCode: row.regionCode,
        industryClassification: row.industryClassification,
        industryCode: row.industryCode,
        rating: {
          outcome: row.outcome,
          reasons: row.reasons,
          values: row.results,
          bands: row.bands,
        },
        peers: row.benchmark,
      });
    }
    yield text;
  }
}
