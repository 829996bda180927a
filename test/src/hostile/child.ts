/** The process in which hostile cases are tried, one a message: it may hang or die without taking anything along. */
import { getHeapStatistics } from 'node:v8';

import { hostileCase } from './cases';
import { judge, type Outcome } from './judge';

export interface Task {
  readonly serial: number;
  readonly seed: number;
}

export interface Reply {
  readonly kind: string;
  readonly name: string;
  readonly outcome: Outcome | { readonly kind: 'broken'; readonly error: string };
  readonly milliseconds: number;
  /** The heap as large as it had to become for this and the cases before it in the same process. */
  readonly heapBytes: number;
}

function reply({ serial, seed }: Task): Reply {
  const hostile = hostileCase(serial, seed);
  const started = performance.now();
  const outcome = ((): Reply['outcome'] => {
    try {
      return judge(hostile);
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { kind: 'broken', error: text.slice(0, 1500) };
    }
  })();
  return {
    kind: hostile.kind,
    name: hostile.name,
    outcome,
    milliseconds: performance.now() - started,
    heapBytes: getHeapStatistics().total_heap_size,
  };
}

process.on('message', (task: Task) => {
  process.send!(reply(task));
});
