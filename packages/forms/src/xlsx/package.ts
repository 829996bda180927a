/**
 * An XLSX file as a zip package: opened only after its table of contents promises a harmless size, each part read
 * with its declared size and checksum enforced, so that no damaged byte can become a wrong figure.
 */
import { type Entry, openPromise, type ZipFile } from 'yauzl';

import { FileProblem } from '../file-problem';
import type { SheetLimits } from '../sheet/limits';

export interface Package {
  has(name: string): boolean;
  /** Bytes of a part once unpacked; 0 where there is none. */
  size(name: string): number;
  /** @throws FileProblem where there is no such part or it is damaged */
  read(name: string): AsyncGenerator<Buffer>;
  close(): void;
}

/** @throws FileProblem */
export async function openPackage(path: string, limits: SheetLimits): Promise<Package> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(
    (error: unknown) => {
      throw isSystemError(error) ? error : new FileProblem('not-xlsx');
    },
  );
  try {
    const parts = await partsOf(zip, limits);
    return {
      has: (name) => parts.has(partKey(name)),
      size: (name) => parts.get(partKey(name))?.uncompressedSize ?? 0,
      read: (name) => readPart(zip, name, parts.get(partKey(name))),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** Part names are compared without regard to case (ECMA-376 part 2, 6.2.2.3). */
function partKey(name: string): string {
  return name.replace(/^\//, '').toLowerCase();
}

async function partsOf(zip: ZipFile, limits: SheetLimits): Promise<Map<string, Entry>> {
  const tooLarge = (): FileProblem =>
    new FileProblem('xlsx-too-large', {
      limit: `${Math.round(limits.unpackedBytes / 1024 ** 2)} MB`,
    });
  if (zip.entryCount > limits.zipEntries) throw tooLarge();
  const parts = new Map<string, Entry>();
  let unpacked = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      unpacked += entry.uncompressedSize;
      if (unpacked > limits.unpackedBytes || parts.size > limits.zipEntries) throw tooLarge();
      parts.set(partKey(entry.fileName), entry);
    }
  } catch (error) {
    if (error instanceof FileProblem || isSystemError(error)) throw error;
    throw new FileProblem('not-xlsx');
  }
  return parts;
}

async function* readPart(
  zip: ZipFile,
  name: string,
  entry: Entry | undefined,
): AsyncGenerator<Buffer> {
  if (!entry) throw new FileProblem('xlsx-damaged', { part: name });
  if (entry.isEncrypted()) throw new FileProblem('xlsx-encrypted-part');
  const damaged = (error: unknown): unknown =>
    isSystemError(error) ? error : new FileProblem('xlsx-damaged', { part: name });
  const stream = await zip.openReadStreamPromise(entry).catch((error: unknown) => {
    throw damaged(error);
  });
  let checksum = 0xffffffff;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      checksum = crc32Update(checksum, chunk);
      yield chunk;
    }
  } catch (error) {
    throw damaged(error);
  }
  if ((checksum ^ 0xffffffff) >>> 0 !== entry.crc32) throw damaged(null);
}

/** Whether the machine failed (no such file, disk), rather than the file. */
function isSystemError(error: unknown): boolean {
  const { code, syscall } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  return syscall !== undefined && code !== undefined && /^E[A-Z]+$/.test(code);
}

const CRC_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of zip, by table: Node has its own only from 20.15 on. */
function crc32Update(state: number, bytes: Buffer): number {
  let value = state;
  for (const byte of bytes) value = CRC_TABLE[(value ^ byte) & 0xff]! ^ (value >>> 8);
  return value;
}
