/** Sums in doubles and what they hand over are together the exact sums. */
import fc from 'fast-check';

import { BLOCK_SUBJECTS } from '../evaluate/column-sums';
import { Rational } from '../exact/rational';
import { addColumn, type SummedColumn } from './exact-sums';

const GROUPS = 3;

/** Whole units of 10^-6 up to the greatest, decimals of 15 digits, and of the greatest and the least size. */
const quantity = fc.oneof(
  fc.integer({ min: -999999999999999, max: 999999999999999 }).map((units) => units / 1e6),
  fc.constantFrom(999999999.999999, -999999999.999999, 999999999999999, 1e-15, 0, 0.0000001),
  fc
    .tuple(fc.integer({ min: 1, max: 999999999999999 }), fc.integer({ min: -15, max: 0 }))
    .map(([digits, exponent]) => Number(`${digits}e${exponent}`)),
);

function exactSums({ values, groupOf, scale }: Omit<SummedColumn, 'used'>): Rational[] {
  const sums = new Float64Array(GROUPS);
  const exact = Array.from({ length: GROUPS }, () => Rational.ZERO);
  const add = (group: number, value: Rational): void => {
    exact[group] = exact[group]!.plus(value);
  };
  const units = (group: number, count: number): void =>
    add(group, Rational.of(BigInt(count), BigInt(scale)));
  const used = usedBlocks(values);
  addColumn({ values, used, groupOf, scale }, sums, {
    units,
    value: (group, i) => add(group, Rational.fromNumber(values[i]!)),
  });
  sums.forEach((sum, group) => units(group, sum));
  return exact;
}

function usedBlocks(values: Float64Array): Uint8Array {
  const used = new Uint8Array(Math.ceil(values.length / BLOCK_SUBJECTS));
  values.forEach((value, i) => (used[Math.floor(i / BLOCK_SUBJECTS)]! |= value === 0 ? 0 : 1));
  return used;
}

test('the sums of any decimals by group are exact, in whatever blocks they stand', () => {
  const rows = fc.array(fc.tuple(quantity, fc.integer({ min: -1, max: GROUPS - 1 })), {
    maxLength: 40,
    size: 'max',
  });
  fc.assert(
    fc.property(rows, fc.nat(3 * BLOCK_SUBJECTS), (given, before) => {
      const size = before + given.length;
      const values = new Float64Array(size);
      const groupOf = new Int32Array(size).fill(-1);
      given.forEach(([value, group], i) => {
        values[before + i] = value;
        groupOf[before + i] = group;
      });
      const wanted = Array.from({ length: GROUPS }, (_, group) =>
        given
          .reduce(
            (sum, [value, of]) => (of === group ? sum.plus(Rational.fromNumber(value)) : sum),
            Rational.ZERO,
          )
          .toString(),
      );
      expect(exactSums({ values, groupOf, scale: 1e6 }).map(String)).toEqual(wanted);
    }),
    { numRuns: 500 },
  );
});

test('a sum that would pass 2^53 is handed over before a unit is lost', () => {
  const greatest = 999999999.999999;
  const values = new Float64Array(1000).fill(greatest);
  const groupOf = new Int32Array(1000);
  const [sum] = exactSums({ values, groupOf, scale: 1e6 });
  expect(sum!.toString()).toBe('999999999999.999');
});
