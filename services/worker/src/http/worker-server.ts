/**
 * The worker's own HTTP: metrics, health for probes, and where it is switched on the page of its queues. On a loopback
 * address it answers requests of this machine only; on another (probes and Prometheus of a cluster) there is no page.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
  assertThisMachine,
  isLoopback,
  languageOf,
  newId,
  ProblemError,
  problemView,
} from '@tanxiao/contracts';
import type { JobKind } from '@tanxiao/queue';
import type { Registry } from '@tanxiao/telemetry';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';

import type { Missing } from '../health';

export interface WorkerServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly registry: Registry;
  readonly wedged: () => Promise<readonly JobKind[]>;
  readonly missing: () => Promise<Missing>;
  /** Null: switched off. */
  readonly board: RequestHandler | null;
  readonly logger: Logger;
}

export interface WorkerServer {
  /** `http://127.0.0.1:41234`, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

export const BOARD_PATH = '/admin/queues';

/** Rejects where the port is taken. */
export async function serveWorker(options: WorkerServerOptions): Promise<WorkerServer> {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000 },
    application(options) as (...args: unknown[]) => void,
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return { url: urlOf(server.address() as AddressInfo), close: () => closed(server) };
}

function urlOf({ family, address, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function closed(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function application(options: WorkerServerOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((request, response, next) => {
    if (isLoopback(options.host)) assertThisMachine(request.headers);
    response.set('cache-control', 'no-store').set('x-content-type-options', 'nosniff');
    next();
  });
  app.get('/metrics', async (_request, response) => {
    response.set('content-type', options.registry.contentType);
    response.send(await options.registry.metrics());
  });
  app.get('/health/live', async (_request, response) => {
    const wedged = await options.wedged();
    if (wedged.length > 0) throw standsStill(wedged);
    response.json({ status: 'live' });
  });
  app.get('/health/ready', async (_request, response) => {
    const missing = await options.missing();
    if (missing.length > 0) throw unreachable(missing);
    response.json({ status: 'ready' });
  });
  app.use(BOARD_PATH, options.board ?? boardIsOff);
  app.use((request) => {
    throw new ProblemError('not-found', { what: request.path.slice(0, 200) });
  });
  app.use(problems(options.logger));
  return app;
}

function standsStill(queues: readonly JobKind[]): ProblemError {
  return new ProblemError('unavailable', {
    reasonZh: `队列 ${queues.join('、')} 有任务在等待，但本进程久无进展，应重新启动`,
    reasonEn: `work waits in ${queues.join(', ')} and this process makes no progress; it should be restarted`,
  });
}

const SERVERS = {
  database: { zh: '数据库', en: 'the database' },
  queue: { zh: '任务队列', en: 'the job queue' },
} as const;

function unreachable(missing: Missing): ProblemError {
  return new ProblemError('unavailable', {
    reasonZh: `${missing.map((server) => SERVERS[server].zh).join('和')}暂时无法连接`,
    reasonEn: `${missing.map((server) => SERVERS[server].en).join(' and ')} cannot be reached at the moment`,
  });
}

const boardIsOff: RequestHandler = () => {
  throw new ProblemError('not-found', {
    what: '任务队列页面（未启用，请设 ADMIN_QUEUES=on 后重新启动）· the page of the queues (switched off: set ADMIN_QUEUES=on and start again)',
  });
};

function problems(logger: Logger): ErrorRequestHandler {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- Express tells error handlers by their four parameters
  return (error: unknown, request, response, _next) => {
    const requestId = newId();
    const known = error instanceof ProblemError;
    const problem = known ? error : new ProblemError('internal-error', { requestId });
    if (!known) logger.error({ err: error, requestId, path: request.path }, 'a request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const language = languageOf(request.get('accept-language'));
    response
      .status(problem.status)
      .set('content-language', language)
      .type('application/problem+json')
      .send(JSON.stringify(problemView(problem, request.path.slice(0, 200), language)));
  };
}
