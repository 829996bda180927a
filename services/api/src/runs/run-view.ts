/** A run as the API shows it. */
import { runSchema, type RunView } from '@tanxiao/contracts';
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
    links: z.object({
      self: z.string(),
      ratings: z.string(),
      benchmarks: z.string(),
      moves: z.string(),
      events: z.string(),
    }),
  })
  .meta({ id: 'Run' });

export function runView(run: RunRow, now = new Date()): z.infer<typeof runAnswerSchema> {
  const population = `rulebook=${run.rulebookId}&period=${run.period}&runId=${run.id}`;
  return {
    id: run.id,
    rulebook: { id: run.rulebookId, version: run.rulebookVersion, hash: run.rulebookHash },
    factorSet: { id: run.factorSetId, version: run.factorSetVersion, hash: run.factorSetHash },
    period: run.period,
    state: run.state,
    subjects: { ...run.subjects },
    progress: run.progress && progressView(run.progress, now),
    failure: run.failure,
    previousRunId: run.previousRunId,
    noticeUntil: run.noticeUntil,
    createdAt: run.createdAt.toISOString(),
    frozenAt: instant(run.frozenAt),
    benchmarkedAt: instant(run.benchmarkedAt),
    scoredAt: instant(run.scoredAt),
    rankedAt: instant(run.rankedAt),
    noticedAt: instant(run.noticedAt),
    publishedAt: instant(run.publishedAt),
    endedAt: instant(run.endedAt),
    current: run.current,
    links: {
      self: `/v1/runs/${run.id}`,
      ratings: `/v1/ratings?${population}`,
      benchmarks: `/v1/benchmarks?${population}`,
      moves: `/v1/runs/${run.id}/moves`,
      events: `/v1/runs/${run.id}/events`,
    },
  };
}

function instant(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}

/** Only what was counted is told: before the first chunk there is neither a rate nor a time left. */
function progressView(
  { step, done, total, since }: NonNullable<RunRow['progress']>,
  now: Date,
): RunView['progress'] {
  const seconds = (now.getTime() - since.getTime()) / 1000;
  const perSecond = done > 0 && seconds > 0 ? done / seconds : null;
  return {
    ...{ step, done, total },
    perSecond: perSecond && Number(perSecond.toPrecision(3)),
    secondsLeft: perSecond && Number(((total - done) / perSecond).toFixed(1)),
  };
}
