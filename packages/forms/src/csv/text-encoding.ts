/**
 * Turns the bytes of a text file into UTF-8, finding out as they come what they are: UTF-8 with or without a mark,
 * UTF-16 with a mark (Excel's "Unicode text"), else GB18030 (what Excel writes as "CSV" on a Chinese machine).
 * ASCII says nothing about the encoding, so the decision waits for the first other byte and looks at 64 KB from there.
 */
import { isAscii, isUtf8 } from 'node:buffer';

import { FileProblem } from '../file-problem';

export type ByteSource = AsyncIterable<Buffer>;

const WINDOW_BYTES = 64 * 1024;

/** @throws FileProblem where the bytes are no text in one of the encodings */
export async function* utf8Bytes(source: ByteSource): AsyncGenerator<Buffer> {
  const input = new Chunks(source);
  try {
    yield* recoded(input);
  } finally {
    await input.close();
  }
}

async function* recoded(input: Chunks): AsyncGenerator<Buffer> {
  const head = await input.take(4);
  if (head.length === 0) return;
  refuseOtherFormats(head);
  if (head.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) {
    input.putBack(head.subarray(3));
    yield* checkedUtf8(input, 3);
  } else if (head[0] === 0xff && head[1] === 0xfe) {
    input.putBack(head.subarray(2));
    yield* decoded(input, 'utf-16le', 2);
  } else if (head[0] === 0xfe && head[1] === 0xff) {
    input.putBack(head.subarray(2));
    yield* decoded(input, 'utf-16be', 2);
  } else {
    input.putBack(head);
    yield* unmarked(input);
  }
}

function refuseOtherFormats(head: Buffer): void {
  if (head.equals(Buffer.from('PK\x03\x04', 'latin1'))) throw new FileProblem('xlsx-sent-as-csv');
  if (head.equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) {
    throw new FileProblem('old-or-encrypted-workbook');
  }
}

async function* unmarked(input: Chunks): AsyncGenerator<Buffer> {
  let offset = 0;
  for (;;) {
    const chunk = await input.next();
    if (chunk === null) return;
    if (chunk.includes(0)) throw new FileProblem('not-text');
    if (isAscii(chunk)) {
      offset += chunk.length;
      yield chunk;
      continue;
    }
    input.putBack(chunk);
    const window = await input.take(WINDOW_BYTES);
    input.putBack(window);
    if (isUtf8(withoutTornCharacter(window))) yield* checkedUtf8(input, offset);
    else if (decodes(window, 'gb18030')) yield* decoded(input, 'gb18030', offset);
    else throw new FileProblem('encoding-unknown');
    return;
  }
}

async function* checkedUtf8(input: Chunks, start: number): AsyncGenerator<Buffer> {
  let offset = start;
  let torn: Buffer = Buffer.alloc(0);
  for (;;) {
    const chunk = await input.next();
    if (chunk === null) break;
    const bytes = torn.length === 0 ? chunk : Buffer.concat([torn, chunk]);
    const whole = withoutTornCharacter(bytes);
    if (!isUtf8(whole)) throw mixed('UTF-8', offset);
    if (whole.includes(0)) throw new FileProblem('not-text');
    offset += whole.length;
    torn = Buffer.from(bytes.subarray(whole.length));
    if (whole.length > 0) yield whole;
  }
  if (torn.length > 0) throw mixed('UTF-8', offset);
}

type Decoded = 'gb18030' | 'utf-16le' | 'utf-16be';

async function* decoded(input: Chunks, encoding: Decoded, start: number): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let offset = start;
  for (;;) {
    const chunk = await input.next();
    let text: string;
    try {
      text = decoder.decode(chunk ?? new Uint8Array(), { stream: chunk !== null });
    } catch (error) {
      if (isEncodingError(error)) throw mixed(encoding.toUpperCase(), offset);
      throw error;
    }
    if (text.includes('\0')) throw new FileProblem('not-text');
    if (text !== '') yield Buffer.from(text, 'utf8');
    if (chunk === null) return;
    offset += chunk.length;
  }
}

function mixed(encoding: string, byte: number): FileProblem {
  return new FileProblem('encoding-mixed', { encoding, byte: String(byte) });
}

function decodes(bytes: Buffer, encoding: Decoded): boolean {
  try {
    // `stream`: the window may end inside a character.
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch (error) {
    if (isEncodingError(error)) return false;
    throw error;
  }
}

/** What a fatal TextDecoder throws. */
export function isEncodingError(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
}

/** The bytes up to a character that the end of the chunk tore apart: at most 3 bytes less. */
function withoutTornCharacter(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
    }
  }
  return bytes;
}

/** The chunks of a source, with the means to look ahead. */
class Chunks {
  private readonly iterator: AsyncIterator<Buffer>;
  private readonly waiting: Buffer[] = [];

  constructor(source: ByteSource) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  async next(): Promise<Buffer | null> {
    const waiting = this.waiting.shift();
    if (waiting !== undefined) return waiting;
    const result = await this.iterator.next();
    return result.done === true ? null : result.value;
  }

  putBack(chunk: Buffer): void {
    if (chunk.length > 0) this.waiting.unshift(chunk);
  }

  /** At least so many bytes, fewer only at the end. */
  async take(bytes: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let length = 0;
    while (length < bytes) {
      const chunk = await this.next();
      if (chunk === null) break;
      parts.push(chunk);
      length += chunk.length;
    }
    const all = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    this.putBack(all.subarray(bytes));
    return all.subarray(0, bytes);
  }

  async close(): Promise<void> {
    await this.iterator.return?.();
  }
}
