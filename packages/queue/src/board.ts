/** The queues as BullMQ's own class, for a page that shows them; everything else uses producer and consumer. */
import { Queue } from 'bullmq';

import type { QueueBackend } from './backend';
import { endConnection } from './ending';
import { JOB_KINDS, type JobKind, QUEUE_NAMES } from './jobs';

export interface BoardQueues {
  readonly queues: readonly Queue[];
  close(): Promise<void>;
}

/** @param onError hears of connections lost between calls */
export function openBoardQueues(
  backend: QueueBackend,
  onError: (error: Error, kind: JobKind) => void,
): BoardQueues {
  const queues = JOB_KINDS.map((kind) => {
    const queue = backend.openQueue(QUEUE_NAMES[kind], (error) => onError(error, kind));
    if (!(queue instanceof Queue)) throw new TypeError(`${QUEUE_NAMES[kind]} is not BullMQ's`);
    return queue;
  });
  return {
    queues,
    close: async () => {
      await Promise.all(
        JOB_KINDS.map((kind, index) =>
          endConnection(queues[index]!, (error) => onError(error, kind)),
        ),
      );
    },
  };
}
