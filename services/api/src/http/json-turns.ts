/** How much of JSON bodies this process holds at once: the memory that requests take is bounded, however many come. */
import { ProblemError } from '@tanxiao/contracts';
import { E_TIMEOUT, Semaphore, type SemaphoreInterface, withTimeout } from 'async-mutex';
import type { Request } from 'express';

import { JSON_BODIES_BYTES, JSON_BODY_BYTES, JSON_TURN_SECONDS } from './limits';

/** Room is given out in such pieces: the semaphore goes through all free ones at each release. */
const PIECE_BYTES = 64 * 1024;

export class JsonTurns {
  private readonly pieces: SemaphoreInterface;

  constructor(bounds: { readonly bytes?: number; readonly waitMs?: number } = {}) {
    this.pieces = withTimeout(
      new Semaphore(piecesOf(bounds.bytes ?? JSON_BODIES_BYTES)),
      bounds.waitMs ?? JSON_TURN_SECONDS * 1000,
    );
  }

  /**
   * Waits, before a byte of the body is read, until there is room for its announced length (for the largest body
   * where none is announced), first come, first served. Call what it resolves with once the request is answered.
   * @throws ProblemError `too-much-at-once`
   */
  async take(request: Request): Promise<() => void> {
    const announced = Number(request.get('content-length') ?? JSON_BODY_BYTES);
    try {
      // A longer body is refused unread, so it needs no more room than the longest.
      const [, release] = await this.pieces.acquire(piecesOf(Math.min(announced, JSON_BODY_BYTES)));
      return release;
    } catch (error) {
      if (error !== E_TIMEOUT) throw error;
      throw new ProblemError('too-much-at-once', { limit: String(JSON_TURN_SECONDS) });
    }
  }
}

function piecesOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / PIECE_BYTES));
}
