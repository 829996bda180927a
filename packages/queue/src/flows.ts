/** Flows of BullMQ: one job that waits for others. */
import type { DefaultJobOptions, FlowJob } from 'bullmq';

import type { FlowOfJobs, OpenFlows } from './backend';
import type { Endable } from './ending';

interface Producer extends Endable {
  waitUntilReady(): Promise<unknown>;
  add(flow: FlowJob): Promise<unknown>;
}

/** A flow producer knows no default options of queues, so every job gets them. */
export function openedFlows(producer: Producer, options: DefaultJobOptions): OpenFlows {
  return {
    waitUntilReady: () => producer.waitUntilReady(),
    async add({ children, ...parent }: FlowOfJobs): Promise<void> {
      await producer.add({
        ...parent,
        opts: { ...options, ...parent.opts },
        children: children.map((child) => ({
          ...child,
          // The parent looks at what is left to do; a part that failed is handed out again.
          opts: { ...options, ...child.opts, ignoreDependencyOnFailure: true },
        })),
      });
    },
    close: () => producer.close(),
    disconnect: () => producer.disconnect(),
  };
}
