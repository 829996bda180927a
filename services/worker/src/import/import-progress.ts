/** Between rows of a long import: yields to the event loop, tells how far it is, and stops where it must. */
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { JobContext } from '@tanxiao/queue';

/**
 * BullMQ renews a job's lock from the event loop, so the loop must turn: 500 rows are some 10 ms of parsing.
 */
const ROWS_PER_TURN = 500;
/** Progress is for people: more often than each second it only costs transactions. */
const TELL_EVERY_MS = 1000;

export interface Pacer {
  /** Call after each row. @throws the signal's reason once aborted */
  row(): Promise<void>;
}

export function pacer(context: JobContext, tell: () => Promise<void>): Pacer {
  let rows = 0;
  let told = Date.now();
  return {
    async row() {
      rows += 1;
      if (rows % ROWS_PER_TURN !== 0) return;
      await nextTurn();
      context.signal.throwIfAborted();
      if (Date.now() - told < TELL_EVERY_MS) return;
      context.beat();
      await tell();
      told = Date.now();
    },
  };
}
