/**
 * Subjects for statistics: few places, so that groups have peers; quantities of few and of fifteen digits, whole and of
 * many places, the greatest and the least there are; blanks. Any rulebook's inputs, within their limits.
 */
import type { Plan, SubjectData } from '@tanxiao/rulebook';

import { type Random, seededRandom } from '../agreement/random';

type NumericInput = Plan['inputs'][number];

/** Two counties of a city, another city of its province, another province, and one without a grid factor. */
const REGIONS = ['330502', '330502', '330521', '330106', '310115', '990101'];
const INDUSTRIES = ['1711', '1711', '1712', '3011', '4411'];

export function madeSubject(plan: Plan, seed: number): SubjectData {
  const random = seededRandom(seed);
  return {
    regionCode: random.pick(REGIONS),
    industryClassification: 'gbt4754-2017',
    industryCode: random.pick(INDUSTRIES),
    inputs: plan.inputs.map((input) =>
      random.chance(blanks(plan, input)) ? null : made(input, random),
    ),
  };
}

/** Rarer the more inputs withhold a rating where they are blank, so that most subjects are peers. */
function blanks(plan: Plan, { missing, options }: NumericInput): number {
  if ('notRated' in missing)
    return 0.1 / plan.inputs.filter((one) => 'notRated' in one.missing).length;
  return 'unknown' in missing ? 0.97 : options ? 0.1 : 0.6;
}

function made({ minimum, maximum, options }: NumericInput, random: Random): number {
  if (options) return random.integer(0, options.length - 1);
  const size = quantity(random);
  const value = minimum === null && random.chance(0.1) ? -size : size;
  const least = minimum ?? 0;
  if (maximum !== null && (value > maximum || value < least))
    return least + ((maximum - least) * random.integer(0, 64)) / 64;
  return Math.max(value, minimum ?? -Infinity);
}

/** Of 15 significant digits at most. */
function quantity(random: Random): number {
  const share = random.next();
  if (share < 0.1) return 0;
  if (share < 0.6) return random.integer(0, 10 ** 8) / 10 ** random.integer(0, 4);
  if (share < 0.75) return Number((random.next() * 10 ** random.integer(-3, 9)).toPrecision(15));
  return random.pick(EXTREMES);
}

/** The greatest of so many places, the last units beside them, and the least there is. */
const EXTREMES = [
  999999999999999, 99999999999999.9, 99999999999.9999, 999999999.999999, 999999999.999998,
  99999999.9999999, 0.123456789012345, 0.000001, 0.0000001, 1e-15, 1.00000000000001e-1,
];
