/** A worker in a process of its own, for the test to kill: it says `begun`, and never ends its job. */
import { createConsumer } from '../consumer';
import { createQueueBackend, type QueueAddress } from '../create-backend';

async function main(): Promise<void> {
  const address = JSON.parse(process.argv[2] ?? '') as QueueAddress;
  const backend = await createQueueBackend(address);
  await createConsumer(
    backend,
    'rate',
    async ({ outboxIds }) => {
      process.send?.({ begun: outboxIds });
      await new Promise(() => undefined);
    },
    { concurrency: 1, lockMs: 1000, stalledCheckMs: 300, onError: console.error },
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
