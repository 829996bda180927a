/** Where a command's result goes: stdout, or a file that appears only once it is complete. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

import { UsageError } from './failures';
import { type Terminal, writeContent } from './terminal';

export interface Output {
  write(content: string | Uint8Array): Promise<void>;
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** Texts are gathered to about so many characters: one system call for hundreds of lines. */
const BUFFERED = 65_536;

/** @throws UsageError where the file cannot be written */
export async function openOutput(file: string | null, terminal: Terminal): Promise<Output> {
  if (file === null) {
    const { write, flush } = gathered(terminal.stdout);
    return { write, finish: flush, discard: () => Promise.resolve() };
  }
  const partial = `${file}.${process.pid}.partial`;
  const stream = createWriteStream(partial);
  await new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve());
    stream.once('error', reject);
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError({
      zh: `无法写入 ${file}：${reason}`,
      en: `cannot write ${file}: ${reason}`,
    });
  });
  const done = finished(stream);
  // Met again where it is awaited.
  done.catch(() => undefined);
  const { write, flush } = gathered(stream);
  return {
    write,
    finish: async () => {
      await flush();
      stream.end();
      await done;
      await rename(partial, file);
    },
    discard: async () => {
      stream.destroy();
      await rm(partial, { force: true });
    },
  };
}

function gathered(stream: Writable): Pick<Output, 'write'> & { flush: () => Promise<void> } {
  let waiting = '';
  const flush = async (): Promise<void> => {
    const text = waiting;
    waiting = '';
    if (text !== '') await writeContent(stream, text);
  };
  return {
    flush,
    write: async (content) => {
      if (typeof content === 'string') {
        waiting += content;
        if (waiting.length >= BUFFERED) await flush();
      } else {
        await flush();
        await writeContent(stream, content);
      }
    },
  };
}
