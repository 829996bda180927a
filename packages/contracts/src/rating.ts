/** Ratings: what an evaluation yields for one subject, as it is kept and as the API shows it. */
import { z } from 'zod';

import { RANK_SCOPES } from './run';
import { SUBJECT_SCHEMES } from './submission';

export const OUTCOMES = ['rated', 'not-rated'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Provisional on arrival; final once the run of its period is published. */
export const RATING_STATES = ['provisional', 'final'] as const;
export type RatingState = (typeof RATING_STATES)[number];

/**
 * The result columns of one rating, by position: `values` in the order of the rulebook's results, `bands` in
 * the order of its gradings (0-based band index). Null is unknown. Doubles hold exact decimals (15 digits).
 */
export interface RatingColumns {
  readonly outcome: Outcome;
  /** Codes of the rulebook's not-rated rules that hold, in the rulebook's order; empty when rated. */
  readonly reasons: readonly string[];
  readonly values: readonly (number | null)[];
  readonly bands: readonly (number | null)[];
}

export const bilingualSchema = z.object({ zh: z.string(), en: z.string() });

export const notRatedReasonSchema = z
  .object({ code: z.string(), message: bilingualSchema })
  .meta({ id: 'NotRatedReason' });

export const gradingResultSchema = z
  .object({ name: z.string(), code: z.string(), title: bilingualSchema })
  .meta({ id: 'GradingResult' });

export const peerGroupSchema = z
  .object({
    benchmarkId: z.uuid().nullable(),
    level: z.string(),
    title: bilingualSchema,
    key: z.string(),
    size: z.int(),
  })
  .meta({ id: 'PeerGroup' });

export const rankSchema = z
  .object({
    scope: z.enum(RANK_SCOPES).meta({
      description:
        'Among whom: all of the run, the city (4 digits of the region code), the county (6), the industry division (2 digits), the class',
    }),
    key: z.string().meta({ description: 'Which city, county, division or class; empty for all' }),
    rank: z.int().min(1).meta({ description: 'Competition rank: 1, 2, 2, 4' }),
    tied: z.int().min(1).meta({ description: 'How many share the rank, this one included' }),
    ranked: z.int().min(1).meta({ description: 'How many are ranked in the scope' }),
  })
  .meta({ id: 'Rank' });

export const ratingSchema = z
  .object({
    id: z.uuid(),
    state: z.enum(RATING_STATES),
    outcome: z.enum(OUTCOMES),
    reasons: z.array(notRatedReasonSchema),
    subject: z.object({ scheme: z.enum(SUBJECT_SCHEMES), code: z.string() }),
    name: z.string().nullable(),
    regionCode: z.string(),
    industryClassification: z.string(),
    industryCode: z.string(),
    rulebook: z.object({ id: z.string(), version: z.string(), hash: z.string() }),
    factorSet: z.object({ id: z.string(), version: z.string(), hash: z.string() }),
    period: z.string(),
    submissionId: z.uuid(),
    revision: z.int(),
    runId: z.uuid().nullable(),
    results: z.record(z.string(), z.number().nullable()).meta({
      description:
        'Each an exact decimal of at most 15 significant digits, rounded once by GB/T 8170',
    }),
    gradings: z.array(gradingResultSchema),
    label: bilingualSchema.nullable(),
    peerGroup: peerGroupSchema.nullable(),
    ranks: z.array(rankSchema).meta({
      description: 'Of a ranked run’s rating; none where it is provisional or not rated',
    }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Rating' });
export type RatingView = z.infer<typeof ratingSchema>;
