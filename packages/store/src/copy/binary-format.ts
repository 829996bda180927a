/**
 * What reading and writing of PostgreSQL's binary COPY format share
 * (https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format").
 */

export const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** Signature, flags, length of the header's extension. */
export const HEADER_BYTES = SIGNATURE.length + 8;
export const TRAILER_BYTES = 2;
export const NULL_LENGTH = -1;
export const FLOAT8 = 701;
export const INT2 = 21;
export const TEXT = 25;
/** Of an array: dimensions, flags, element type, length, lower bound. */
export const ARRAY_HEADER_BYTES = 20;

export function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export const UUID_BYTES = 16;

/** Whether two UUIDs are the same. In place: a call of Buffer's takes longer. */
export function isSameUuid(a: Uint8Array, aAt: number, b: Uint8Array, bAt: number): boolean {
  for (let k = 0; k < UUID_BYTES; k++) if (a[aAt + k] !== b[bAt + k]) return false;
  return true;
}

export function copyUuid(from: Uint8Array, fromAt: number, to: Uint8Array, toAt: number): void {
  for (let k = 0; k < UUID_BYTES; k++) to[toAt + k] = from[fromAt + k]!;
}
