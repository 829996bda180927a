/** What the ratings, rankings, distribution and benchmarks resources take and answer. */
import { bilingualSchema, OUTCOMES, RATING_STATES, ratingSchema } from '@tanxiao/contracts';
import { z } from 'zod';

import { pageQuery, pageSchema } from '../http/cursor';
import {
  booleanParameter,
  inBoth,
  localIdParameter,
  periodParameter,
  rulebookParameter,
  usccParameter,
} from '../http/parameters';

const industryParameter = z
  .string()
  .regex(/^\d{1,6}$/, inBoth('应为 1—6 位数字', 'must be 1 to 6 digits'))
  .optional()
  .meta({
    description: 'Industry code or its first digits: 17 is the whole division',
    example: '17',
  });

const regionParameter = z
  .string()
  .regex(/^\d{6}$/, inBoth('应为 6 位行政区划代码', 'must be a 6-digit administrative code'))
  .optional()
  .meta({
    description: 'Administrative code; 330500 is the whole city, 330000 the whole province',
    example: '330500',
  });

const population = { rulebook: rulebookParameter, period: periodParameter };
const group = { industry: industryParameter, region: regionParameter };

export const ratingFilterQuery = {
  ...population,
  uscc: usccParameter.optional(),
  localId: localIdParameter.optional(),
  ...group,
  grade: z
    .string()
    .max(16)
    .optional()
    .meta({ description: 'Code of a band of the rulebook’s headline grading', example: '5' }),
  outcome: z.enum(OUTCOMES).optional(),
  state: z.enum(RATING_STATES).optional(),
};

export const ratingsQuery = z.object({
  ...ratingFilterQuery,
  runId: z
    .uuid()
    .optional()
    .meta({ description: 'Ratings of this run, published or not; default: the current ones' }),
  ...pageQuery,
});
export const exportQuery = z.object({
  ...ratingFilterQuery,
  bom: booleanParameter.optional().meta({
    description: 'Start with a byte-order mark, for Excel; default false',
    type: 'boolean',
  }),
});
export const rankingQuery = z.object({ ...population, ...group, ...pageQuery });
export const distributionQuery = z.object({
  ...population,
  ...group,
  by: z.enum(['grade', 'industry', 'region']).default('grade'),
});
export const benchmarksQuery = z.object({
  ...population,
  industry: z
    .string()
    .regex(/^\d{1,6}$/, inBoth('应为 1—6 位数字', 'must be 1 to 6 digits'))
    .optional()
    .meta({
      description: 'With `region`: only the peer groups a subject of both may be compared with',
    }),
  region: regionParameter,
  classification: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/)
    .optional()
    .meta({ description: 'Of `industry`; default: the rulebook’s first', example: 'gbt4754-2017' }),
  runId: z.uuid().optional().meta({ description: 'Default: the published run' }),
  ...pageQuery,
});

export const ratingPageSchema = pageSchema(ratingSchema).meta({ id: 'RatingPage' });

export const rankedRatingSchema = z
  .object({
    rank: z.int().min(1).meta({ description: 'Equal values share a rank: 1, 2, 2, 4' }),
    tied: z.int().min(1).meta({ description: 'How many share it' }),
    population: z.int().meta({ description: 'Ranked subjects within the filter' }),
    rankBy: z.object({ name: z.string(), title: bilingualSchema, value: z.number() }),
    rating: ratingSchema,
  })
  .meta({ id: 'RankedRating' });
export const rankingPageSchema = pageSchema(rankedRatingSchema).meta({ id: 'RankingPage' });

export const distributionSchema = z
  .object({
    rulebook: z.string(),
    period: z.string(),
    by: z.enum(['grade', 'industry', 'region']),
    total: z.int(),
    rated: z.int(),
    notRated: z.int(),
    grades: z
      .array(z.object({ code: z.string(), title: bilingualSchema }))
      .meta({ description: 'The bands that `counts` refer to, in the rulebook’s order' }),
    reasons: z
      .array(z.object({ code: z.string(), message: bilingualSchema, count: z.int() }))
      .meta({
        description: 'Why subjects are not rated; one with several reasons counts under each',
      }),
    groups: z.array(
      z.object({
        key: z.string().meta({
          description: 'Grade code or `not-rated`; classification and division; or region code',
        }),
        title: bilingualSchema
          .nullable()
          .meta({ description: 'Of a grade, division or region; null where none is known' }),
        total: z.int(),
        notRated: z.int(),
        counts: z
          .array(z.int())
          .meta({ description: 'Rated subjects by band, in the order of `grades`' }),
      }),
    ),
  })
  .meta({ id: 'Distribution' });

export const benchmarkSchema = z
  .object({
    id: z.uuid(),
    runId: z.uuid(),
    statistic: z.string().meta({ description: 'Name of the rulebook’s statistic' }),
    level: z.string(),
    title: bilingualSchema,
    groupKey: z.string(),
    size: z.int().meta({ description: 'Peers' }),
    numerator: z.string().meta({ description: 'Exact total' }),
    denominator: z.string().meta({ description: 'Exact total' }),
    value: z.number().nullable().meta({ description: 'The quotient, rounded for display' }),
  })
  .meta({ id: 'Benchmark' });
export const benchmarkPageSchema = pageSchema(benchmarkSchema).meta({ id: 'BenchmarkPage' });

export const replayColumnsSchema = z
  .object({
    outcome: z.enum(OUTCOMES),
    reasons: z.array(z.string()),
    results: z.record(z.string(), z.number().nullable()),
    gradings: z.record(z.string(), z.string().nullable()),
  })
  .meta({ id: 'ReplayColumns' });

export const replaySchema = z
  .object({
    ratingId: z.uuid(),
    identical: z.boolean(),
    rulebook: z.object({ id: z.string(), version: z.string(), hash: z.string() }),
    factorSet: z.object({ id: z.string(), version: z.string(), hash: z.string() }),
    kept: replayColumnsSchema,
    recomputed: replayColumnsSchema,
  })
  .meta({ id: 'Replay' });
