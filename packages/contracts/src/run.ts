/** Runs: the re-scoring of a period's whole population under one rulebook. */
import { z } from 'zod';

/** In the order in which a run goes through them; the last two end it early. */
export const RUN_STATES = [
  'draft',
  'frozen',
  'benchmarked',
  'scored',
  'ranked',
  'under-notice',
  'published',
  'cancelled',
  'failed',
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** States in which workers have something to do. */
export const WORKING_RUN_STATES = [
  'draft',
  'frozen',
  'benchmarked',
  'scored',
] as const satisfies readonly RunState[];

/** What leads out of each working state. */
export const RUN_STEPS = ['freezing', 'benchmarking', 'scoring', 'ranking'] as const;
export type RunStep = (typeof RUN_STEPS)[number];

/** Among whom a subject is ranked: the whole population, its city (4 digits of the region code), county (6), industry division (2 digits) and class (whole code). */
export const RANK_SCOPES = ['all', 'city', 'county', 'division', 'class'] as const;
export type RankScope = (typeof RANK_SCOPES)[number];

export const runRequestSchema = z
  .strictObject({ rulebook: z.string().max(100), period: z.string().max(16) })
  .meta({ id: 'RunRequest' });

export const runSchema = z
  .object({
    id: z.uuid(),
    rulebook: z.object({ id: z.string(), version: z.string(), hash: z.string() }),
    factorSet: z.object({ id: z.string(), version: z.string(), hash: z.string() }),
    period: z.string(),
    state: z.enum(RUN_STATES),
    subjects: z.object({
      total: z.int(),
      done: z.int(),
      rated: z.int(),
      notRated: z.int(),
    }),
    failure: z.string().nullable(),
    createdAt: z.iso.datetime(),
    frozenAt: z.iso.datetime().nullable(),
    benchmarkedAt: z.iso.datetime().nullable(),
    scoredAt: z.iso.datetime().nullable(),
    rankedAt: z.iso.datetime().nullable(),
    publishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Run' });
export type RunView = z.infer<typeof runSchema>;
