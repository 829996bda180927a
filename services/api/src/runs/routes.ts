/** /v1/runs: the re-scoring of a period's whole population, and its publication by one switch. */
import {
  noticeRequestSchema,
  parsePeriod,
  ProblemError,
  RUN_STATES,
  runMovesSchema,
  runRequestSchema,
} from '@tanxiao/contracts';
import {
  cancelRun,
  createRun,
  enqueueRun,
  getRun,
  inTransaction,
  keepFactorSetDocuments,
  keepRulebookDocuments,
  listRuns,
  publishRun,
  putUnderNotice,
} from '@tanxiao/store';
import { z } from 'zod';

import { ACTOR } from '../context';
import { answerJson } from '../http/answers';
import { pageOf, pageQuery, pageSchema, readCursor } from '../http/cursor';
import { answerOnce, fingerprintOf, IDEMPOTENCY_KEY_HEADER } from '../http/idempotency';
import { idPath, periodParameter, rulebookParameter } from '../http/parameters';
import { JSON_TYPE, route } from '../http/route';
import { writtenBy } from '../http/written-by';
import { planFor } from '../rulebooks/forms';
import { moverPageSchema, moversQuery, requireRun, runMovers, runMoves } from './run-moves';
import { runAnswerSchema, runView } from './run-view';
import { EVENT_STREAM, watchRun } from './watch-run';

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
      const by = writtenBy(call);
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
        pageOf(
          rows,
          limit,
          (run) => runView(run),
          ({ id }) => id,
        ),
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
    method: 'get',
    url: '/v1/runs/{id}/events',
    tag: TAG,
    operationId: 'watchRun',
    summary: 'A run’s progress as server-sent events',
    description:
      'An event `run` with the run as in `GET /v1/runs/{id}` at once, at every change, and every half second while it is worked on; the stream ends when workers have nothing more to do. A client that reconnects goes on where the run is.',
    path: idPath,
    responses: { 200: { description: 'Events', content: { [EVENT_STREAM]: null } } },
    problems: ['not-found', 'too-many-at-once'],
    handle: watchRun,
  }),
  route({
    method: 'get',
    url: '/v1/runs/{id}/moves',
    tag: TAG,
    operationId: 'getRunMoves',
    summary: 'Migration matrix against the published run of the period before',
    path: idPath,
    responses: { 200: { description: 'The matrix', content: { [JSON_TYPE]: runMovesSchema } } },
    problems: ['not-found'],
    async handle(call) {
      const run = await requireRun(call.context, call.path.id);
      answerJson(call, 200, await runMoves(call.context, run));
    },
  }),
  route({
    method: 'get',
    url: '/v1/runs/{id}/movers',
    tag: TAG,
    operationId: 'listRunMovers',
    summary: 'Subjects that stand or are graded otherwise than in another run of the rulebook',
    description:
      'Against the published run of the period before, or any other run: of the same period, what a re-scoring changed.',
    path: idPath,
    query: moversQuery,
    responses: { 200: { description: 'A page', content: { [JSON_TYPE]: moverPageSchema } } },
    problems: ['not-found', 'conflict'],
    async handle(call) {
      const run = await requireRun(call.context, call.path.id);
      answerJson(call, 200, await runMovers(call.context, run, call.query));
    },
  }),
  route({
    method: 'post',
    url: '/v1/runs/{id}/cancel',
    tag: TAG,
    operationId: 'cancelRun',
    summary: 'Stop a run that is not published',
    description:
      'It is cancelled at once, workers stop at their next chunk. What it kept stays and is never published. Cancelling a cancelled run succeeds.',
    path: idPath,
    responses: { 200: { description: 'Cancelled', content: { [JSON_TYPE]: runAnswerSchema } } },
    problems: ['not-found', 'conflict'],
    async handle(call) {
      await requireRun(call.context, call.path.id);
      await cancelRun(call.context.pool, call.path.id);
      const run = await requireRun(call.context, call.path.id);
      if (run.state !== 'cancelled')
        throw new ProblemError('conflict', {
          reasonZh: `批次处于“${run.state}”状态，已发布或已失败的批次不能取消`,
          reasonEn: `the run is "${run.state}"; one that is published or has failed cannot be cancelled`,
        });
      answerJson(call, 200, runView(run));
    },
  }),
  route({
    method: 'post',
    url: '/v1/runs/{id}/notice',
    tag: TAG,
    operationId: 'putRunUnderNotice',
    summary: 'Put a ranked run under public notice (公示)',
    description:
      'A run may also be published without a notice. Putting a run under notice again changes nothing and succeeds.',
    path: idPath,
    json: { schema: noticeRequestSchema },
    responses: { 200: { description: 'Under notice', content: { [JSON_TYPE]: runAnswerSchema } } },
    problems: ['not-found', 'conflict'],
    async handle(call) {
      const { value, textIssues } = call.body;
      if (textIssues.length > 0) throw new ProblemError('invalid-request', {}, textIssues);
      await requireRun(call.context, call.path.id);
      await putUnderNotice(call.context.pool, { runId: call.path.id, until: value.until });
      const run = await requireRun(call.context, call.path.id);
      if (run.state !== 'under-notice')
        throw new ProblemError('conflict', {
          reasonZh: `批次处于“${run.state}”状态，只有完成排名（ranked）的批次可以公示`,
          reasonEn: `the run is "${run.state}"; only a run that is "ranked" can be put under notice`,
        });
      answerJson(call, 200, runView(run));
    },
  }),
  route({
    method: 'post',
    url: '/v1/runs/{id}/publish',
    tag: TAG,
    operationId: 'publishRun',
    summary: 'Make a ranked run what readers see, by one switch',
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
          reasonZh: `批次处于“${run.state}”状态，只有完成排名（ranked）或公示中（under-notice）的批次可以发布`,
          reasonEn: `the run is "${run.state}"; only a run that is "ranked" or "under-notice" can be published`,
        });
      answerJson(call, 200, runView(run));
    },
  }),
];
