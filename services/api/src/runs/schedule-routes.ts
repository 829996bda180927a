/** /v1/run-schedules: runs that begin by themselves after each quarter, half-year or year. */
import {
  periodsAround,
  ProblemError,
  runScheduleRequestSchema,
  runScheduleSchema,
  runTime,
} from '@tanxiao/contracts';
import {
  createRunSchedule,
  endRunSchedule,
  getRunSchedule,
  listRunSchedules,
  type RunScheduleRow,
} from '@tanxiao/store';
import { z } from 'zod';

import { ACTOR, type ApiContext } from '../context';
import { answerJson } from '../http/answers';
import { idPath } from '../http/parameters';
import { JSON_TYPE, route } from '../http/route';

const TAG = 'Runs';

const scheduleListSchema = z
  .object({ items: z.array(runScheduleSchema) })
  .meta({ id: 'RunScheduleList' });

export const runScheduleRoutes = [
  route({
    method: 'post',
    url: '/v1/run-schedules',
    tag: TAG,
    operationId: 'createRunSchedule',
    summary: 'Have a run begin by itself for each period of a kind',
    description:
      'The version of the rulebook that is in force in the period counts. Times are China’s. Workers learn of it within a minute; a time missed while all was down is made up for. A run that was due before the schedule was made is not begun.',
    json: { schema: runScheduleRequestSchema },
    responses: {
      201: { description: 'Scheduled', content: { [JSON_TYPE]: runScheduleSchema } },
    },
    async handle(call) {
      const { value, textIssues } = call.body;
      if (textIssues.length > 0) throw new ProblemError('invalid-request', {}, textIssues);
      requireRulebook(call.context, value.rulebook);
      const id = await createRunSchedule(
        call.context.pool,
        { ...value, rulebookId: value.rulebook },
        { actor: ACTOR, requestId: call.requestId },
      );
      answerJson(call, 201, scheduleView(await requireSchedule(call.context, id)));
    },
  }),
  route({
    method: 'get',
    url: '/v1/run-schedules',
    tag: TAG,
    operationId: 'listRunSchedules',
    summary: 'Schedules of runs, newest first',
    responses: {
      200: { description: 'All of them', content: { [JSON_TYPE]: scheduleListSchema } },
    },
    async handle(call) {
      const rows = await listRunSchedules(call.context.pool);
      answerJson(call, 200, { items: rows.map((row) => scheduleView(row)) });
    },
  }),
  route({
    method: 'post',
    url: '/v1/run-schedules/{id}/end',
    tag: TAG,
    operationId: 'endRunSchedule',
    summary: 'Have a schedule begin no further runs',
    description: 'Runs that it began stay. Ending it again changes nothing and succeeds.',
    path: idPath,
    responses: { 200: { description: 'Ended', content: { [JSON_TYPE]: runScheduleSchema } } },
    problems: ['not-found'],
    async handle(call) {
      await requireSchedule(call.context, call.path.id);
      await endRunSchedule(call.context.pool, call.path.id);
      answerJson(call, 200, scheduleView(await requireSchedule(call.context, call.path.id)));
    },
  }),
];

function requireRulebook({ standards }: ApiContext, id: string): void {
  if (standards.rulebooks.some((rulebook) => rulebook.id === id)) return;
  throw new ProblemError('invalid-request', {}, [
    { code: 'unknown-rulebook', pointer: '/rulebook', seen: id },
  ]);
}

async function requireSchedule(context: ApiContext, id: string): Promise<RunScheduleRow> {
  const schedule = await getRunSchedule(context.pool, id);
  if (!schedule) throw new ProblemError('not-found', { what: `run schedule ${id}` });
  return schedule;
}

function scheduleView(row: RunScheduleRow, now = new Date()): z.input<typeof runScheduleSchema> {
  const { next } = periodsAround(row, now);
  return {
    ...{ id: row.id, rulebook: row.rulebookId, every: row.every },
    ...{ monthsAfter: row.monthsAfter, day: row.day, hour: row.hour },
    next: row.endedAt === null ? { period: next.id, at: runTime(next, row).toISOString() } : null,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
