/** A listing in the format asked for: a table for eyes, CSV or JSON for programs. */
import { csvLine, harmlessText } from '@tanxiao/forms';

export const LISTING_FORMATS = ['table', 'csv', 'json'] as const;
export type ListingFormat = (typeof LISTING_FORMATS)[number];

/** Cells are texts; numbers come as decimal text, since they may be negative they are never guarded. */
export type ListingRow = Readonly<Record<string, string>>;

export function listingText(rows: readonly ListingRow[], format: ListingFormat): string {
  const names = Object.keys(rows[0] ?? {});
  switch (format) {
    case 'json':
      return `${JSON.stringify(rows, null, 2)}\n`;
    case 'csv':
      return [names, ...rows.map((row) => names.map((name) => cellText(row[name] ?? '')))]
        .map((cells) => csvLine(cells))
        .join('');
    case 'table':
      return tableText([names, ...rows.map((row) => names.map((name) => row[name] ?? ''))]);
  }
}

const NUMBER = /^-?[\d.]+$/;

function cellText(text: string): string {
  return NUMBER.test(text) ? text : harmlessText(text);
}

/** Longer cells are cut in a table; CSV and JSON hold them whole. */
const WIDEST = 44;

/** Columns side by side, the first line their heads. */
export function tableText(lines: readonly (readonly string[])[]): string {
  const cut = lines.map((cells) => cells.map((cell) => fitted(cell.replace(/\s+/g, ' '))));
  const widths = (cut[0] ?? []).map((_, column) =>
    Math.max(...cut.map((cells) => displayWidth(cells[column] ?? ''))),
  );
  return cut
    .map((cells) =>
      cells
        .map((cell, column) => cell + ' '.repeat(widths[column]! - displayWidth(cell)))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

function fitted(text: string): string {
  if (displayWidth(text) <= WIDEST) return text;
  let kept = '';
  for (const character of text) {
    if (displayWidth(kept + character) > WIDEST - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Columns of a terminal: Chinese characters take two. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) || character.length > 1 ? 2 : 1;
  return width;
}
