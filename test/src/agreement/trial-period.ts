/** In which period a version of a rulebook is tried: each version that ships is, in force today or not. */
import { parsePeriod, type Period } from '@tanxiao/contracts';
import { inForce, type Rulebook } from '@tanxiao/rulebook';

const LATEST_YEAR = 2026;
const EARLIEST_YEAR = 2000;

/**
 * The third quarter of 2026, or the latest one before it that this version rates, or that of the year in which it
 * enters into force, or that year's fourth. @throws RangeError where there is none
 */
export function trialPeriod(rulebooks: readonly Rulebook[], rulebook: Rulebook): Period {
  const years = Array.from({ length: LATEST_YEAR - EARLIEST_YEAR + 1 }, (_, i) => LATEST_YEAR - i);
  const first = rulebook.document.effective.from.slice(0, 4);
  for (const id of [...years.map((year) => `${year}Q3`), `${first}Q3`, `${first}Q4`]) {
    const period = parsePeriod(id);
    if (period && inForce(rulebooks, rulebook.id, period) === rulebook) return period;
  }
  throw new RangeError(
    `${rulebook.id} ${rulebook.version} rates neither a third quarter nor the fourth of its first year`,
  );
}
