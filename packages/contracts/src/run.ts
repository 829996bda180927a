/** Runs: the re-scoring of a period's whole population under one rulebook. */
import { z } from 'zod';

export const RUN_STATES = [
  'queued',
  'benchmarking',
  'scoring',
  'scored',
  'published',
  'failed',
] as const;
export type RunState = (typeof RUN_STATES)[number];

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
    scoredAt: z.iso.datetime().nullable(),
    publishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Run' });
export type RunView = z.infer<typeof runSchema>;
