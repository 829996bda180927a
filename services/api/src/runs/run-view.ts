/** A run as the API shows it. */
import { runSchema } from '@tanxiao/contracts';
import type { RunRow } from '@tanxiao/store';
import { z } from 'zod';

export const runAnswerSchema = runSchema
  .extend({
    subjects: runSchema.shape.subjects.extend({
      failed: z
        .int()
        .meta({ description: 'Subjects that could not be rated for a defect of ours, recorded' }),
    }),
    current: z.boolean().meta({ description: 'Whether it is the run that readers see' }),
    links: z.object({ self: z.string(), ratings: z.string(), benchmarks: z.string() }),
  })
  .meta({ id: 'Run' });

export function runView(run: RunRow): z.infer<typeof runAnswerSchema> {
  const population = `rulebook=${run.rulebookId}&period=${run.period}&runId=${run.id}`;
  return {
    id: run.id,
    rulebook: { id: run.rulebookId, version: run.rulebookVersion, hash: run.rulebookHash },
    factorSet: { id: run.factorSetId, version: run.factorSetVersion, hash: run.factorSetHash },
    period: run.period,
    state: run.state,
    subjects: { ...run.subjects },
    failure: run.failure,
    createdAt: run.createdAt.toISOString(),
    scoredAt: run.scoredAt?.toISOString() ?? null,
    publishedAt: run.publishedAt?.toISOString() ?? null,
    current: run.current,
    links: {
      self: `/v1/runs/${run.id}`,
      ratings: `/v1/ratings?${population}`,
      benchmarks: `/v1/benchmarks?${population}`,
    },
  };
}
