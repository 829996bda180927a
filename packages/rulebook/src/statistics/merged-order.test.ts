/** Order statistics of peers in several chunks and groups: only who may decide is asked for, and the answer is exact. */
import fc from 'fast-check';

import { Rational } from '../exact/rational';
import { MergedOrder } from './merged-order';
import type { OrderedPartial } from './partial';

const GROUPS = 2;

/** Approximations of few exact values, zero among them: some are zero within a bound, some exactly. */
const peer = fc.record({
  exact: fc.integer({ min: -2, max: 2 }),
  bound: fc.constantFrom(0, 0, 1, 2),
  within: fc.constantFrom(-1, 0, 0.5, 1),
  group: fc.integer({ min: -1, max: GROUPS - 1 }),
});
type Peer = typeof peer extends fc.Arbitrary<infer T> ? T : never;

/** Each group an atom, and one in no group; positions apart. */
function partialOf(peers: readonly Peer[]): OrderedPartial {
  const groupKeys = Array.from({ length: GROUPS }, (_, group) => `group ${group}`);
  return {
    kind: 'ordered',
    levels: [{ groupKeys, groups: Int32Array.from({ length: GROUPS + 1 }, (_, atom) => atom - 1) }],
    atoms: Int32Array.from(peers, ({ group }) => group + 1),
    positions: Int32Array.from(peers, (_, i) => 3 * i),
    values: Float64Array.from(peers, ({ exact, bound, within }) => exact + bound * within),
    bounds: Float64Array.from(peers, ({ bound }) => bound),
  };
}

test('a median is the exact one, whatever the chunks and where values lie within their bounds', () => {
  fc.assert(
    fc.property(fc.array(fc.array(peer, { maxLength: 8 }), { maxLength: 5 }), (chunks) => {
      const merged = new MergedOrder({ kind: 'median', of: 0 }, 1);
      chunks.forEach((peers, chunk) => merged.add(10 * chunk, partialOf(peers)));
      const exact = merged
        .candidates()
        .map(({ chunk, positions }) =>
          Array.from(positions, (at) => Rational.of(BigInt(chunks[chunk / 10]![at / 3]!.exact))),
        );
      for (const { groupKey, size, numerator, denominator } of merged.groups(exact)[0]!) {
        const values = chunks
          .flat()
          .filter(({ group }) => groupKey === `group ${group}`)
          .map((one) => one.exact)
          .sort((a, b) => a - b);
        const middle = [values[Math.floor((size - 1) / 2)]!, values[Math.floor(size / 2)]!];
        expect(size).toBe(values.length);
        expect(numerator.over(denominator).toNumber()).toBe((middle[0]! + middle[1]!) / 2);
      }
    }),
    { numRuns: 500 },
  );
});

test('who is exactly zero is not asked for', () => {
  const peers = [0, 0, 0].map((exact): Peer => ({ exact, bound: 0, within: 0, group: 0 }));
  const merged = new MergedOrder({ kind: 'median', of: 0 }, 1);
  merged.add(1, partialOf(peers));
  expect(merged.candidates()).toEqual([]);
  expect(merged.groups([])[0]!.map(({ numerator }) => String(numerator))).toEqual(['0']);
});
