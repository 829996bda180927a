/**
 * The unified social credit code (统一社会信用代码) of GB 32100-2015: 18 characters, the last a check
 * character with weights 3^i mod 31 over an alphabet without I, O, S, V, Z.
 */

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

export type UsccProblem = 'length' | 'character' | 'shape' | 'check-character';

/** What is wrong with a code, or null where it is valid. Case matters: lower case is a `character` problem. */
export function usccProblem(code: string): UsccProblem | null {
  if (code.length !== 18) return 'length';
  for (const character of code) if (!ALPHABET.includes(character)) return 'character';
  if (!SHAPE.test(code)) return 'shape';
  return code[17] === usccCheckCharacter(code.slice(0, 17)) ? null : 'check-character';
}

/** The check character of the first 17 (GB 32100-2015, 4.4 and annex A). */
export function usccCheckCharacter(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (sum % 31)) % 31]!;
}

/** By character code: place in the alphabet, or −1. */
const PLACE_OF = Int8Array.from({ length: 128 }, (_, code) =>
  ALPHABET.indexOf(String.fromCharCode(code)),
);
const CHECKED_CHARACTERS = 17;
const DIGITS_FROM = 2;
const DIGITS_TO = 8;

/** Whether 18 characters of ASCII from an offset on are a valid code: {@link usccProblem} without a text. */
export function isUsccAt(bytes: Uint8Array, offset: number): boolean {
  let sum = 0;
  let weight = 1;
  for (let k = 0; k < CHECKED_CHARACTERS; k++) {
    const place = PLACE_OF[bytes[offset + k]!] ?? -1;
    if (place < 0 || (place > 9 && k >= DIGITS_FROM && k < DIGITS_TO)) return false;
    sum += place * weight;
    weight = (weight * 3) % 31;
  }
  return PLACE_OF[bytes[offset + CHECKED_CHARACTERS]!] === (31 - (sum % 31)) % 31;
}
