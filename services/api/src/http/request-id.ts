/** Every request has an id: the client's own where it is fit for a log line, a new one elsewhere; it goes back with the answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { newId } from '@tanxiao/contracts';

import { REQUEST_ID_LENGTH } from './limits';

const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/** The id that `newRequestId` gave a request; pino-http keeps it there. */
export function requestIdOf(request: IncomingMessage): string {
  return typeof request.id === 'string' ? request.id : '';
}

export function newRequestId(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers['request-id'];
  const id =
    typeof given === 'string' && given.length <= REQUEST_ID_LENGTH && VISIBLE_ASCII.test(given)
      ? given
      : newId();
  response.setHeader('request-id', id);
  return id;
}
