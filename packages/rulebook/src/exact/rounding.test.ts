import { readFileSync } from 'node:fs';
import path from 'node:path';

import { decimalText } from '@tanxiao/contracts';
import fc from 'fast-check';

import { Rational } from './rational';
import {
  type LimitOperator,
  meetsLimit,
  roundedMeetsLimit,
  roundResult,
  roundToFifthInterval,
  roundToHalfInterval,
  roundToInterval,
} from './rounding';

/** Rows of a vector file of GB/T 8170 cases: plain CSV without quotes. */
function vectors(file: string): string[][] {
  const lines = readFileSync(path.join(__dirname, 'vectors', file), 'utf8')
    .trim()
    .split(/\r?\n/);
  return lines.slice(1).map((line) => line.split(','));
}

const ROUNDING = {
  round: roundToInterval,
  'half-unit': roundToHalfInterval,
  'fifth-unit': roundToFifthInterval,
} as const;

describe('rounding of GB/T 8170', () => {
  const rows = vectors('gbt8170_rounding_vectors.csv');

  test('the vector file holds all 39 cases', () => {
    expect(rows).toHaveLength(39);
  });

  test.each(rows)('%s of %s to %s is %s', (operation, input, interval, expected) => {
    const round = ROUNDING[operation as keyof typeof ROUNDING];
    const rounded = round(Rational.parse(input), Rational.parse(interval));
    expect(rounded.toString()).toBe(Rational.parse(expected).toString());
  });

  test('a rounded value is within half an interval, and a tie goes to the even multiple', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 18n), 10n ** 18n),
        fc.integer({ min: 0, max: 9 }),
        (n, places) => {
          const value = Rational.of(n, 10n ** 9n);
          const interval = Rational.of(1n, 10n ** BigInt(places));
          const rounded = roundToInterval(value, interval);
          const twice = rounded.minus(value).absolute().times(Rational.of(2n));
          const multiple = rounded.over(interval).reduced();
          expect(multiple.d).toBe(1n);
          expect(twice.compare(interval)).toBeLessThanOrEqual(0);
          if (twice.equals(interval)) expect(multiple.n % 2n).toBe(0n);
        },
      ),
    );
  });
});

describe('comparing with a limit', () => {
  const rows = vectors('gbt8170_limit_vectors.csv');

  test('the vector file holds all 22 cases', () => {
    expect(rows).toHaveLength(22);
  });

  test.each(rows)(
    '%s %s (to %s): measured %s → full value %s, rounded value %s',
    (operator, limit, interval, measured, full, rounded) => {
      const [m, l] = [Rational.parse(measured), Rational.parse(limit)];
      expect(meetsLimit(m, operator as LimitOperator, l) ? 'pass' : 'fail').toBe(full);
      expect(
        roundedMeetsLimit(m, operator as LimitOperator, l, Rational.parse(interval))
          ? 'pass'
          : 'fail',
      ).toBe(rounded);
    },
  );
});

describe('a result as it is kept', () => {
  test.each([
    ['18.25', 4, '18.25'],
    ['0.00005', 4, '0'],
    ['0.00015', 4, '0.0002'],
    ['1/3', 4, '0.3333'],
    ['-2/3', 4, '-0.6667'],
    ['123456789012345.67', 4, '123456789012346'],
    ['1234567890123456.5', 4, '1234567890123460'],
    ['999999999999999.5', 0, '1000000000000000'],
  ])('%s to %i places is %s', (value, decimals, expected) => {
    expect(decimalText(roundResult(Rational.parse(value), decimals))).toBe(expected);
  });

  test('its shortest text is the exactly rounded decimal', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.bigInt(1n, 10n ** 8n), (n, d) => {
        const value = Rational.of(n, d);
        const rounded = roundResult(value, 4);
        const kept = Rational.parse(decimalText(rounded));
        const unit = Rational.of(1n, 10n ** 4n);
        if (value.absolute().compare(Rational.of(10n ** 10n)) < 0) {
          expect(kept.equals(roundToInterval(value, unit))).toBe(true);
        }
        expect(
          decimalText(rounded)
            .replace(/^-?0?\.?0*|\./g, '')
            .replace(/0+$/, '').length,
        ).toBeLessThanOrEqual(15);
      }),
    );
  });
});
