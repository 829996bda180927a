/** A chunk's keys to rank by, as bytes: 16 of header, the places as JSON, then a double and an int32 a subject. */
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
  let at = HEADER_BYTES + json.length;
  for (let i = 0; i < count; i++) at = bytes.writeDoubleLE(values[i]!, at);
  for (let i = 0; i < count; i++) at = bytes.writeInt32LE(placeOf[i]!, at);
  return bytes;
}

/** @throws RangeError where the bytes are not of this version or not whole */
export function decodeRankKeys(bytes: Buffer): RankKeys {
  const version = bytes.readUInt32LE(0);
  if (version !== VERSION)
    throw new RangeError(`keys to rank by of version ${version}, not ${VERSION}`);
  const count = bytes.readUInt32LE(4);
  const jsonEnd = HEADER_BYTES + bytes.readUInt32LE(8);
  if (bytes.length !== jsonEnd + count * 12)
    throw new RangeError(
      `keys to rank by have ${bytes.length} bytes in place of ${jsonEnd + count * 12}`,
    );
  const values = new Float64Array(count);
  const placeOf = new Int32Array(count);
  for (let i = 0; i < count; i++) values[i] = bytes.readDoubleLE(jsonEnd + i * 8);
  const placesAt = jsonEnd + count * 8;
  for (let i = 0; i < count; i++) placeOf[i] = bytes.readInt32LE(placesAt + i * 4);
  const places = JSON.parse(bytes.toString('utf8', HEADER_BYTES, jsonEnd)) as RankKeys['places'];
  return { values, places, placeOf };
}
