/** Whoever may be at a rank is found, however the approximate values stand within their bounds. */
import fc from 'fast-check';

import { Rational } from '../exact/rational';
import { nearRanks, totalsOfRanks, wantedRanks } from './order-statistic';

/** An exact value among few, so that most are tied or near one another; where in its bounds the approximation lies. */
const peer = fc.record({
  exact: fc.integer({ min: 0, max: 6 }),
  bound: fc.constantFrom(0, 0.25, 1, 2.5),
  within: fc.constantFrom(-1, -0.5, 0, 0.5, 1),
});

test('the exact value at the place among those near a rank is the one at the rank among all', () => {
  fc.assert(
    fc.property(fc.array(peer, { minLength: 1, maxLength: 30 }), fc.nat(29), (peers, any) => {
      const values = Float64Array.from(peers, ({ exact, bound, within }) => exact + bound * within);
      const bounds = Float64Array.from(peers, ({ bound }) => bound);
      const rank = any % peers.length;
      const [found] = nearRanks({ values, bounds }, Int32Array.from(peers.keys()), [rank]);
      const near = found!.near.map((i) => peers[i]!.exact).sort((a, b) => a - b);
      const all = peers.map(({ exact }) => exact).sort((a, b) => a - b);
      expect(near[found!.place]).toBe(all[rank]);
    }),
    { numRuns: 1000 },
  );
});

test('of many well apart only the one at the rank is near it', () => {
  const values = Float64Array.from({ length: 1000 }, (_, i) => (i * 7919) % 1000);
  const bounds = new Float64Array(1000).fill(1e-9);
  const peers = Int32Array.from(values.keys());
  const [found] = nearRanks({ values, bounds }, peers, [250]);
  expect(found!.near.map((i) => values[i])).toEqual([250]);
  expect(found!.place).toBe(0);
});

test('the best share is a nearest rank of one at least, a median one value or two', () => {
  const share = (best: 'highest' | 'lowest', n: number) =>
    wantedRanks({ kind: 'top-share', of: 0, share: Rational.of(1n, 20n), best }, n);
  expect([share('lowest', 41), share('highest', 41)]).toEqual([[2], [38]]);
  expect([share('lowest', 40), share('highest', 1)]).toEqual([[1], [0]]);
  expect([1, 2, 5].map((n) => wantedRanks({ kind: 'median', of: 0 }, n))).toEqual([
    [0],
    [0, 1],
    [2],
  ]);
  const { numerator, denominator } = totalsOfRanks([Rational.of(3n), Rational.of(4n)]);
  expect([numerator, denominator].map(String)).toEqual(['7', '2']);
});
