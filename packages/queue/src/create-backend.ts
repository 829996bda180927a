/** Opens the queue server an address names: the one place where the two kinds part. */
import type { QueueBackend } from './backend';
import { openPostgresBackend } from './backend-postgres';
import { openRedisBackend } from './backend-redis';

/** `schema` and `prefix` part several installations on one server; defaults in the two backends' files. */
export type QueueAddress =
  | { readonly databaseUrl: string; readonly schema?: string }
  | { readonly redisUrl: string; readonly prefix?: string };

/**
 * Checks the server (its schema is brought up to date, or its eviction policy is looked at) and returns a way
 * to open queues and workers on it. Nothing stays open: each queue and worker owns its connections.
 * @throws QueueError with a sentence for the operator.
 */
export async function createQueueBackend(address: QueueAddress): Promise<QueueBackend> {
  return 'redisUrl' in address ? openRedisBackend(address) : openPostgresBackend(address);
}
