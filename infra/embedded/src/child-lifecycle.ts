/**
 * The child's side of children.ts: saying that it is ready, and ending when it is told to or when
 * its parent is gone, however that came about.
 */

/** A child sends this once it serves; further fields are handed to the parent as they are. */
export interface ReadyMessage {
  type: 'ready';
  [field: string]: unknown;
}

/** Tells the parent that this process serves. Does nothing when there is no such parent. */
export function reportReady(details: Record<string, unknown> = {}): void {
  process.send?.({ ...details, type: 'ready' } satisfies ReadyMessage);
}

export interface ExitWithParentOptions {
  /** Finishes what is under way and closes connections. */
  close?: () => Promise<void>;
  /** After this long the process ends although `close` has not. Default 10 s. */
  graceMs?: number;
}

/**
 * Ends this process, after `close`, on SIGTERM or SIGINT, on the parent's {type:'stop'}, and when
 * the channel to the parent closes: that happens even if the parent got a SIGKILL, so no orphan
 * goes on working on the queue. Exit code 0, or 1 when `close` failed or took too long.
 */
export function exitWithParent(options: ExitWithParentOptions = {}): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    const timer = setTimeout(() => process.exit(1), options.graceMs ?? 10_000);
    timer.unref();
    // `then`, so that a `close` that throws at once is caught as well.
    Promise.resolve()
      .then(() => options.close?.())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('message', (message) => {
    if ((message as { type?: unknown } | null)?.type === 'stop') end();
  });
  process.on('disconnect', end);
  // The parent may have died before this line was reached.
  if (process.send !== undefined && !process.connected) end();
}
