/** CSV bytes as enterprises upload them: RFC 4180 quoting, either line end, UTF-8 with or without BOM, or GBK. */
import type { Quarter } from './city-model';

export function csvLine(fields: readonly string[]): string {
  return fields
    .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',');
}

let gbkBytes: ReadonlyMap<string, number> | null = null;

/**
 * GBK's double-byte characters by their code: Node decodes GBK but does not encode it, so the 23,940 codes are decoded
 * once (a few milliseconds) and turned round.
 */
function gbkTable(): ReadonlyMap<string, number> {
  if (gbkBytes) return gbkBytes;
  const decoder = new TextDecoder('gbk');
  const table = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== '\ufffd' && !table.has(character))
        table.set(character, (lead << 8) | trail);
    }
  gbkBytes = table;
  return table;
}

/** @throws RangeError for a character that GBK does not have. */
export function encodeGbk(text: string): Buffer {
  const table = gbkTable();
  const bytes = Buffer.alloc(text.length * 2);
  let length = 0;
  for (const character of text) {
    if (character < '\u0080') {
      bytes[length++] = character.charCodeAt(0);
      continue;
    }
    const code = table.get(character);
    if (code === undefined) throw new RangeError(`GBK has no character ${character}`);
    length = bytes.writeUInt16BE(code, length);
  }
  return bytes.subarray(0, length);
}

export function csvBytes(
  lines: readonly string[],
  { encoding, lineEnd }: Pick<Quarter, 'encoding' | 'lineEnd'>,
): Buffer {
  const end = lineEnd === 'crlf' ? '\r\n' : '\n';
  const text = lines.map((line) => line + end).join('');
  switch (encoding) {
    case 'gbk':
      return encodeGbk(text);
    case 'utf-8-bom':
      return Buffer.from(`\ufeff${text}`, 'utf8');
    case 'utf-8':
      return Buffer.from(text, 'utf8');
  }
}
