/**
 * Wakes the relay when the outbox grows: LISTEN on a connection of its own, renewed when it is lost. While there is
 * none (or behind a transaction-pooling PgBouncer, where LISTEN hears nothing) the relay's poll carries on.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { OUTBOX_CHANNEL } from '@tanxiao/store';
import { Client } from 'pg';

const RECONNECT_MS = 2000;

/** @returns how to stop listening */
export function listenForOutbox(
  databaseUrl: string,
  wake: () => void,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const stop = new AbortController();
  const stopped = (): boolean => stop.signal.aborted;
  const open = new Set<Client>();

  const listenOnce = async (): Promise<void> => {
    const client = new Client({
      connectionString: databaseUrl,
      application_name: 'tanxiao-worker-listen',
      connectionTimeoutMillis: 5000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    open.add(client);
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    client.on('error', (error) => {
      if (!stopped()) onError(error);
    });
    client.on('notification', wake);
    try {
      await client.connect();
      await client.query(`LISTEN ${OUTBOX_CHANNEL}`);
      // What was added while nobody listened.
      wake();
      await ended;
    } finally {
      open.delete(client);
      await client.end();
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopped()) {
      try {
        await listenOnce();
      } catch (error) {
        if (!stopped()) onError(error);
      }
      await sleep(RECONNECT_MS, undefined, { signal: stop.signal }).catch((reason: unknown) => {
        if (!stopped()) throw reason;
      });
    }
  };

  const running = loop();
  return async () => {
    stop.abort();
    for (const client of open) await client.end();
    await running;
  };
}
