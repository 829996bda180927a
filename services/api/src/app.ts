/** The Express application: every route of the table, and the one shape of error for everything else. */
import { ProblemError } from '@tanxiao/contracts';
import { standardsInForce } from '@tanxiao/standards';
import { countApprovals, listApprovedDocuments } from '@tanxiao/store';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

import type { ApiContext, ApiResources } from './context';
import { DryRunWorker } from './dry-runs/dry-run-worker';
import { BacklogGate } from './http/backlog';
import { JsonTurns } from './http/json-turns';
import { CHECKS_AT_ONCE, DRY_RUNS_AT_ONCE, EXPORTS_AT_ONCE, WATCHERS_AT_ONCE } from './http/limits';
import { loopbackOnly } from './http/loopback-only';
import { problemAnswers } from './http/problem-answer';
import { newRequestId } from './http/request-id';
import type { Route } from './http/route';
import { Slots } from './http/slots';
import { createApiMetrics } from './metrics/api-metrics';
import { answeredBy, observeRequests } from './metrics/observe-requests';
import { routes } from './routes';
import { DocumentChecker } from './rulebook-proposals/document-checker';
import { ArrivalGroups } from './submissions/arrival-groups';
import { UploadSlots } from './uploads/upload-slots';

/** `standards`, `pool` and `logger` are the caller's, who also closes them. */
export function createApp(resources: ApiResources): Express {
  const { pool, logger, metrics = createApiMetrics(resources) } = resources;
  const backlog = new BacklogGate({
    pool,
    limits: resources.backlogLimits,
    refused: () => metrics.requestRefused('backlog'),
  });
  const kept = (submissions: number): void => {
    backlog.kept(submissions);
    metrics.submissionsKept(submissions);
  };
  const context: ApiContext = {
    ...resources,
    metrics,
    standardsInForce: standardsInForce(resources.standards, {
      count: () => countApprovals(pool),
      documents: () => listApprovedDocuments(pool),
    }),
    uploadSlots: new UploadSlots(),
    jsonTurns: new JsonTurns(),
    backlog,
    arrivals: new ArrivalGroups({ pool, logger, kept }),
    exportSlots: new Slots(EXPORTS_AT_ONCE),
    watchSlots: new Slots(WATCHERS_AT_ONCE),
    dryRunSlots: new Slots(DRY_RUNS_AT_ONCE),
    dryRunWorker: new DryRunWorker(resources.dryRunThread),
    checkSlots: new Slots(CHECKS_AT_ONCE),
    documentChecker: new DocumentChecker(resources.checkThread),
  };
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.enable('case sensitive routing');
  app.use(observeRequests(metrics));
  app.use(requestLog(logger));
  app.use(securityHeaders());
  app.use(loopbackOnly);
  serve(app, routes, context);
  app.use((request) => {
    throw new ProblemError('not-found', { what: request.path.slice(0, 200) });
  });
  app.use(problemAnswers(logger));
  return app;
}

function serve(app: Express, table: readonly Route[], context: ApiContext): void {
  const methods = new Map<string, string[]>();
  for (const one of table) {
    methods.set(one.url, [...(methods.get(one.url) ?? []), one.method]);
    app[one.method](expressPath(one.url), (request, response) => {
      answeredBy(response, one.url);
      return one.answer(request, response, context);
    });
  }
  // After all routes, so that `/v1/ratings/export` is not refused as a wrong `/v1/ratings/{id}`.
  for (const [url, known] of methods) {
    const allowed = known.flatMap((method) =>
      method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()],
    );
    app.all(expressPath(url), (request, response) => {
      answeredBy(response, url);
      response.set('allow', allowed.join(', '));
      if (request.method === 'OPTIONS') {
        response.status(204).end();
        return;
      }
      throw new ProblemError('method-not-allowed', { allowed: allowed.join(', ') });
    });
  }
}

function expressPath(url: string): string {
  return url.replaceAll(/\{(\w+)\}/g, ':$1');
}

function requestLog(logger: Logger) {
  return pinoHttp({
    logger,
    genReqId: newRequestId,
    // As they come: without pino-http's own views of request and response, of which nothing is shown here.
    wrapSerializers: false,
    // Bodies, headers and query values may hold enterprises' data: the log says who asked what, not with what.
    serializers: {
      req: (request: { method: string; url: string }) => ({
        method: request.method,
        path: request.url.split('?', 1)[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    // Every line of a request has its id under this name; the closing line says besides what was asked.
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'requestId' },
    customLogLevel: (_request, response, error) => {
      if (error || response.statusCode >= 500) return 'error';
      return response.statusCode >= 400 ? 'info' : 'debug';
    },
  });
}

/** No outside host, no inline script: the reference page's own files are all that a browser may load. */
function securityHeaders() {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        // Swagger UI sets style attributes.
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    // Plain HTTP on loopback.
    strictTransportSecurity: false,
  });
}
