import fc from 'fast-check';

import type { RollUpDocument } from '../document/schema-roll-ups';
import { type LowerRating, rollUp } from './roll-up';

const rated = (star: string | null, results: Record<string, number | null> = {}): LowerRating => ({
  rulebookId: 'stars',
  outcome: star === null ? 'not-rated' : 'rated',
  results,
  gradings: { star },
  inputs: {},
});

const SHARE: RollUpDocument = {
  aggregate: 'share',
  input: 'star_share',
  from: 'stars',
  where: { grading: 'star', bands: ['1', '2', '3', '4', '5'] },
  among: 'all',
  decimals: 3,
  clause: '1',
};

const valueOf = (of: RollUpDocument, lower: readonly LowerRating[]): number | null =>
  rollUp([of], lower)[0]!.value;

test('of 4,254 above-scale enterprises 3,846 with a star are 90.4 %', () => {
  const city = [
    ...Array.from({ length: 3846 }, (_, i) => rated(String(1 + (i % 5)))),
    ...Array.from({ length: 300 }, () => rated('none')),
    ...Array.from({ length: 108 }, () => rated(null)),
  ];
  expect(rollUp([SHARE], city)).toEqual([
    { input: 'star_share', value: 0.904, of: { all: 4254, rated: 4146, fitting: 3846 } },
  ]);
  // 3,846 of the 4,146 that are rated.
  expect(valueOf({ ...SHARE, among: 'rated' }, city)).toBe(0.928);
});

test('a quotient is rounded once, half to even', () => {
  const half = (of: number, all: number): number | null =>
    valueOf(
      { ...SHARE, decimals: 1 },
      Array.from({ length: all }, (_, i) => rated(i < of ? '1' : 'none')),
    );
  expect([half(1, 4), half(3, 4), half(1, 20)]).toEqual([0.2, 0.8, 0]);
});

test('a district’s L is the ratio of totals, not the mean of ratios', () => {
  const lower = [
    rated('1', { net: 10, value_added: 100 }),
    rated('none', { net: 90, value_added: 100 }),
    rated(null, { net: 1, value_added: null }),
  ];
  const ratio: RollUpDocument = {
    aggregate: 'ratio-of-totals',
    numerator: 'net',
    denominator: 'value_added',
    ...{ input: 'l', from: 'stars', decimals: 4, clause: '2' },
  };
  expect(valueOf(ratio, lower)).toBe(0.5);
});

test('a submitted quantity counts where there is no result of its name', () => {
  const ratio: RollUpDocument = {
    aggregate: 'ratio-of-totals',
    numerator: 'net',
    denominator: 'value_added',
    ...{ input: 'l', from: 'stars', decimals: 4, clause: '2' },
  };
  const submitted = (net: number, valueAdded: number | null): LowerRating => ({
    ...rated('1', { net }),
    inputs: { net: -1, value_added: valueAdded },
  });
  expect(valueOf(ratio, [submitted(10, 100), submitted(90, 100)])).toBe(0.5);
  expect(() => valueOf(ratio, [submitted(10, null)])).toThrow('"value_added" is unknown');
});

test('sums are exact decimals in any order', () => {
  const sum: RollUpDocument = {
    aggregate: 'sum',
    of: 'net',
    input: 's',
    from: 'stars',
    clause: '3',
  };
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1 }), (units) => {
      const lower = units.map((unit) => rated('1', { net: unit / 1e4 }));
      const wanted = units.reduce((a, b) => a + b, 0) / 1e4;
      expect(valueOf(sum, lower)).toBe(wanted === 0 ? 0 : wanted);
      expect(valueOf(sum, [...lower].reverse())).toBe(valueOf(sum, lower));
    }),
  );
});

test('where nobody is, nothing is known; other rulebooks’ ratings do not count', () => {
  const foreign = { ...rated('1', { net: 1 }), rulebookId: 'other' };
  expect(rollUp([SHARE], [foreign])).toEqual([
    { input: 'star_share', value: null, of: { all: 0, rated: 0, fitting: 0 } },
  ]);
  expect(valueOf({ ...SHARE, aggregate: 'count' }, [])).toBeNull();
});

test('a result that is not there is told, never taken for zero', () => {
  const sum: RollUpDocument = {
    aggregate: 'sum',
    of: 'net',
    input: 's',
    from: 'stars',
    clause: '3',
  };
  expect(() => rollUp([sum], [rated('1')])).toThrow('s: a rating has no result named "net"');
  expect(() => rollUp([sum], [rated('1', { net: null })])).toThrow('is unknown');
});
