/** A chunk's keys to rank by, as bytes: 16 of header, the places as JSON, then a double and an int32 a subject. */
import os from 'node:os';

import type { RankKeys } from '@tanxiao/rulebook';

const VERSION = 1;
const HEADER_BYTES = 16;

export function encodeRankKeys({ values, places, placeOf }: RankKeys): Buffer {
  const json = Buffer.from(JSON.stringify(places));
  const count = values.length;
  const bytes = Buffer.alloc(HEADER_BYTES + json.length + count * 12);
  bytes.writeUInt32LE(VERSION, 0);
  bytes.writeUInt32LE(count, 4);
  bytes.writeUInt32LE(json.length, 8);
  json.copy(bytes, HEADER_BYTES);
  const jsonEnd = HEADER_BYTES + json.length;
  littleEndian(values).copy(bytes, jsonEnd);
  littleEndian(placeOf).copy(bytes, jsonEnd + count * 8);
  return bytes;
}

/** Room for the keys of so many subjects, a number of each kind a subject. */
export type RoomForKeys = (count: number) => Pick<RankKeys, 'values' | 'placeOf'>;

/** @throws RangeError where the bytes are not of this version or not whole, or the room is not for so many */
export function decodeRankKeys(bytes: Buffer, roomFor: RoomForKeys): RankKeys {
  const version = bytes.readUInt32LE(0);
  if (version !== VERSION)
    throw new RangeError(`keys to rank by of version ${version}, not ${VERSION}`);
  const count = bytes.readUInt32LE(4);
  const jsonEnd = HEADER_BYTES + bytes.readUInt32LE(8);
  if (bytes.length !== jsonEnd + count * 12)
    throw new RangeError(
      `keys to rank by have ${bytes.length} bytes in place of ${jsonEnd + count * 12}`,
    );
  const placesAt = jsonEnd + count * 8;
  const { values, placeOf } = roomFor(count);
  if (values.length !== count || placeOf.length !== count)
    throw new RangeError(`${count} keys to rank by, and room for ${values.length}`);
  bytes.copy(bytesOf(values), 0, jsonEnd, placesAt);
  bytes.copy(bytesOf(placeOf), 0, placesAt);
  if (!IS_LITTLE_ENDIAN) {
    bytesOf(values).swap64();
    bytesOf(placeOf).swap32();
  }
  const places = JSON.parse(bytes.toString('utf8', HEADER_BYTES, jsonEnd)) as RankKeys['places'];
  return { values, places, placeOf };
}

const IS_LITTLE_ENDIAN = os.endianness() === 'LE';

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Int32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function littleEndian(numbers: Float64Array | Int32Array): Buffer {
  const bytes = bytesOf(numbers);
  if (IS_LITTLE_ENDIAN) return bytes;
  const swapped = Buffer.from(bytes);
  return numbers instanceof Float64Array ? swapped.swap64() : swapped.swap32();
}
