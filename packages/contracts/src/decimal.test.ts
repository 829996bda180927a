import fc from 'fast-check';

import { decimalText, readDecimal } from './decimal';

describe('decimals as they cross a border', () => {
  test('a decimal of at most 15 significant digits survives the double, there and back', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 15n - 1n), 10n ** 15n - 1n),
        fc.integer({ min: 0, max: 15 }),
        (units, places) => {
          const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
          const text = `${units < 0n ? '-' : ''}${digits.slice(0, digits.length - places)}${places ? `.${digits.slice(-places)}` : ''}`;
          const reading = readDecimal(text);
          expect(reading.ok).toBe(true);
          if (!reading.ok) return;
          const plain = (places ? text.replace(/0+$/, '').replace(/\.$/, '') : text).replace(
            /^-0$/,
            '0',
          );
          expect(decimalText(reading.value)).toBe(plain);
        },
      ),
    );
  });

  test.each([
    ['1234567890123456', 'too-many-digits'],
    ['0.1234567890123456', 'too-many-digits'],
    ['1000000000000000', 'too-large'],
    ['1e300', 'too-large'],
    ['1e-16', 'too-many-decimal-places'],
    ['', 'not-a-number'],
    ['.', 'not-a-number'],
    ['1,000', 'not-a-number'],
    ['NaN', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['１２', 'not-a-number'],
  ])('%s is refused: %s', (text, problem) => {
    expect(readDecimal(text)).toEqual({ ok: false, problem });
  });

  test.each([
    ['000123.4500', 123.45],
    ['1.5e3', 1500],
    ['-.5', -0.5],
    ['5.', 5],
    ['-0', 0],
    ['100000000000000e-10', 10000],
  ])('%s reads as %d', (text, value) => {
    expect(readDecimal(text)).toEqual({ ok: true, value });
  });

  test('what is no finite number has no text', () => {
    expect(() => decimalText(NaN)).toThrow(RangeError);
    expect(() => decimalText(Infinity)).toThrow(RangeError);
  });
});
