/** All hostile cases in order: the hand-written ones, then as many seeded ones as are wanted. */
import { seededRandom } from '../agreement/random';
import { mutatedDocument } from './fuzz-document';
import { randomFormulas } from './fuzz-formula';
import { mutatedText } from './fuzz-text';
import type { HostileCase } from './hostile-case';
import { hostileMeasuredValues } from './measured-values';
import { hostileNames } from './names';
import { hostileNumbers } from './numbers';
import { hostileSizes } from './sizes';
import { hostileYaml } from './yaml-texts';

const HAND_WRITTEN = [
  ...hostileNames(),
  ...hostileNumbers(),
  ...hostileSizes(),
  ...hostileYaml(),
  ...hostileMeasuredValues(),
];

export const HAND_WRITTEN_COUNT = HAND_WRITTEN.length;

const FUZZ = [mutatedText, randomFormulas, mutatedDocument, randomFormulas];

/** The case of a serial number; from HAND_WRITTEN_COUNT on made from the seed. */
export function hostileCase(serial: number, seed: number): HostileCase {
  const made = HAND_WRITTEN[serial];
  if (made) return made();
  const random = seededRandom(seed + serial * 7919);
  return FUZZ[serial % FUZZ.length]!(random, serial);
}
