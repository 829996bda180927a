/** /v1/runs: the re-scoring of a period's whole population, and its publication by one switch. */
import { parsePeriod, ProblemError, RUN_STATES, runRequestSchema } from '@tanxiao/contracts';
import {
  createRun,
  enqueueRun,
  getRun,
  inTransaction,
  keepFactorSetDocuments,
  keepRulebookDocuments,
  listRuns,
  publishRun,
  type RunRow,
} from '@tanxiao/store';
import { z } from 'zod';

import { ACTOR, type ApiContext } from '../context';
import { answerJson } from '../http/answers';
import { pageOf, pageQuery, pageSchema, readCursor } from '../http/cursor';
import { answerOnce, fingerprintOf, IDEMPOTENCY_KEY_HEADER } from '../http/idempotency';
import { idPath, periodParameter, rulebookParameter } from '../http/parameters';
import { JSON_TYPE, route } from '../http/route';
import { planFor } from '../rulebooks/forms';
import { runAnswerSchema, runView } from './run-view';

const TAG = 'Runs';

const runsQuery = z.object({
  rulebook: rulebookParameter.optional(),
  period: periodParameter.optional(),
  state: z.enum(RUN_STATES).optional(),
  ...pageQuery,
});

const runPageSchema = pageSchema(runAnswerSchema).meta({ id: 'RunPage' });

export const runRoutes = [
  route({
    method: 'post',
    url: '/v1/runs',
    tag: TAG,
    operationId: 'createRun',
    summary: 'Rate the whole population of a period anew',
    description:
      'The population is frozen, benchmarks are computed and every subject is rated. Readers see nothing of it until the run is published.',
    headers: IDEMPOTENCY_KEY_HEADER,
    json: { schema: runRequestSchema },
    responses: {
      202: {
        description: 'Queued',
        content: { [JSON_TYPE]: runAnswerSchema },
        headers: { location: 'The run' },
      },
    },
    problems: ['idempotency-key-reused', 'idempotency-in-progress'],
    async handle(call) {
      const { value, sha256, textIssues } = call.body;
      if (textIssues.length > 0) throw new ProblemError('invalid-request', {}, textIssues);
      const period = parsePeriod(value.period);
      if (!period)
        throw new ProblemError('invalid-request', {}, [
          { code: 'bad-period', pointer: '/period', seen: value.period },
        ]);
      const plan = planFor(call.context, value.rulebook, period, {
        rulebook: '/rulebook',
        period: '/period',
      });
      const by = { actor: ACTOR, requestId: call.requestId };
      await answerOnce(call, fingerprintOf('POST /v1/runs', sha256), async (tx) => {
        // The worker keeps them at its start too; a run may be asked for before there ever was a worker.
        await keepRulebookDocuments(tx, [plan.rulebook], by);
        await keepFactorSetDocuments(tx, [plan.factorSet], by);
        const id = await createRun(
          tx,
          {
            rulebookId: value.rulebook,
            rulebookHash: plan.rulebook.hash,
            factorSetHash: plan.factorSet.hash,
            period: period.id,
          },
          by,
        );
        await enqueueRun(tx, id, by);
        call.response.location(`/v1/runs/${id}`);
        return { status: 202, body: runView((await getRun(tx, id))!) };
      });
    },
  }),
  route({
    method: 'get',
    url: '/v1/runs',
    tag: TAG,
    operationId: 'listRuns',
    summary: 'Runs, newest first',
    query: runsQuery,
    responses: { 200: { description: 'A page', content: { [JSON_TYPE]: runPageSchema } } },
    async handle(call) {
      const { rulebook, period, state, cursor, limit } = call.query;
      const before = readCursor(cursor, z.uuid()) ?? undefined;
      const rows = await listRuns(call.context.pool, {
        ...{ rulebookId: rulebook, period, state, before, limit: limit + 1 },
      });
      answerJson(
        call,
        200,
        pageOf(rows, limit, runView, ({ id }) => id),
      );
    },
  }),
  route({
    method: 'get',
    url: '/v1/runs/{id}',
    tag: TAG,
    operationId: 'getRun',
    summary: 'State and progress of a run',
    path: idPath,
    responses: { 200: { description: 'The run', content: { [JSON_TYPE]: runAnswerSchema } } },
    problems: ['not-found'],
    async handle(call) {
      answerJson(call, 200, runView(await requireRun(call.context, call.path.id)));
    },
  }),
  route({
    method: 'post',
    url: '/v1/runs/{id}/publish',
    tag: TAG,
    operationId: 'publishRun',
    summary: 'Make a scored run what readers see, by one switch',
    description: 'Publishing a run that is published already changes nothing and succeeds.',
    path: idPath,
    responses: { 200: { description: 'Published', content: { [JSON_TYPE]: runAnswerSchema } } },
    problems: ['not-found', 'conflict'],
    async handle(call) {
      const { pool } = call.context;
      const { id } = call.path;
      await requireRun(call.context, id);
      const by = { actor: ACTOR, requestId: call.requestId };
      await inTransaction(pool, (tx) => publishRun(tx, id, by));
      const run = await requireRun(call.context, id);
      if (run.state !== 'published')
        throw new ProblemError('conflict', {
          reasonZh: `批次处于“${run.state}”状态，只有评定完成（scored）的批次可以发布`,
          reasonEn: `the run is "${run.state}"; only a run that is "scored" can be published`,
        });
      answerJson(call, 200, runView(run));
    },
  }),
];

async function requireRun(context: ApiContext, id: string): Promise<RunRow> {
  const run = await getRun(context.pool, id);
  if (!run) throw new ProblemError('not-found', { what: `run ${id}` });
  return run;
}
