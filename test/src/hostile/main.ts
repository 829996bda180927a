/**
 * Hostile rulebooks: `npm run hostile -- [COUNT] [SEED]` (after `npm run build`), all hand-written ones and COUNT
 * seeded ones. Prints a table and everything that breaks the promise; exits with 1 where one does.
 */
import os from 'node:os';

import { HAND_WRITTEN_COUNT, hostileCase } from './cases';
import { HEAP_MEGABYTES, MOST_SECONDS, type Trial, tryAll } from './pool';
import { brokenIn, tableOf } from './table';

async function main(count: number, seed: number): Promise<boolean> {
  console.log(
    `${os.cpus().length} × ${os.cpus()[0]?.model ?? '?'}, Node ${process.version}, seed ${seed}, ` +
      `at most ${HEAP_MEGABYTES} MB of heap and ${MOST_SECONDS} s a rulebook`,
  );
  const tasks = Array.from({ length: HAND_WRITTEN_COUNT + count }, (_, serial) => ({
    serial,
    seed,
  }));
  const tell = (trial: Trial): void => {
    for (const line of brokenIn([trial], (serial) => hostileCase(serial, seed))) console.log(line);
  };
  const trials = await tryAll(tasks, tell);
  console.log(tableOf(trials, (serial) => hostileCase(serial, seed)));
  return brokenIn(trials, (serial) => hostileCase(serial, seed)).length === 0;
}

void main(Number(process.argv[2] ?? 5000), Number(process.argv[3] ?? 20261122)).then((good) => {
  process.exitCode = good ? 0 : 1;
});
