import { RANK_SCOPES } from '@tanxiao/contracts';
import fc from 'fast-check';

import type { SubjectPlace } from '../plan/lookup';
import { ascendingOrder } from './order';
import { RANK_WIDTH, rankGroupKey, rankPopulation } from './ranks';

const PLACES: readonly SubjectPlace[] = ['330502', '330521', '330106'].flatMap((regionCode) =>
  ['1751', '1752', '3011'].map((industryCode) => ({
    ...{ regionCode, industryClassification: 'gbt4754-2017', industryCode },
  })),
);
const value = fc.oneof(
  fc.constantFrom(NaN, 0, -0, 1, 1.5, -1.5, 1e-300, -1e300, Number.MIN_VALUE),
  fc.double({ noNaN: false, noDefaultInfinity: true }),
);

test('numbers are put in order as a comparison does, equal ones in the order in which they came', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 300 }), (numbers) => {
      const expected = numbers
        .map((number, i) => ({ number, i }))
        .filter(({ number }) => !Number.isNaN(number))
        .sort((a, b) => a.number - b.number || a.i - b.i);
      const { position, differsFromBefore } = ascendingOrder(Float64Array.from(numbers));
      expect([...position]).toEqual(expected.map(({ i }) => i));
      expected.slice(1).forEach(({ number }, j) => {
        expect(differsFromBefore[j + 1]).toBe(number === expected[j]!.number ? 0 : 1);
      });
    }),
    { numRuns: 300 },
  );
});

test('a rank is one more than how many of the same group are better, and those who share it are counted', () => {
  const subject = fc.record({ value, place: fc.nat(PLACES.length - 1) });
  const best = fc.constantFrom('highest' as const, 'lowest' as const);
  fc.assert(
    fc.property(fc.array(subject, { maxLength: 60 }), best, (subjects, end) => {
      const { write, groups } = rankPopulation(
        {
          values: Float64Array.from(subjects, (one) => one.value),
          places: PLACES,
          placeOf: Int32Array.from(subjects, ({ place }) => place),
        },
        end,
      );
      const middle = Math.floor(subjects.length / 2);
      const ranksOf = (from: number, to: number): Int32Array => {
        const ranks = new Int32Array((to - from) * RANK_WIDTH).fill(-1);
        write(from, ranks);
        return ranks;
      };
      const ranks = [...ranksOf(0, middle), ...ranksOf(middle, subjects.length)];
      RANK_SCOPES.forEach((scope, column) => {
        const key = (place: number): string => rankGroupKey(scope, PLACES[place]!);
        subjects.forEach((one, i) => {
          const peers = subjects.filter(
            (peer) => !Number.isNaN(peer.value) && key(peer.place) === key(one.place),
          );
          const better = peers.filter((peer) =>
            end === 'lowest' ? peer.value < one.value : peer.value > one.value,
          );
          const level = peers.filter((peer) => peer.value === one.value);
          const at = i * RANK_WIDTH + 2 * column;
          const expected = Number.isNaN(one.value) ? [0, 0] : [better.length + 1, level.length];
          expect(ranks.slice(at, at + 2)).toEqual(expected);
          if (!Number.isNaN(one.value))
            expect(groups).toContainEqual({ scope, key: key(one.place), ranked: peers.length });
        });
      });
    }),
    { numRuns: 200 },
  );
});

test('a rank may be held by any number of subjects, the one that many hold between two others', () => {
  for (const tied of [254, 255, 256, 700]) {
    const values = Float64Array.from(
      { length: tied + 2 },
      (_, i) => Math.min(1, i) + (i > tied ? 1 : 0),
    );
    const { write } = rankPopulation(
      { values, places: PLACES, placeOf: new Int32Array(values.length) },
      'lowest',
    );
    const ranks = new Int32Array(values.length * RANK_WIDTH);
    write(0, ranks);
    const at = (i: number): number[] => [...ranks.subarray(i * RANK_WIDTH, i * RANK_WIDTH + 2)];
    expect(at(0)).toEqual([1, 1]);
    for (let i = 1; i <= tied; i++) expect(at(i)).toEqual([2, tied]);
    expect(at(tied + 1)).toEqual([tied + 2, 1]);
  }
});
