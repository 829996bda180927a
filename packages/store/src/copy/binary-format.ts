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
