/** Documents as parsed before: of a dry run's three or four only the client's draft is new each time (150 ms a document). */

/** A handful of drafts beside what ships. */
const REMEMBERED = 8;

/** `parse` with a memory of its latest texts, by text and name. */
export function remembering<T>(
  parse: (text: string, file: string) => T,
): (text: string, file: string) => T {
  const known = new Map<string, T>();
  return (text, file) => {
    const key = `${file}\n${text}`;
    const parsed = known.get(key) ?? parse(text, file);
    // To the end of the order in which they are forgotten.
    known.delete(key);
    known.set(key, parsed);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    return parsed;
  };
}
