/**
 * bull-board, read-only: what waits, runs and failed in the queues. Job payloads are ids, so nothing of an enterprise is
 * shown. Its files are served from here; the one thing it would load from elsewhere (a font) the browser is told not to.
 */
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { BoardQueues } from '@tanxiao/queue';
import express, { type RequestHandler } from 'express';

import { BOARD_PATH } from './worker-server';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // The page sets style attributes.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function queueBoard({ queues }: BoardQueues): RequestHandler {
  const adapter = new ExpressAdapter().setBasePath(BOARD_PATH);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: '碳效 Tanxiao' } },
  });
  const board = express.Router();
  board.use((_request, response, next) => {
    response.set('content-security-policy', POLICY);
    next();
  });
  board.use(adapter.getRouter() as RequestHandler);
  return board;
}
