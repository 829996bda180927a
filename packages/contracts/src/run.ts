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
    progress: z
      .object({
        step: z.enum(RUN_STEPS),
        done: z.int().meta({ description: 'Subjects, of all stages of statistics together' }),
        total: z.int().meta({ description: '0 while it is not known yet' }),
        perSecond: z.number().nullable().meta({ description: 'Since the step began' }),
        secondsLeft: z.number().nullable().meta({ description: 'Of this step, at that rate' }),
      })
      .nullable()
      .meta({ description: 'What is being done; null where nothing is' }),
    failure: z.string().nullable(),
    previousRunId: z
      .uuid()
      .nullable()
      .meta({ description: 'The published run of the period before that it is compared with' }),
    noticeUntil: z.iso.date().nullable().meta({ description: 'Last day of the public notice' }),
    createdAt: z.iso.datetime(),
    frozenAt: z.iso.datetime().nullable(),
    benchmarkedAt: z.iso.datetime().nullable(),
    scoredAt: z.iso.datetime().nullable(),
    rankedAt: z.iso.datetime().nullable(),
    noticedAt: z.iso.datetime().nullable(),
    publishedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable().meta({ description: 'When it was cancelled or failed' }),
  })
  .meta({ id: 'Run' });
export type RunView = z.infer<typeof runSchema>;

export const noticeRequestSchema = z
  .strictObject({
    until: z.iso
      .date()
      .nullable()
      .default(null)
      .meta({ description: 'Last day of the notice; null: not stated' }),
  })
  .meta({ id: 'NoticeRequest' });

/** How a subject stands in a run; absent: it is not in its population, or could not be rated. */
export const STANDINGS = ['rated', 'not-rated', 'absent'] as const;
export type Standing = (typeof STANDINGS)[number];

const standingSchema = z.object({
  outcome: z.enum(STANDINGS),
  grade: z.string().nullable().meta({ description: 'Code of the headline band' }),
});

export const runMovesSchema = z
  .object({
    runId: z.uuid(),
    previousRunId: z.uuid().nullable(),
    moves: z.array(
      z.object({ before: standingSchema, now: standingSchema, subjects: z.int().min(1) }),
    ),
  })
  .meta({ id: 'RunMoves' });

export const runMoverSchema = z
  .object({
    subject: z.object({ scheme: z.string(), code: z.string() }),
    regionCode: z.string(),
    industryCode: z.string(),
    before: standingSchema,
    now: standingSchema,
  })
  .meta({ id: 'RunMover' });
