/** An upload's file as a sheet that can be read twice: once to check it, once to keep its rows. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { openSheet, type Sheet } from '@tanxiao/forms';
import { readUploadChunks, type UploadRow } from '@tanxiao/store';

import type { WorkerServices } from '../services';

export interface UploadSheet {
  open(): Promise<Sheet>;
  remove(): Promise<void>;
}

/**
 * A CSV is streamed from its chunks each time, a megabyte in memory. An XLSX must lie on disk, because a zip's table of
 * contents stands at its end: it is written into the process's own folder once.
 */
export function uploadSheet(
  { pool, temporaryFolder }: WorkerServices,
  upload: Pick<UploadRow, 'id' | 'format'>,
  holder: string,
): UploadSheet {
  if (upload.format === 'csv')
    return {
      open: () => openSheet(readUploadChunks(pool, upload.id), 'csv'),
      remove: () => Promise.resolve(),
    };
  const path = join(temporaryFolder, `${upload.id}-${holder}.xlsx`);
  let written: Promise<void> | null = null;
  const write = (): Promise<void> =>
    pipeline(
      Readable.from(readUploadChunks(pool, upload.id)),
      createWriteStream(path, { mode: 0o600 }),
    );
  return {
    open: async () => {
      await (written ??= write());
      return openSheet({ path }, 'xlsx');
    },
    remove: () => rm(path, { force: true }),
  };
}
