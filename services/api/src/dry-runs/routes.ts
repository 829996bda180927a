/** /v1/dry-runs: a rule change tried on a period's population. Nothing is kept. */
import { dryRunRequestSchema, dryRunSchema, parsePeriod, ProblemError } from '@tanxiao/contracts';

import { answerJson } from '../http/answers';
import { ClientGoneError } from '../http/body-bytes';
import { DRY_RUN_SUBJECTS } from '../http/limits';
import { JSON_TYPE, route } from '../http/route';
import { documentIssue } from '../rulebooks/document-issue';
import { dryRunDocuments } from './documents';
import type { DryRunJob, DryRunStart } from './dry-run-worker';
import { subjectBatches } from './subject-batches';

export const dryRunRoutes = [
  route({
    method: 'post',
    url: '/v1/dry-runs',
    tag: 'Dry runs',
    operationId: 'createDryRun',
    summary: 'Try a rule change: who would move from which grade to which, and why',
    description: `Rates the latest submission of every subject of the rulebook and period under two versions and compares. Nothing is kept. At most ${DRY_RUN_SUBJECTS} subjects, one dry run at a time. Movers are listed by subject code.`,
    json: { schema: dryRunRequestSchema },
    responses: { 200: { description: 'Compared', content: { [JSON_TYPE]: dryRunSchema } } },
    problems: ['invalid-document', 'too-costly', 'too-many-at-once'],
    async handle(call) {
      const { value, textIssues } = call.body;
      if (textIssues.length > 0) throw new ProblemError('invalid-request', {}, textIssues);
      const period = parsePeriod(value.period);
      if (!period)
        throw new ProblemError('invalid-request', {}, [
          { code: 'bad-period', pointer: '/period', seen: value.period },
        ]);
      const { context, response } = call;
      const freeSlot = context.dryRunSlots.take();
      let job: DryRunJob | null = null;
      const clientLeft = (): void => job?.cancel(new ClientGoneError());
      response.once('close', clientLeft);
      try {
        const documents = await dryRunDocuments(context, value, period);
        job = context.dryRunWorker.open();
        refuseUnlessStarted(await job.start(documents), value.grading);
        const of = { rulebookId: value.rulebook, period: period.id };
        for await (const batch of subjectBatches(context.pool, of)) job.add(batch);
        answerJson(call, 200, await job.finish(value.movers));
      } finally {
        response.off('close', clientLeft);
        job?.cancel(new Error('the dry run was given up'));
        freeSlot();
      }
    },
  }),
];

function refuseUnlessStarted(start: DryRunStart, grading: string | undefined): void {
  if (start.ok) return;
  if ('problems' in start)
    throw new ProblemError('invalid-document', {}, start.problems.map(documentIssue));
  const known = start.knownGradings.join(', ');
  throw new ProblemError('invalid-request', {}, [
    {
      code: 'bad-field',
      pointer: '/grading',
      seen: grading ?? '',
      params: {
        detailZh: `两版中没有都叫这个名字的分级；现行版有：${known}`,
        detailEn: `not both versions have a grading of this name; the one before has ${known}`,
      },
    },
  ]);
}
