/**
 * What typing leaves behind in codes and numbers: blanks around them and full-width characters (全角) of a Chinese
 * input method. Only the full-width forms of ASCII are folded, not all of NFKC: NFKC would turn 10² into 102 and ① into 1.
 */

const BLANK_AROUND = /^[\s\u00a0\u3000\u200b\ufeff]+|[\s\u00a0\u3000\u200b\ufeff]+$/g;
const FULL_WIDTH = /[\uff01-\uff5e]/g;
/** Control characters, marks that turn the direction of writing, invisible joiners, and halves of surrogate pairs. */
const UNSEEN = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]|\p{Cs}/u;

/** Whether nothing needs folding: printable ASCII without a blank at either end. One pass, no allocation. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7e || code < 0x20) return false;
  }
  return text.charCodeAt(0) !== 0x20 && text.charCodeAt(text.length - 1) !== 0x20;
}

export function trimBlanks(text: string): string {
  return isPlain(text) ? text : text.replace(BLANK_AROUND, '');
}

/** Trims, and turns full-width characters and the mathematical minus into ASCII. */
export function foldWidth(text: string): string {
  if (isPlain(text)) return text;
  return text
    .replace(BLANK_AROUND, '')
    .replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('\u2212', '-')
    .replaceAll('\u3000', ' ');
}

export function hasUnseenCharacter(text: string): boolean {
  return !isPlain(text) && UNSEEN.test(text);
}
