/** In which period a version of a rulebook is tried: each version that ships is, also one that is no longer in force. */
import { parsePeriod, type Period } from '@tanxiao/contracts';
import { inForce, type Rulebook } from '@tanxiao/rulebook';

const LATEST_YEAR = 2026;
const EARLIEST_YEAR = 2000;

/** The third quarter of 2026, or the latest one before it that this version rates. @throws RangeError where there is none */
export function trialPeriod(rulebooks: readonly Rulebook[], rulebook: Rulebook): Period {
  for (let year = LATEST_YEAR; year >= EARLIEST_YEAR; year--) {
    const period = parsePeriod(`${year}Q3`);
    if (period && inForce(rulebooks, rulebook.id, period) === rulebook) return period;
  }
  throw new RangeError(`${rulebook.id} ${rulebook.version} rates no third quarter`);
}
