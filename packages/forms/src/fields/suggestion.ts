/** "Did you mean …?": the known name that is closest to an unknown one, in edits. */
import type { Bilingual } from '@tanxiao/contracts';

/** Number of characters to insert, delete or replace (Levenshtein), or `limit` + 1 where they are more. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[j]! + 1, current[j - 1]! + 1));
    }
    if (Math.min(...current) > limit) return limit + 1;
    previous = current;
  }
  return Math.min(previous[b.length]!, limit + 1);
}

interface NamedTitle {
  readonly name: string;
  readonly title: Bilingual;
}

/** Longer texts are no misspelt names. */
const LONGEST = 80;

/** The name meant by `seen`: its own title written as a name, or a name within a third of its length in edits. */
export function closestName(seen: string, known: readonly NamedTitle[]): string | null {
  if (seen.length > LONGEST) return null;
  const wanted = seen.trim().toLowerCase();
  const simple = (text: string): string => text.toLowerCase().replace(/[\s_（）()-]/g, '');
  const titled = known.find(
    ({ title }) => simple(title.zh) === simple(wanted) || simple(title.en) === simple(wanted),
  );
  if (titled) return titled.name;
  let best: string | null = null;
  let distance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const { name } of known) {
    const edits = editDistance(wanted, name, distance - 1);
    if (edits < distance) {
      best = name;
      distance = edits;
    }
  }
  return best;
}

/** The params `suggestion` and `suggestionEn` of contracts' issue texts; empty where nothing is close. */
export function suggestionParams(
  seen: string,
  known: readonly NamedTitle[],
): { suggestion: string; suggestionEn: string } {
  const name = closestName(seen, known);
  return name === null
    ? { suggestion: '', suggestionEn: '' }
    : { suggestion: `是否应为“${name}”？`, suggestionEn: `did you mean "${name}"? ` };
}
