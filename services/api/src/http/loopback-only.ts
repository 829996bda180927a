/** Every request must come from this machine (why and how: contracts, loopback.ts). */
import { assertThisMachine } from '@tanxiao/contracts';
import type { RequestHandler } from 'express';

export const loopbackOnly: RequestHandler = (request, _response, next) => {
  assertThisMachine(request.headers);
  next();
};
