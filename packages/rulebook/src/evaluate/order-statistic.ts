/**
 * Order statistics over values that are known within bounds: only peers whose intervals meet the one that the wanted
 * rank must lie in are evaluated exactly, so that a median of 40,000 costs a handful of exact evaluations.
 */
import { Rational } from '../exact/rational';
import type { StatisticMeasure } from '../plan/plan';
import type { BenchmarkTotals } from './referee';

export interface BoundedValues {
  /** The peers, as positions in the columns. */
  readonly indices: readonly number[];
  readonly values: Float64Array;
  /** The exact value lies within so much of the value. */
  readonly bounds: Float64Array;
  readonly exactOf: (index: number) => Rational;
}

/** Numerator and denominator of a median or top share; at least one peer is there. */
export function orderStatistic(measure: StatisticMeasure, peers: BoundedValues): BenchmarkTotals {
  const n = peers.indices.length;
  if (measure.kind === 'top-share') {
    const rank = rankOfShare(measure.share, n);
    const ascending = measure.best === 'lowest' ? rank - 1 : n - rank;
    return { numerator: nthExactly(peers, ascending), denominator: Rational.ONE };
  }
  if (n % 2 === 1) return { numerator: nthExactly(peers, (n - 1) / 2), denominator: Rational.ONE };
  const sum = nthExactly(peers, n / 2 - 1).plus(nthExactly(peers, n / 2));
  return { numerator: sum, denominator: Rational.of(2n) };
}

/** ⌈share · n⌉, from 1 to n. */
export function rankOfShare(share: Rational, n: number): number {
  const exact = share.times(Rational.of(BigInt(n)));
  const ceiling = (exact.n + exact.d - 1n) / exact.d;
  return Math.min(n, Math.max(1, Number(ceiling)));
}

/**
 * The exact value at a position (from 0) of the ascending order. Bounds are doubled, so that the rounding of value ± bound
 * cannot carry an end across the exact value, which may be one unit in the last place away.
 */
function nthExactly(
  { indices, values, bounds, exactOf }: BoundedValues,
  position: number,
): Rational {
  const low = (i: number): number => values[i]! - 2 * bounds[i]!;
  const high = (i: number): number => values[i]! + 2 * bounds[i]!;
  const lower = nth(indices.map(low), position);
  const upper = nth(indices.map(high), position);
  let below = 0;
  const near: number[] = [];
  for (const i of indices) {
    if (high(i) < lower) below += 1;
    else if (!(low(i) > upper)) near.push(i);
  }
  const exact = near.map(exactOf).sort((a, b) => a.compare(b));
  return exact[position - below]!;
}

function nth(numbers: number[], position: number): number {
  return Float64Array.from(numbers).sort()[position]!;
}
