import fc from 'fast-check';
import Fraction from 'fraction.js';

import { Rational } from './rational';

const rational = fc
  .tuple(fc.bigInt(-(10n ** 15n), 10n ** 15n), fc.bigInt(1n, 10n ** 12n))
  .map(([n, d]) => ({ ours: Rational.of(n, d), theirs: new Fraction(n, d) }));

const same = (ours: Rational, theirs: InstanceType<typeof Fraction>): void => {
  const reduced = ours.reduced();
  expect([reduced.n, reduced.d]).toEqual([theirs.s * theirs.n, theirs.d]);
};

describe('exact arithmetic', () => {
  test('sum, difference, product, quotient and order agree with an independent library', () => {
    fc.assert(
      fc.property(rational, rational, (a, b) => {
        same(a.ours.plus(b.ours), a.theirs.add(b.theirs));
        same(a.ours.minus(b.ours), a.theirs.sub(b.theirs));
        same(a.ours.times(b.ours), a.theirs.mul(b.theirs));
        if (b.ours.sign() !== 0) same(a.ours.over(b.ours), a.theirs.div(b.theirs));
        expect(a.ours.compare(b.ours)).toBe(a.theirs.compare(b.theirs));
      }),
    );
  });

  test('a double becomes the decimal that its shortest text writes', () => {
    expect(Rational.fromNumber(0.1).toString()).toBe('0.1');
    expect(Rational.fromNumber(1e-15).toString()).toBe('0.000000000000001');
    expect(Rational.fromNumber(1.5e14).toString()).toBe('150000000000000');
    expect(Rational.fromNumber(-0).toString()).toBe('0');
  });

  test('however many places it has, that decimal is the one of its text', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 15n - 1n), 10n ** 15n - 1n),
        fc.integer({ min: 0, max: 15 }),
        (n, places) => {
          const double = Number(`${n}e-${places}`);
          expect(Rational.fromNumber(double).equals(Rational.of(n, 10n ** BigInt(places)))).toBe(
            true,
          );
        },
      ),
    );
  });

  test('a text reads back to the same value', () => {
    fc.assert(
      fc.property(rational, ({ ours }) => {
        expect(Rational.parse(ours.toString()).equals(ours)).toBe(true);
      }),
    );
  });

  test('a power of ten below the point is written plainly, also where no double holds it', () => {
    for (const places of [1, 15, 22, 23, 307, 308, 309, 400])
      expect(Rational.of(1n, 10n ** BigInt(places)).toString()).toBe(
        `0.${'0'.repeat(places - 1)}1`,
      );
  });

  test('a fraction of numbers beyond 2^53 is written in lowest terms', () => {
    const large = fc.bigInt(2n ** 60n, 2n ** 200n);
    fc.assert(
      fc.property(large, large, fc.bigInt(1n, 2n ** 90n), (n, d, common) => {
        const { n: top, d: bottom } = Rational.of(n * common, d * common).reduced();
        const theirs = new Fraction(n, d);
        expect([top, bottom]).toEqual([theirs.n, theirs.d]);
      }),
    );
  });

  test('the double of a value is within one unit of rounding', () => {
    fc.assert(
      fc.property(rational, ({ ours }) => {
        if (ours.sign() === 0) return;
        // The double itself, exactly: doubles are dyadic fractions.
        const double = ours.toNumber();
        let exponent = 0n;
        let scaled = double;
        for (; !Number.isInteger(scaled); scaled *= 2) exponent++;
        const exact = Rational.of(BigInt(scaled), 2n ** exponent);
        const error = exact.minus(ours).absolute().over(ours.absolute());
        expect(
          error.compare(Rational.of(1n, 2n ** 53n).times(Rational.of(1025n, 1024n))),
        ).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('no sum, however long, depends on its order', () => {
    fc.assert(
      fc.property(fc.array(rational, { minLength: 2, maxLength: 30 }), (terms) => {
        const forward = terms.reduce((sum, t) => sum.plus(t.ours), Rational.ZERO);
        const backward = [...terms].reverse().reduce((sum, t) => sum.plus(t.ours), Rational.ZERO);
        expect(forward.toString()).toBe(backward.toString());
      }),
    );
  });

  test('zero as a divisor and texts that are no numbers are refused', () => {
    expect(() => Rational.ONE.over(Rational.ZERO)).toThrow(RangeError);
    expect(() => Rational.of(1n, 0n)).toThrow(RangeError);
    for (const text of ['', '.', 'abc', '1/0', '1e', '0x10', '1e99999']) {
      expect(() => Rational.parse(text)).toThrow(RangeError);
    }
  });
});
