/** Writing CSV (RFC 4180): one place for quoting, and for texts that a spreadsheet would take for formulas. */

/** What Excel needs to take a CSV file for UTF-8. */
export const CSV_BOM = '\ufeff';

const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;
const FORMULA = /^[=+\-@\t\r]/;

export function csvField(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param newline `\r\n` where the file is for Excel */
export function csvLine(fields: readonly string[], newline = '\n'): string {
  return fields.map(csvField).join(',') + newline;
}

/** A text from outside, with a leading `'` where a spreadsheet would run it as a formula. Never for numbers. */
export function harmlessText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
