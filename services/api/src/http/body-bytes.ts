/** Takes a request's body in, never more than a limit, never longer than a time, whatever the client does. */
import { ProblemError } from '@tanxiao/contracts';
import type { Request } from 'express';

import { sizeText } from './limits';

/** The client went away before its request was complete: nobody is left to answer. */
export class ClientGoneError extends Error {
  constructor() {
    super('the client closed the connection before its request was complete');
    this.name = 'ClientGoneError';
  }
}

/** @throws ProblemError `payload-too-large` by the announced length, before a byte is read. */
export function refuseAnnouncedLength(request: Request, limit: number): void {
  const announced = Number(request.get('content-length') ?? 0);
  if (announced > limit) throw tooLarge(limit);
}

export function tooLarge(limit: number): ProblemError {
  return new ProblemError('payload-too-large', { limit: sizeText(limit) });
}

/**
 * The whole body in memory.
 * @throws ProblemError `payload-too-large` or `request-timeout`; ClientGoneError.
 */
export function readBytes(
  request: Request,
  options: { readonly limit: number; readonly seconds: number },
): Promise<Buffer> {
  refuseAnnouncedLength(request, options.limit);
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => {
      settle(() => reject(new ProblemError('request-timeout', { limit: String(options.seconds) })));
    }, options.seconds * 1000);
    const onData = (piece: Buffer): void => {
      length += piece.length;
      if (length > options.limit) settle(() => reject(tooLarge(options.limit)));
      else pieces.push(piece);
    };
    const onEnd = (): void => settle(() => resolve(Buffer.concat(pieces, length)));
    const onGone = (): void => settle(() => reject(new ClientGoneError()));
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
      // A late error of a request nobody reads any more must not become an uncaught exception.
      request.on('error', () => undefined);
      finish();
    };
    request.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
  });
}
