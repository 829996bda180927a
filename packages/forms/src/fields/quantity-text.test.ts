import { decimalText, readDecimal } from '@tanxiao/contracts';
import fc from 'fast-check';

import { plainNumber, readJsonNumber, readQuantity } from './quantity-text';

const value = (text: string): number | null | string => {
  const reading = readQuantity(text);
  return reading.ok ? reading.value : reading.problem;
};

/** Decimals of at most 15 significant digits, the quantities there are. */
const decimals = fc
  .tuple(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), fc.nat({ max: 15 }))
  .map(([digits, places]) => {
    const text = digits.toString().padStart(places + 1, '0');
    return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
  });

describe('a quantity in a cell', () => {
  test('the fast path reads exactly what the exact one reads', () => {
    const typed = fc.string({ unit: fc.constantFrom(...Array.from('0123456789.,-+eE ')) });
    fc.assert(
      fc.property(fc.oneof(decimals, typed), (text) => {
        const fast = plainNumber(text);
        if (!Number.isNaN(fast)) expect(readDecimal(text)).toEqual({ ok: true, value: fast });
      }),
      { numRuns: 2000 },
    );
  });

  test('every decimal of 15 digits comes back as it was written', () => {
    fc.assert(
      fc.property(decimals, (text) => {
        const read = readQuantity(text);
        if (!read.ok) throw new Error(read.problem);
        expect(readQuantity(decimalText(read.value ?? NaN))).toEqual(read);
      }),
    );
  });

  test.each([
    ['', null],
    [' 　', null],
    ['12.5', 12.5],
    [' 12.5 ', 12.5],
    ['１２．５', 12.5],
    ['－３', -3],
    ['−3', -3],
    ['1,234,567.89', 1234567.89],
    ['１，２３４', 1234],
    ['-1,234.5', -1234.5],
    ['1e3', 1000],
    ['.5', 0.5],
  ])('%j is read as %j', (text, expected) => expect(value(text)).toBe(expected));

  test.each([
    ['1,23', 'not-a-number'],
    ['1234,567', 'not-a-number'],
    ['1,234.567,8', 'not-a-number'],
    ['12吨', 'not-a-number'],
    ['5%', 'not-a-number'],
    ['1 234', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['Infinity', 'not-a-number'],
    ['NaN', 'not-a-number'],
    ['10²', 'not-a-number'],
    ['①', 'not-a-number'],
    ['1234567890123456', 'too-many-digits'],
    ['1e20', 'too-large'],
  ])('%j is refused as %s', (text, problem) => expect(value(text)).toBe(problem));

  test.each(['-', '—', '/', 'N/A', '#N/A', '无', '－'])(
    '%j is neither zero nor unknown, so a person must say which',
    (text) => expect(value(text)).toBe('zero-or-unknown'),
  );

  test('a JSON number of more than 15 digits is refused', () => {
    expect(readJsonNumber(0.1 + 0.2)).toEqual({ ok: false, problem: 'too-many-digits' });
    expect(readJsonNumber(1e21)).toEqual({ ok: false, problem: 'too-large' });
    expect(readJsonNumber(-0)).toEqual({ ok: true, value: 0 });
    expect(readJsonNumber(NaN)).toEqual({ ok: false, problem: 'not-a-number' });
  });
});
