/** Sends an answer piece by piece, at the pace of whoever reads it. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { ClientGoneError } from './body-bytes';
import type { Call } from './route';

/** A client that stops reading stops the source; one that is gone ends it and is no failure of ours. */
export async function streamed(call: Call, source: AsyncIterable<Buffer | string>): Promise<void> {
  try {
    await pipeline(Readable.from(source, { objectMode: false }), call.response);
  } catch (error) {
    if (isPrematureClose(error)) throw new ClientGoneError();
    throw error;
  }
}

function isPrematureClose(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ECONNRESET')
  );
}
