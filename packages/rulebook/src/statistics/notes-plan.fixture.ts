/** The small rulebook with a second statistic of a form that has a constant, and any formula for the emissions. */
import { parsePeriod } from '@tanxiao/contracts';

import { parseFactorSet } from '../document/factor-set';
import { parseRulebook } from '../document/rulebook';
import { SMALL_FACTOR_SET, SMALL_RULEBOOK } from '../document/small.fixture';
import { compilePlan } from '../plan/compile';
import type { Plan } from '../plan/plan';

export const EMISSIONS = 'total(fuels, fuel * emission)';

/** By an input that is never unknown. */
const NOTES =
  '  - { name: notes, title: { zh: 备注, en: Notes }, unit: "1", formula: "100 * note + 100", source: book, clause: "6" }\npeers:\n' +
  '  - { name: notes_mean, title: { zh: 备注平均, en: Mean of notes }, unit: "1", statistic: ratio-of-totals, numerator: notes, denominator: note, members: note > 0, minimumPeers: least, source: book, clause: "6", missing: { notRated: no-mean }, groups: [{ level: all, title: { zh: 全部, en: all }, industryDigits: 0, region: all }] }\n';

const MEMBERS = 'output > 0';

interface Formulas {
  readonly emissions?: string;
  /** Of `mean`. */
  readonly members?: string;
}

/** Statistics: `notes_mean`, then `mean` of the emissions. */
export function notesPlan({ emissions = EMISSIONS, members = MEMBERS }: Formulas = {}): Plan {
  const text = SMALL_RULEBOOK.replace(EMISSIONS, emissions)
    .replace(`members: ${MEMBERS}`, `members: ${members}`)
    .replace('peers:\n', NOTES);
  const factorSet = parseFactorSet(SMALL_FACTOR_SET, 'few.yaml');
  return compilePlan(parseRulebook(text, 'small.yaml'), factorSet, parsePeriod('2024')!);
}
