/** GET /metrics: what Prometheus collects. */
import { route } from '../http/route';

export const metricsRoutes = [
  route({
    method: 'get',
    url: '/metrics',
    tag: 'Health',
    operationId: 'getMetrics',
    summary: 'Metrics of this process in the text format of Prometheus',
    description:
      'Series that come from the database are missing while it gives no answer. The worker serves its own.',
    responses: { 200: { description: 'Metrics', content: { 'text/plain': null } } },
    async handle({ context, response }) {
      const { registry } = context.metrics;
      response.set('cache-control', 'no-store').set('content-type', registry.contentType);
      response.send(await registry.metrics());
    },
  }),
];
