/**
 * Order statistics over values that are known within bounds: only peers whose intervals meet the one that the wanted
 * rank must lie in are evaluated exactly, so that a median of 40,000 costs a handful of exact evaluations.
 */
import type { BenchmarkTotals } from '../evaluate/referee';
import { Rational } from '../exact/rational';
import type { StatisticMeasure } from '../plan/plan';

export type OrderMeasure = Extract<StatisticMeasure, { kind: 'median' | 'top-share' }>;

export function isOrderMeasure(measure: StatisticMeasure): measure is OrderMeasure {
  return measure.kind === 'median' || measure.kind === 'top-share';
}

/** The positions (from 0) in the ascending order of n ≥ 1 values that the statistic is made of: one, or two to be halved. */
export function wantedRanks(measure: OrderMeasure, n: number): readonly number[] {
  if (measure.kind === 'top-share') {
    const rank = rankOfShare(measure.share, n);
    return [measure.best === 'lowest' ? rank - 1 : n - rank];
  }
  return n % 2 === 1 ? [(n - 1) / 2] : [n / 2 - 1, n / 2];
}

/** Numerator and denominator, from the exact values at the wanted ranks. */
export function totalsOfRanks(values: readonly Rational[]): BenchmarkTotals {
  return {
    numerator: values.reduce((sum, value) => sum.plus(value), Rational.ZERO),
    denominator: Rational.of(BigInt(values.length)),
  };
}

/** ⌈share · n⌉, from 1 to n. */
function rankOfShare(share: Rational, n: number): number {
  const exact = share.times(Rational.of(BigInt(n)));
  const ceiling = (exact.n + exact.d - 1n) / exact.d;
  return Math.min(n, Math.max(1, Number(ceiling)));
}

export interface BoundedValues {
  readonly values: Float64Array;
  /** The exact value lies within so much of the value. */
  readonly bounds: Float64Array;
}

/** Those that may be at a rank: the exact value at `place` (from 0) of their ascending order is the one wanted. */
export interface NearRank {
  /** Positions in the columns. */
  readonly near: readonly number[];
  readonly place: number;
}

/**
 * Who may be at each of some ranks of the peers at these positions. Bounds are doubled, so that the rounding of
 * value ± bound cannot carry an end across the exact value, which may be one unit in the last place away.
 */
export function nearRanks(
  { values, bounds }: BoundedValues,
  peers: Int32Array,
  ranks: readonly number[],
): NearRank[] {
  const lows = new Float64Array(peers.length);
  const highs = new Float64Array(peers.length);
  peers.forEach((i, k) => {
    lows[k] = values[i]! - 2 * bounds[i]!;
    highs[k] = values[i]! + 2 * bounds[i]!;
  });
  const sortedLows = lows.slice().sort();
  const sortedHighs = highs.slice().sort();
  return ranks.map((rank) => {
    const [lower, upper] = [sortedLows[rank]!, sortedHighs[rank]!];
    let below = 0;
    const near: number[] = [];
    for (let k = 0; k < peers.length; k++)
      if (highs[k]! < lower) below += 1;
      else if (!(lows[k]! > upper)) near.push(peers[k]!);
    return { near, place: rank - below };
  });
}
