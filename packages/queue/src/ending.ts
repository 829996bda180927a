/** Ends connections of BullMQ within bounds, also where their server is away or silent. */

/** A server that is there answers a farewell in milliseconds; so long, it is waited for. */
const FAREWELL_MS = 2000;

export interface Endable {
  /** In order: it fails where a Redis is away, and waits for one that is silent. */
  close(): Promise<void>;
  /**
   * Without a farewell. Not to be awaited: ioredis 6.0.0 never says that a connection has ended that was waiting to be
   * opened again.
   */
  disconnect(): Promise<void>;
}

/** Ends the connection in order, or drops it where that fails or takes longer. @param onError hears why it was dropped */
export async function endConnection(
  connection: Endable,
  onError: (error: Error) => void,
): Promise<void> {
  try {
    if (await within(FAREWELL_MS, connection.close())) return;
  } catch (error) {
    onError(asError(error));
  }
  dropConnection(connection, onError);
}

/** What waits for an answer fails, and nothing is connected again. */
export function dropConnection(
  connection: Pick<Endable, 'disconnect'>,
  onError: (error: Error) => void,
): void {
  connection.disconnect().catch((error: unknown) => onError(asError(error)));
}

/** Whether `work` ends within so many milliseconds. @throws what it throws */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
