/** What the store refuses, each with a stable code and a sentence in both languages that says how to mend it. */
import type { Bilingual } from '@tanxiao/contracts';

export type StoreErrorCode =
  | 'migration-changed'
  | 'migration-missing'
  | 'lease-lost'
  | 'unknown-document'
  | 'proposal-open'
  | 'same-person'
  | 'decided-already'
  | 'document-changed'
  | 'unknown-submission'
  | 'effect-missing'
  | 'not-a-quantity'
  | 'bad-argument'
  | 'bad-copy';

/** Thrown by the store's functions; `text` is meant for people, `message` is its English. */
export class StoreError extends Error {
  constructor(
    readonly code: StoreErrorCode,
    readonly text: Bilingual,
  ) {
    super(text.en);
    this.name = 'StoreError';
  }
}
