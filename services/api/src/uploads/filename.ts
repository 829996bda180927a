/** The name of an uploaded file as it is kept: its last part only, without characters that cannot be shown. */

const LONGEST = 255;

/** Empty where nothing of the name is left. */
export function filenameOf(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  return (
    last
      // Control characters, and those that turn the reading direction (a `.csv` that shows as `.exe`).
      .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
      // Half a surrogate pair is no character; PostgreSQL would not take it.
      .replace(/\p{Surrogate}/gu, '\ufffd')
      .trim()
      .slice(-LONGEST)
  );
}
