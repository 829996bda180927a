/** What an operator reads when the queue cannot be used: where, what, how to mend it, in both languages. */
import type { Bilingual } from '@tanxiao/contracts';

export type QueueErrorCode =
  'redis-unreachable' | 'redis-evicts' | 'redis-address' | 'postgres-unreachable';

export class QueueError extends Error {
  constructor(
    readonly code: QueueErrorCode,
    readonly text: Bilingual,
    options?: ErrorOptions,
  ) {
    super(`${text.zh} · ${text.en}`, options);
    this.name = 'QueueError';
  }
}
