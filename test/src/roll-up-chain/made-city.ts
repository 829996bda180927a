/**
 * A made city: enterprises in parks and counties, with whole numbers of tenths, so that every total of it can be
 * computed exactly by hand. Some submit no value added, a loss, no electricity or no score, as in real years.
 */
import { seededRandom } from '../agreement/random';

export const COUNTIES = ['330502', '330503', '330521', '330522'] as const;
const PARKS_OF_A_COUNTY = 3;
/** Many of each class, so that the narrowest peer group is never too small. */
const CLASSES = ['1751', '2611', '3670'] as const;

export interface MadeEnterprise {
  readonly county: string;
  /** Null outside all parks. */
  readonly park: string | null;
  readonly industryCode: string;
  /** In tenths of 10,000 CNY. */
  readonly valueAdded: bigint | null;
  /** Purchased electricity, in tenths of 10 MWh. */
  readonly electricity: bigint | null;
  readonly ownPower: bigint;
  /** In tenths of a tonne. */
  readonly sink: bigint;
  /** In tenths of a point. */
  readonly starScore: bigint | null;
  readonly basicRequirementsMet: boolean;
  /** In tenths; null where it did not submit the form of the digital ladder completely. */
  readonly digitalLevel: bigint | null;
}

export function madeCity(size: number, seed: number): MadeEnterprise[] {
  const random = seededRandom(seed);
  const whole = (least: number, greatest: number): bigint =>
    BigInt(random.integer(least, greatest));
  const unless = (chance: number, value: bigint): bigint | null =>
    random.chance(chance) ? null : value;
  return Array.from({ length: size }, () => {
    const county = random.pick(COUNTIES);
    const park = random.integer(0, PARKS_OF_A_COUNTY);
    return {
      county,
      park: park === 0 ? null : `${county}-park-${park}`,
      industryCode: random.pick(CLASSES),
      valueAdded: unless(0.05, random.chance(0.05) ? whole(-9000, 0) : whole(1000, 99_999)),
      electricity: unless(0.05, random.chance(0.02) ? 0n : whole(100, 9999)),
      ownPower: random.chance(0.3) ? whole(1, 500) : 0n,
      sink: random.chance(0.2) ? whole(1, 300) : 0n,
      starScore: unless(0.06, random.chance(0.1) ? 500n : whole(300, 1000)),
      basicRequirementsMet: random.chance(0.95),
      digitalLevel: unless(0.1, random.chance(0.1) ? 20n : whole(0, 40)),
    };
  });
}

/** Parks and their counties, in the order of their names. */
export function parksOf(city: readonly MadeEnterprise[]): { park: string; county: string }[] {
  const counties = new Map(city.flatMap(({ park, county }) => (park ? [[park, county]] : [])));
  return [...counties]
    .map(([park, county]) => ({ park, county }))
    .sort((a, b) => (a.park < b.park ? -1 : 1));
}
