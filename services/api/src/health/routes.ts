/** /health: whether the process lives, and whether it can do its work. */
import { ProblemError } from '@tanxiao/contracts';
import { databaseHealth, outboxBacklog } from '@tanxiao/store';

import { answerJson } from '../http/answers';
import { JSON_TYPE, route } from '../http/route';
import { liveSchema, readySchema } from './schemas';

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
    url: '/health/ready',
    tag: TAG,
    operationId: 'getReady',
    summary: 'Database, migrations and outbox are as they should be',
    responses: { 200: { description: 'Ready', content: { [JSON_TYPE]: readySchema } } },
    async handle(call) {
      const health = await databaseHealth(call.context.pool);
      const pending = health.migrations.pending.length;
      if (pending > 0)
        throw notReady(`数据库缺少 ${pending} 个迁移`, `the database lacks ${pending} migrations`);
      if (!health.exactFloats)
        throw notReady(
          '数据库连接会舍入浮点数（extra_float_digits 小于 1）',
          'the database connection rounds floating-point numbers (extra_float_digits below 1)',
        );
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

function notReady(reasonZh: string, reasonEn: string): ProblemError {
  return new ProblemError('unavailable', { reasonZh, reasonEn });
}
