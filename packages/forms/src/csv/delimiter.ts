/** Comma, semicolon or tab: whichever stands most often in the header, outside quotes. */

const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/**
 * The delimiter of a text that starts at the file's first byte; null where its header line isn't complete yet.
 * Blank lines and notes (`#`) before the header are passed over.
 */
export function delimiterOf(text: string, complete: boolean): Delimiter | null {
  let start = 0;
  while (start < text.length) {
    const end = lineEnd(text, start);
    if (end === text.length && !complete) return null;
    const line = text.slice(start, end);
    const content = line.replace(/[\s,;"]/g, '');
    if (content !== '' && !content.startsWith('#')) return mostFrequent(line);
    start = end + 1;
  }
  return complete ? ',' : null;
}

/** Position of the first line break outside quotes, or the text's length. */
function lineEnd(text: string, start: number): number {
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    const character = text[i];
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) return i;
  }
  return text.length;
}

function mostFrequent(line: string): Delimiter {
  const counts = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && character in counts) counts[character as Delimiter] += 1;
  }
  return DELIMITERS.reduce((best, next) => (counts[next] > counts[best] ? next : best));
}
