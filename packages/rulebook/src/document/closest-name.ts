/** "Did you mean …?": the known name that is closest to an unknown one, in edits. */
import { distance } from 'fastest-levenshtein';

/** Longer texts are no misspelt names. */
const LONGEST = 80;

/** The known name within a third of the seen one's length in edits (at least one edit); null where none is. */
export function closestName(seen: string, known: Iterable<string>): string | null {
  if (seen.length > LONGEST) return null;
  let best: string | null = null;
  let fewest = Math.max(1, Math.floor(seen.length / 3)) + 1;
  for (const name of known) {
    const edits = distance(seen.toLowerCase(), name.toLowerCase());
    if (edits < fewest && name !== seen) {
      best = name;
      fewest = edits;
    }
  }
  return best;
}
