/** Around every request: its span and its duration, both under the route's template. */
import type { ServerResponse } from 'node:http';

import { traceRequest } from '@tanxiao/telemetry';
import type { RequestHandler } from 'express';

import { requestIdOf } from '../http/request-id';
import type { ApiMetrics } from './api-metrics';

const routes = new WeakMap<ServerResponse, string>();

/** Says which route answers. The raw path would make a series of each id, and show it. */
export function answeredBy(response: ServerResponse, template: string): void {
  routes.set(response, template);
}

export function observeRequests(metrics: ApiMetrics): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now();
    const routeOf = (): string => routes.get(response) ?? 'unmatched';
    response.once('close', () => {
      metrics.requestEnded({
        method: request.method,
        route: routeOf(),
        status: response.writableFinished ? String(response.statusCode) : 'aborted',
        seconds: (performance.now() - begun) / 1000,
      });
    });
    traceRequest(request, response, { next, routeOf, requestId: () => requestIdOf(request) });
  };
}
