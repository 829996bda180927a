/**
 * The server writes its log straight to a file, not through us: it must go on doing so when we are
 * gone. That file is kept bounded here by copying it aside and cutting it (the server holds it open
 * in append mode, so it goes on at the new end).
 */
import { copyFile, open, stat, truncate } from 'node:fs/promises';

import { nullIfMissing } from './account';

const MAX_BYTES = 16 * 1024 * 1024;
const CHECK_EVERY_MS = 60_000;

/** Cuts the log if it has grown past the bound; the last full part stays beside it as `.1`. */
export async function boundLog(logFile: string, maxBytes = MAX_BYTES): Promise<void> {
  const found = await stat(logFile).catch(nullIfMissing);
  if (found === null || found.size <= maxBytes) return;
  await copyFile(logFile, `${logFile}.1`);
  await truncate(logFile, 0);
}

/** Keeps the log bounded until the returned function is called; never keeps the process alive. */
export function keepLogBounded(logFile: string, log: (line: string) => void): () => void {
  const timer = setInterval(() => {
    boundLog(logFile).catch((error: unknown) => {
      log(`database log ${logFile}: ${String(error)}`);
    });
  }, CHECK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** The end of the log from a position on, for the sentence of an error. */
export async function readLogFrom(logFile: string, position: number): Promise<string> {
  const file = await open(logFile, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(position, size - 8192);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8192), 0, 8192, from);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
