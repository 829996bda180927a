/** /health: whether the process lives, and whether it can do its work. */
import { ProblemError } from '@tanxiao/contracts';
import { type DatabaseHealth, databaseHealth, outboxBacklog } from '@tanxiao/store';
import type { Pool } from 'pg';

import { answerJson } from '../http/answers';
import { JSON_TYPE, route } from '../http/route';
import { liveSchema, readySchema, servingSchema } from './schemas';

const TAG = 'Health';

/** What waits longer than this is not being worked on: the worker or its queue is down. */
const OUTBOX_STALE_SECONDS = 900;

export const healthRoutes = [
  route({
    method: 'get',
    url: '/health/live',
    tag: TAG,
    operationId: 'getLive',
    summary: 'The process answers',
    responses: { 200: { description: 'It lives', content: { [JSON_TYPE]: liveSchema } } },
    handle(call) {
      answerJson(call, 200, { status: 'live' });
      return Promise.resolve();
    },
  }),
  route({
    method: 'get',
    url: '/health/serving',
    tag: TAG,
    operationId: 'getServing',
    summary:
      'Database and migrations are as they should be, whatever waits for the worker: for balancers, which would else take every API away with the last worker',
    responses: { 200: { description: 'It serves', content: { [JSON_TYPE]: servingSchema } } },
    async handle(call) {
      await rightDatabase(call.context.pool);
      answerJson(call, 200, { status: 'serving' });
    },
  }),
  route({
    method: 'get',
    url: '/health/ready',
    tag: TAG,
    operationId: 'getReady',
    summary: 'Database, migrations and outbox are as they should be',
    responses: { 200: { description: 'Ready', content: { [JSON_TYPE]: readySchema } } },
    async handle(call) {
      const health = await rightDatabase(call.context.pool);
      const backlog = await outboxBacklog(call.context.pool);
      const oldest = Math.max(0, ...backlog.map(({ oldestSeconds }) => oldestSeconds));
      if (oldest > OUTBOX_STALE_SECONDS)
        throw notReady(
          `待处理的数据已等待 ${Math.round(oldest)} 秒，后台处理程序可能没有运行`,
          `data has been waiting for ${Math.round(oldest)} s, the worker may not be running`,
        );
      answerJson(call, 200, {
        status: 'ready',
        database: { latencyMs: Math.round(health.latencyMs * 10) / 10 },
        migrations: { applied: health.migrations.applied },
        outbox: {
          waiting: backlog.reduce((sum, { rows }) => sum + rows, 0),
          oldestSeconds: backlog.length === 0 ? null : Math.round(oldest),
        },
      });
    },
  }),
];

/** @throws ProblemError where it lacks migrations or its numbers would be rounded */
async function rightDatabase(pool: Pool): Promise<DatabaseHealth> {
  const health = await databaseHealth(pool);
  const pending = health.migrations.pending.length;
  if (pending > 0)
    throw notReady(`数据库缺少 ${pending} 个迁移`, `the database lacks ${pending} migrations`);
  if (!health.exactFloats)
    throw notReady(
      '数据库连接会舍入浮点数（extra_float_digits 小于 1）',
      'the database connection rounds floating-point numbers (extra_float_digits below 1)',
    );
  return health;
}

function notReady(reasonZh: string, reasonEn: string): ProblemError {
  return new ProblemError('unavailable', { reasonZh, reasonEn });
}
