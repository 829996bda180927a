/** Between the blocks of a long import: yields to the event loop, tells how far it is, and stops where it must. */
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { JobContext } from '@tanxiao/queue';

/**
 * A block is a transaction. 1,000 rows to one cost a fifth more than 2,000; these are a megabyte of columns and texts, and
 * some 10 ms of reading, between which the loop must turn, as BullMQ renews a job's lock from it.
 */
export const ROWS_PER_TRANSACTION = 2000;

/** Progress is for people: more often than each second it only costs transactions. */
const TELL_EVERY_MS = 1000;

export interface Pacer {
  /** Call after each block. @throws the signal's reason once aborted */
  block(): Promise<void>;
}

export function pacer(context: JobContext, tell: () => Promise<void>): Pacer {
  let told = Date.now();
  return {
    async block() {
      await nextTurn();
      context.signal.throwIfAborted();
      if (Date.now() - told < TELL_EVERY_MS) return;
      context.beat();
      await tell();
      told = Date.now();
    },
  };
}
