/** Turns whatever a request ended with into its one answer: problem details, in the asked language. */
import {
  languageOf,
  type ProblemCode,
  ProblemError,
  PROBLEMS,
  problemSchema,
  problemView,
} from '@tanxiao/contracts';
import { isPassingFault } from '@tanxiao/store';
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';

import { ClientGoneError } from './body-bytes';
import { ISSUES_LISTED } from './limits';
import { badUrlEncoding } from './query-values';
import { requestIdOf } from './request-id';

export const PROBLEM_TYPE = 'application/problem+json';

/** Problem details as this API writes them: the listed errors are capped, their total is stated. */
export const problemAnswerSchema = problemSchema
  .extend({
    totalErrors: z
      .int()
      .optional()
      .meta({ description: `Of which at most ${ISSUES_LISTED} are listed in errors` }),
  })
  .meta({ id: 'Problem' });

/** Seconds after which a client may try again, by problem. */
const RETRY_AFTER: Partial<Record<ProblemCode, string>> = {
  'too-many-at-once': '5',
  'too-much-at-once': '5',
  'backlog-full': '5',
  unavailable: '5',
  'idempotency-in-progress': '1',
};

export function problemAnswers(logger: Logger): ErrorRequestHandler {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- Express tells error handlers by their four parameters
  return (error: unknown, request, response, _next) => {
    if (error instanceof ClientGoneError) {
      response.destroy();
      return;
    }
    const problem = problemOf(error, requestIdOf(request));
    if (problem.status >= 500)
      logger.error({ err: error, requestId: requestIdOf(request) }, 'a request failed');
    if (response.headersSent || request.socket.destroyed) {
      // Half an answer is out: only breaking the connection tells the client that it is not complete.
      response.destroy();
      return;
    }
    answerProblem(problem, request, response);
    if (!request.complete) leaveUnread(request, response);
  };
}

export function answerProblem(problem: ProblemError, request: Request, response: Response): void {
  const language = languageOf(request.get('accept-language'));
  const listed =
    problem.issues.length > ISSUES_LISTED
      ? new ProblemError(
          problem.code,
          { count: String(problem.issues.length), ...problem.params },
          problem.issues.slice(0, ISSUES_LISTED),
        )
      : problem;
  const view = problemView(listed, request.originalUrl.slice(0, 500), language);
  const retryAfter = RETRY_AFTER[problem.code];
  if (retryAfter !== undefined) response.set('retry-after', retryAfter);
  response
    .status(problem.status)
    .set('cache-control', 'no-store')
    .set('content-language', language)
    .vary('accept-language')
    .type(PROBLEM_TYPE)
    .send(
      JSON.stringify({
        ...view,
        ...(problem.issues.length > 0 ? { totalErrors: problem.issues.length } : {}),
      }),
    );
}

/**
 * The client may still be sending a body that nobody wants. Reading it away for a moment lets most clients see
 * the answer (a reset connection would hide it); then the connection is closed.
 */
function leaveUnread(request: Request, response: Response): void {
  request.on('error', () => undefined);
  request.resume();
  const timer = setTimeout(() => request.socket.destroy(), 5000).unref();
  request.once('close', () => clearTimeout(timer));
  response.once('close', () => {
    if (request.complete) clearTimeout(timer);
  });
}

export function problemOf(error: unknown, requestId: string): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isUrlError(error)) return badUrlEncoding();
  if (isPassingFault(error))
    return new ProblemError('unavailable', {
      reasonZh: '数据库暂时无法连接',
      reasonEn: 'the database cannot be reached at the moment',
    });
  return new ProblemError('internal-error', { requestId });
}

function isUrlError(error: unknown): boolean {
  return error instanceof URIError || (hasStatus(error) && error.status === 400);
}

function hasStatus(error: unknown): error is { status: number } {
  return typeof error === 'object' && error !== null && 'status' in error;
}

/** The codes any route may answer with, whatever it does. */
export const COMMON_PROBLEMS = [
  'invalid-request',
  'malformed-request',
  'not-this-host',
  'request-timeout',
  'headers-too-large',
  'internal-error',
  'unavailable',
] as const satisfies readonly ProblemCode[];

/** Those of a route that takes a JSON body. */
export const JSON_BODY_PROBLEMS = [
  'invalid-json',
  'payload-too-large',
  'unsupported-media-type',
  'too-much-at-once',
] as const satisfies readonly ProblemCode[];

export function titleOf(code: ProblemCode): string {
  return `${code}: ${PROBLEMS[code].title.en}`;
}
