/** Comparing a rounded value with a limit, said of the full value (GB/T 8170, 4.3): what an advice can solve for. */
import type { BandLimit } from '../document/check-bands';
import { powerOfTen, Rational } from '../exact/rational';

export interface Bound {
  readonly relation: BandLimit['relation'];
  readonly limit: Rational;
}

/** What the full value must meet so that the value rounded to `decimals` places, half to even, meets the bound. */
export function fullValueBound({ relation, limit }: Bound, decimals: number): Bound {
  if (relation === '<=' || relation === '<') return upperBound(relation, limit, decimals);
  // Rounding half to even is the same on both sides of zero.
  const mirrored = upperBound(relation === '>=' ? '<=' : '<', limit.negated(), decimals);
  return {
    relation: mirrored.relation === '<=' ? '>=' : '>',
    limit: mirrored.limit.negated(),
  };
}

function upperBound(
  relation: '<=' | '<',
  limit: Rational,
  decimals: number,
): { readonly relation: '<=' | '<'; readonly limit: Rational } {
  const scale = powerOfTen(decimals);
  const { n, d } = limit;
  const floor = (n * scale) / d - ((n * scale) % d < 0n ? 1n : 0n);
  const onGrid = floor * d === n * scale;
  // The greatest multiple of 10^-decimals that meets the limit.
  const greatest = relation === '<' && onGrid ? floor - 1n : floor;
  return {
    // Half a unit above it is a tie, which goes to the even neighbour.
    relation: greatest % 2n === 0n ? '<=' : '<',
    limit: Rational.of(2n * greatest + 1n, 2n * scale),
  };
}
