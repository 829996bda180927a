/** In which period a version of a rulebook is tried: each version that ships is, in force today or not. */
import { parsePeriod, type Period } from '@tanxiao/contracts';
import { inForce, type Rulebook } from '@tanxiao/rulebook';

const LATEST_YEAR = 2026;
const EARLIEST_YEAR = 2000;

/**
 * The third quarter of 2026, or the latest one before it that this version rates, or the first that ends after it enters
 * into force. @throws RangeError where there is none
 */
export function trialPeriod(rulebooks: readonly Rulebook[], rulebook: Rulebook): Period {
  const years = Array.from({ length: LATEST_YEAR - EARLIEST_YEAR + 1 }, (_, i) => LATEST_YEAR - i);
  const begins = Number(rulebook.document.effective.from.slice(0, 4));
  for (const year of [...years, begins, begins + 1]) {
    const period = parsePeriod(`${year}Q3`);
    if (period && inForce(rulebooks, rulebook.id, period) === rulebook) return period;
  }
  throw new RangeError(`${rulebook.id} ${rulebook.version} rates no third quarter`);
}
