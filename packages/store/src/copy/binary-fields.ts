/** Fields of PostgreSQL's binary COPY format as they stand in a row, lengths included, for values that many rows repeat. */
import { ARRAY_HEADER_BYTES, TEXT } from './binary-format';

/** A text as a field. */
export function textField(text: string): Buffer {
  const field = Buffer.alloc(4 + Buffer.byteLength(text));
  field.writeInt32BE(field.length - 4);
  field.write(text, 4);
  return field;
}

/** A UUID as a field. */
export function uuidField(id: string | null): Buffer {
  if (id === null) return Buffer.from([0xff, 0xff, 0xff, 0xff]);
  return Buffer.concat([Buffer.from([0, 0, 0, 16]), uuidBytes(id)]);
}

/** A text[] as a field; no element is null. */
export function textsField(texts: readonly string[]): Buffer {
  const elements = texts.map(textField);
  const header = Buffer.alloc(4 + ARRAY_HEADER_BYTES);
  [1, 0, TEXT, texts.length, 1].forEach((value, i) => header.writeInt32BE(value, 4 + i * 4));
  const field = Buffer.concat([header, ...elements]);
  field.writeInt32BE(field.length - 4);
  return field;
}

export function uuidBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

export function uuidText(bytes: Buffer, offset: number): string {
  const hex = bytes.toString('hex', offset, offset + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const UUID = 2950;

/** The value of a uuid[] parameter, sent in binary form. @param ids 16 bytes each */
export function uuidArray(ids: Buffer): Buffer {
  const count = ids.length / 16;
  const array = Buffer.allocUnsafe(ARRAY_HEADER_BYTES + count * 20);
  [1, 0, UUID, count, 1].forEach((value, i) => array.writeInt32BE(value, i * 4));
  for (let k = 0, at = ARRAY_HEADER_BYTES; k < count; k++, at += 20) {
    array.writeInt32BE(16, at);
    ids.copy(array, at + 4, k * 16, k * 16 + 16);
  }
  return array;
}
