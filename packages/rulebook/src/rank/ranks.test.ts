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
      expect([...ascendingOrder(Float64Array.from(numbers))]).toEqual(expected.map(({ i }) => i));
    }),
    { numRuns: 300 },
  );
});

test('a rank is one more than how many of the same group are better, and those who share it are counted', () => {
  const subject = fc.record({ value, place: fc.nat(PLACES.length - 1) });
  const best = fc.constantFrom('highest' as const, 'lowest' as const);
  fc.assert(
    fc.property(fc.array(subject, { maxLength: 60 }), best, (subjects, end) => {
      const { ranks, groups } = rankPopulation(
        {
          values: Float64Array.from(subjects, (one) => one.value),
          places: PLACES,
          placeOf: Int32Array.from(subjects, ({ place }) => place),
        },
        end,
      );
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
          expect([...ranks.subarray(at, at + 2)]).toEqual(expected);
          if (!Number.isNaN(one.value))
            expect(groups).toContainEqual({ scope, key: key(one.place), ranked: peers.length });
        });
      });
    }),
    { numRuns: 200 },
  );
});
