/** How a command fails: used wrongly (exit code 2), or refused by the data or the server (exit code 1). */
import type { Bilingual } from '@tanxiao/contracts';

export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export class UsageError extends Error {
  constructor(readonly text: Bilingual) {
    super(text.en);
    this.name = 'UsageError';
  }
}

export class Refusal extends Error {
  constructor(readonly text: Bilingual) {
    super(text.en);
    this.name = 'Refusal';
  }
}
