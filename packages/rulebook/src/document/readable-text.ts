/**
 * Which texts of a document are for reading. Titles and messages reach terminals, spreadsheets, PostgreSQL and XML:
 * control characters break those (NUL is no text in PostgreSQL), halves of surrogate pairs are no Unicode, and marks
 * of writing direction make a reader see another text than the one that stands there.
 */
const UNREADABLE =
  /(?![\t\n])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/u;

/** Tab and line feed are allowed. */
export function isReadable(text: string): boolean {
  return !UNREADABLE.test(text);
}
